import Primitives
import Testing

/// The forms of days and instants.
@Suite struct DateFormTests {
    private func read(_ form: DateForm, _ text: String, _ zone: TimeZoneRules? = nil) -> DateReading? {
        Array(text.utf8).withUnsafeBytes { form.read($0, in: zone) }
    }

    /// `form text day instant`, with `-` for an instant that there is not.
    @Test(arguments: [
        "iso|2026-03-04|2026-03-04|-",
        "iso|2026-03-04T15:04:05Z|2026-03-04|2026-03-04T15:04:05Z",
        "iso|2026-03-04t23:30:00.5-06:00|2026-03-04|2026-03-05T05:30:00.500Z",
        "iso|2026-03-04T15:04:05|2026-03-04|-", "iso|2026-03-04 15:04:05.123|2026-03-04|-",
        "compact|20260304|2026-03-04|-", "slashed|2026/03/04|2026-03-04|-",
        "us|03/04/2026|2026-03-04|-", "us|3/4/2026|2026-03-04|-", "us|12/31/1999 11:59:59 PM|1999-12-31|-",
        "european|04/03/2026|2026-03-04|-", "european|4/3/2026|2026-03-04|-",
        "german|04.03.2026|2026-03-04|-", "german|4.3.2026|2026-03-04|-",
        "epoch-days|20516|2026-03-04|-", "epoch-days|-1|1969-12-31|-", "epoch-days|0|1970-01-01|-",
        "epoch-seconds|1772636645|2026-03-04|2026-03-04T15:04:05Z",
        "epoch-milliseconds|1772636645678|2026-03-04|2026-03-04T15:04:05.678Z",
        "epoch-microseconds|-1|1969-12-31|1969-12-31T23:59:59.999999Z",
    ])
    func readsWithoutAZone(_ row: String) throws {
        let parts = row.split(separator: "|").map(String.init)
        let form = try #require(DateForm(rawValue: parts[0]))
        let reading = try #require(read(form, parts[1]))
        #expect(reading.day.description == parts[2])
        #expect((reading.instant?.description ?? "-") == parts[3])
    }

    /// In a zone five hours behind UTC, four from March to November.
    @Test(arguments: [
        "iso|2026-03-04|2026-03-04|-",
        "iso|2026-03-04T03:00:00Z|2026-03-03|2026-03-04T03:00:00Z",
        "iso|2026-03-04T15:04:05.25|2026-03-04|2026-03-04T20:04:05.250Z",
        "iso|2026-07-01 15:04:05|2026-07-01|2026-07-01T19:04:05Z",
        "iso|2026-06-30T23:59:60|2026-06-30|2026-07-01T04:00:00Z",
        "us|3/4/2026 12:00 AM|2026-03-04|2026-03-04T05:00:00Z",
        "us|3/4/2026 12:00 pm|2026-03-04|2026-03-04T17:00:00Z",
        "us|03/08/2026 02:30:00 AM|2026-03-08|2026-03-08T07:30:00Z",
        "us|11/01/2026 1:30 Am|2026-11-01|2026-11-01T05:30:00Z",
        "us|3/4/2026 3:04\u{202f}PM|2026-03-04|2026-03-04T20:04:00Z",
        "epoch-seconds|0|1969-12-31|1970-01-01T00:00:00Z", "epoch-days|0|1970-01-01|-",
    ])
    func readsInAZone(_ row: String) throws {
        let zone = try TimeZoneRules(name: "Test", file: MadeZone(version: 2).file)
        let parts = row.split(separator: "|").map(String.init)
        let form = try #require(DateForm(rawValue: parts[0]))
        let reading = try #require(read(form, parts[1], zone))
        #expect(reading.day.description == parts[2])
        #expect((reading.instant?.description ?? "-") == parts[3])
    }

    @Test(arguments: [
        "iso|", "iso|26-03-04", "iso|2026-02-29", "iso|2026-03-04T", "iso|2026-03-04T15:04", "iso|2026-03-04T15:04:05.",
        "iso|2026-03-04  15:04:05", "iso|2026-03-04T24:00:00", "iso|2026-03-04 15:04:05Z", "iso|2026-03-04T15:04:05 ",
        "iso|20260304", "iso|1899-12-31", "iso|2201-01-01", "iso|9999-12-31T00:00:00Z", "iso|0001-01-01",
        "compact|2026030", "compact|202603040", "compact|20261304", "compact|2026-3-4", "compact|+2026030",
        "slashed|2026/3/4", "slashed|2026-03-04", "slashed|03/04/2026",
        "us|13/04/2026", "us|3/4/26", "us|3/4/02026", "us|3-4-2026", "us|003/4/2026", "us|3/4/2026 ",
        "us|3/4/2026 15:04",
        "us|3/4/2026 13:04 PM", "us|3/4/2026 0:04 AM", "us|3/4/2026 3:4 PM", "us|3/4/2026 3:04PM", "us|3/4/2026 3:04 P",
        "us|3/4/2026 3:04:60 PM", "us|3/4/2026 3:04 PMx", "us|2026/03/04", "us|/4/2026", "us|2/29/2026",
        "european|03/13/2026", "european|4.3.2026", "european|4/3/2026 15:04", "german|4/3/2026", "german|04.03.26",
        "epoch-days|", "epoch-days|-", "epoch-days|+1", "epoch-days|1.0", "epoch-days|99999", "epoch-days|1772636645",
        "epoch-seconds|1772636645000", "epoch-seconds|1e9", "epoch-seconds|9999999999999999999",
        "epoch-milliseconds|999999999999999999", "epoch-microseconds|999999999999999999", "epoch-seconds| 1",
    ])
    func refusesOtherForms(_ row: String) throws {
        let parts = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let form = try #require(DateForm(rawValue: parts[0]))
        #expect(read(form, parts[1]) == nil)
    }

    @Test func numbers() {
        #expect(DateForm.compact.read(20_260_304)?.day.description == "2026-03-04")
        #expect(DateForm.epochMilliseconds.read(1_772_636_645_678)?.instant?.microseconds == 1_772_636_645_678_000)
        for form in DateForm.allCases {
            for number in [Int64.min, Int64.max, -99_999_999_999_999] where form != .epochMicroseconds {
                #expect(form.read(number) == nil, "\(form)")
            }
            #expect(read(form, "now") == nil)
            #expect(read(form, "") == nil)
        }
        for form in [DateForm.iso, .slashed, .us, .european, .german] { #expect(form.read(20_260_304) == nil) }
    }

    @Test(arguments: DateForm.allCases)
    func everyDayIsReadBack(_ form: DateForm) throws {
        let first = try #require(CivilDate(year: DateForm.years.lowerBound, month: 1, day: 1)).daysSinceEpoch
        let last = try #require(CivilDate(year: DateForm.years.upperBound, month: 12, day: 31)).daysSinceEpoch
        var buffer = ByteBuffer()
        var wrong: [CivilDate] = []
        for number in first...last {
            let day = CivilDate(daysSinceEpoch: number)
            buffer.clear()
            buffer.append(day, form)
            guard let reading = form.read(buffer.bytes), reading.day == day else {
                wrong.append(day)
                continue
            }
            if form != .us, form != .iso, form.hasInstants != (reading.instant != nil) { wrong.append(day) }
        }
        #expect(wrong.isEmpty)
        for number in [first - 1, last + 1] {
            buffer.clear()
            buffer.append(CivilDate(daysSinceEpoch: number), form)
            #expect(form.read(buffer.bytes) == nil)
        }
        #expect(
            read(form, form.example.split(separator: " ").first.map(String.init) ?? "")?.day.description == "2026-03-04"
        )
    }
}

extension ByteBuffer {
    /// Writes a day in a form, the time of day being midnight in UTC where it has to have one.
    fileprivate mutating func append(_ day: CivilDate, _ form: DateForm) {
        let (year, month, dayOfMonth) = day.parts
        func parts(_ values: [Int], _ separator: String) -> String {
            values.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
        }
        let days = Int64(day.daysSinceEpoch)
        switch form {
        case .iso: append(date: day)
        case .compact: append(utf8: parts([year, month, dayOfMonth], ""))
        case .slashed: append(utf8: parts([year, month, dayOfMonth], "/"))
        case .us: append(utf8: parts([month, dayOfMonth, year], "/"))
        case .european: append(utf8: "\(dayOfMonth)/\(month)/\(year)")
        case .german: append(utf8: parts([dayOfMonth, month, year], "."))
        case .epochDays: append(decimal: days)
        case .epochSeconds: append(decimal: days * 86_400)
        case .epochMilliseconds: append(decimal: days * 86_400_000 + 86_399_999)
        case .epochMicroseconds: append(decimal: days * 86_400_000_000)
        }
    }
}
