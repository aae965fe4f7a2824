import Testing

@testable import Primitives

/// The rule behind the last change of a zone's file.
@Suite struct PosixTimeZoneTests {
    private func offset(_ zone: String, _ instant: String, isLocal: Bool = false) throws -> Int {
        let time = try #require(Timestamp(instant))
        return try #require(PosixTimeZone(Array(zone.utf8))).offset(
            at: time.microseconds / 1_000_000, isLocal: isLocal)
    }

    /// Changes and the instants just before them, for every form of a day and of a time.
    @Test(arguments: [
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -18_000, -14_400),
        ("EST5EDT,M3.2.0,M11.1.0", "2400-11-05T06:00:00Z", -14_400, -18_000),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-04-04T14:00:00Z", 46_800, 43_200),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-04-02T15:00:00Z", 39_600, 37_800),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2040-10-28T01:00:00Z", 3600, 0),
        // Times beyond a day, and before midnight: Greenland, Gaza, the second example of RFC 8536 section 3.3.1.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -7200, -3600),
        ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2050-03-26T00:00:00Z", 7200, 10_800),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-25T00:00:00Z", 7200, 10_800),
        // Day 60 is 1 March in every year with J; without it, it is 29 February (of 0 to 365) in a leap year.
        ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 0, 3600),
        ("AAA0BBB,J60/0,J300/0", "2023-03-01T00:00:00Z", 0, 3600),
        ("AAA0BBB,59/0,299/0", "2024-02-29T00:00:00Z", 0, 3600),
        ("AAA0BBB,59/0,299/0", "2023-03-01T00:00:00Z", 0, 3600),
        ("AAA0BBB1:30,J1/0,J2/12:30:15", "2023-01-02T14:00:15Z", -5400, 0),
        ("AAA+3BBB-2,M1.1.1/167,M7.1.1/-167", "2023-01-09T02:00:00Z", -10_800, 7200),
    ])
    func changesWhenTheRuleSays(_ zone: String, _ instant: String, _ before: Int, _ after: Int) throws {
        let time = try #require(Timestamp(instant))
        #expect(try offset(zone, Timestamp(microseconds: time.microseconds - 1_000_000).description) == before)
        #expect(try offset(zone, instant) == after)
    }

    @Test func daylightSavingTimeAllYear() throws {
        // RFC 8536 section 3.3.1: always four hours behind.
        for instant in ["2023-12-31T23:59:59Z", "2024-01-01T03:00:00Z", "2024-01-01T02:59:59Z", "2024-12-31T12:00:00Z"]
        {
            #expect(try offset("XXX3EDT4,0/0,J365/23", instant) == -14_400)
        }
    }

    @Test func localTimes() throws {
        let zone = "EST5EDT,M3.2.0,M11.1.0"
        for (local, expected) in [
            ("2050-03-13T01:59:59Z", -18_000), ("2050-03-13T02:00:00Z", -18_000), ("2050-03-13T02:59:59Z", -18_000),
            ("2050-03-13T03:00:00Z", -14_400), ("2050-11-06T01:00:00Z", -14_400), ("2050-11-06T01:59:59Z", -14_400),
            ("2050-11-06T02:00:00Z", -18_000),
        ] {
            #expect(try offset(zone, local, isLocal: true) == expected, "\(local)")
        }
    }

    @Test(arguments: [
        "", "E5", "EST", "EST25", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
        "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J366", "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0",
        "EST5EDT,M3.2.0,M11.1.0x",
        "<EST5", "EST5:60", "EST5EDT,M3.2.0/,M11.1.0", "EST5EDT,M3.2.0/2:,M11.1.0", "EST 5", "EST99999999999999999999",
    ])
    func refusesWhatIsNoRule(_ zone: String) {
        #expect(PosixTimeZone(Array(zone.utf8)) == nil)
    }
}
