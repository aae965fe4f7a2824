import Testing

@testable import Primitives

/// True where the time zone database is; without it the tests that need it say that they are skipped.
let hasZones = !TimeZoneRules.names().isEmpty

private func seconds(_ value: Int64) -> Timestamp { Timestamp(microseconds: value * 1_000_000) }

/// The zones of the system's database.
@Suite(.enabled(if: hasZones, "the package tzdata is not there"))
struct TimeZoneDatabaseTests {
    @Test(arguments: ZoneSample.all.map(\.name))
    func agreesWithPython(_ name: String) throws {
        let sample = try #require(ZoneSample.all.first { $0.name == name })
        let rules = try TimeZoneRules.named(name)
        var rows = 0
        for word in sample.rows.split(whereSeparator: \.isWhitespace) {
            let isLocal = word.contains(">")
            let parts = word.split { $0 == ":" || $0 == ">" }.compactMap { Int64($0) }
            let (given, expected) = (try #require(parts.first), try #require(parts.last))
            if isLocal {
                let date = seconds(given).date
                let rest = given - Int64(date.daysSinceEpoch) * 86_400
                #expect(rules.instant(of: date, microsecondsOfDay: rest * 1_000_000) == seconds(expected), "\(word)")
            } else {
                #expect(rules.secondsFromUTC(at: seconds(given)) == expected, "\(word)")
                #expect(rules.date(at: seconds(given)) == seconds(given + expected).date)
            }
            rows += 1
        }
        #expect(rows > 10)
    }

    @Test func listsZonesThatCanAllBeRead() throws {
        let names = TimeZoneRules.names()
        for name in ["America/Chicago", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"] {
            #expect(names.contains(name))
        }
        #expect(!names.contains { $0.hasPrefix("right/") || $0.hasPrefix("posix/") || $0.contains(".") })
        for name in names {
            let rules = try TimeZoneRules.named(name)
            for year in [1900, 1970, 2026, 2200] {
                let day = try #require(CivilDate(year: year, month: 7, day: 1))
                #expect(rules.date(at: rules.instant(of: day, microsecondsOfDay: 43_200_000_000)) == day, "\(name)")
            }
        }
    }

    @Test func saysWhatIsWrongWithAName() throws {
        for name in [
            "", "/etc/passwd", "../zoneinfo/UTC", "America/../UTC", "America//Chicago", "America/", "a\u{0}b", ".",
        ] {
            #expect { try TimeZoneRules.named(name) } throws: { ($0 as? TimeZoneFault)?.kind == .name }
        }
        for name in ["America", "America/Port_Meridian"] {
            #expect { try TimeZoneRules.named(name) } throws: { ($0 as? TimeZoneFault)?.kind == .missing }
        }
        #expect { try TimeZoneRules.named("leapseconds") } throws: { ($0 as? TimeZoneFault)?.kind == .damaged }
        #expect(TimeZoneRules.names(in: "/nowhere").isEmpty)
        #expect(
            "\(TimeZoneFault(.missing, "A/B", "/x"))" == """
                time zone A/B: expected it in /x; check the name, install the package tzdata, or set TZDIR
                """)
    }
}

/// Files that are made here.
@Suite struct TimeZoneRulesTests {
    @Test(arguments: 1...4) func readsEveryVersion(_ version: Int) throws {
        let rules = try TimeZoneRules(name: "Test", file: MadeZone(version: version).file)
        #expect(rules.secondsFromUTC(at: seconds(-1_000_000_000)) == -20_000)
        #expect(rules.secondsFromUTC(at: seconds(99_999)) == -18_000)
        #expect(rules.secondsFromUTC(at: seconds(100_000)) == -14_400)
        #expect(rules.secondsFromUTC(at: seconds(200_000)) == -18_000)
        // Behind the last change a file of version 1 has nothing but that change.
        let july = try #require(CivilDate("2026-07-01"))
        let instant = rules.instant(of: july, microsecondsOfDay: 1)
        #expect(rules.secondsFromUTC(at: instant) == (version == 1 ? -18_000 : -14_400))
        #expect(rules.date(at: instant) == july)
    }

    @Test func fixedZones() throws {
        #expect(TimeZoneRules.utc.secondsFromUTC(at: seconds(0)) == 0)
        let day = try #require(CivilDate("2026-03-04"))
        #expect(TimeZoneRules.utc.instant(of: day).description == "2026-03-04T00:00:00Z")
        var zone = MadeZone(version: 2)
        zone.changes = []
        zone.footer = ""
        #expect(try TimeZoneRules(name: "Test", file: zone.file).secondsFromUTC(at: seconds(0)) == -20_000)
        zone.footer = "<+0545>-5:45"
        #expect(try TimeZoneRules(name: "Test", file: zone.file).secondsFromUTC(at: seconds(0)) == 20_700)
    }

    @Test func survivesTheEndsOfTime() throws {
        let rules = try TimeZoneRules(name: "Test", file: MadeZone(version: 3).file)
        for value in [Int64.min, Int64.min + 1, Int64.max, 0] {
            #expect(rules.secondsFromUTC(at: Timestamp(microseconds: value)).magnitude <= 20_000)
            _ = rules.date(at: Timestamp(microseconds: value))
        }
        for days in [Int32.min, Int32.max] { _ = rules.instant(of: CivilDate(daysSinceEpoch: days)) }
    }

    @Test func saysWhereAFileIsDamaged() {
        var cases: [([UInt8], String)] = [([], "header"), (Array("no zone".utf8), "header")]
        let whole = MadeZone(version: 2).file
        cases.append((Array(whole.dropLast()), "TZ string"))
        cases.append((Array(whole.prefix(120)), "header"))
        cases.append((Array(whole.dropLast(40)), "end before"))
        cases.append((whole + [UInt8](repeating: 0, count: 300_000), "bytes"))
        var zone = MadeZone(version: 2)
        zone.changes = [(5, 1), (5, 2)]
        cases.append((zone.file, "order"))
        zone.changes = [(5, 9)]
        cases.append((zone.file, "not there"))
        zone.changes = [(Int64.min, 1)]
        cases.append((zone.file, "impossible"))
        zone.changes = []
        zone.footer = "EST5EDT"
        cases.append((zone.file, "TZ string"))
        zone.offsets = [100_000]
        cases.append((zone.file, "day from UTC"))
        zone.offsets = []
        cases.append((zone.file, "no kinds"))
        for (file, words) in cases {
            #expect { try TimeZoneRules(name: "Test", file: file) } throws: { error in
                let fault = error as? TimeZoneFault
                return fault?.kind == .damaged && fault?.detail.contains(words) == true
            }
        }
    }

    @Test func mutatedFiles() throws {
        let seed: UInt64 = 8536
        var generator = SplitMix64(seed: seed)
        var wholes = [MadeZone(version: 1).file, MadeZone(version: 2).file, MadeZone(version: 4).file]
        if hasZones {
            wholes.append(
                try #require(
                    TimeZoneRules.regularFile("\(TimeZoneRules.systemDirectory)/America/Chicago", bytesMax: 9_999)))
        }
        var read = 0
        var refused = 0
        for _ in 0..<20_000 {
            var file = wholes[generator.below(wholes.count)]
            for _ in 0..<generator.within(1...4) { mutate(&file, &generator) }
            guard let rules = try? TimeZoneRules(name: "Test", file: file) else {
                refused += 1
                continue
            }
            read += 1
            let instant = Timestamp(microseconds: Int64(bitPattern: generator.next()))
            #expect((-89_999...93_599).contains(rules.secondsFromUTC(at: instant)), "seed \(seed)")
            let days = Int32(truncatingIfNeeded: generator.next())
            _ = rules.date(at: rules.instant(of: CivilDate(daysSinceEpoch: days)))
        }
        #expect(read > 500 && refused > 500, "\(read) read, \(refused) refused")
    }

    private func mutate(_ file: inout [UInt8], _ generator: inout SplitMix64) {
        guard !file.isEmpty else { return }
        let place = generator.below(file.count)
        switch generator.below(5) {
        case 0: file.remove(at: place)
        case 1: file.insert(UInt8(generator.below(256)), at: place)
        case 2: file.removeSubrange(place...)
        // The footer, where there is one.
        case 3: file[file.count - 1 - generator.below(min(20, file.count))] = UInt8(32 + generator.below(96))
        default: file[place] = UInt8(generator.below(256))
        }
    }
}

/// A zone's file that a test makes.
struct MadeZone {
    var version: Int
    var changes: [(instant: Int64, type: UInt8)] = [(-1000, 1), (100_000, 2), (200_000, 1)]
    var offsets: [Int32] = [-20_000, -18_000, -14_400]
    var footer = "EST5EDT,M3.2.0,M11.1.0"

    init(version: Int) { self.version = version }

    var file: [UInt8] {
        guard version > 1 else { return block(wide: false) }
        return block(wide: false) + block(wide: true) + Array("\n\(footer)\n".utf8)
    }

    private func block(wide: Bool) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version == 1 ? 0 : UInt8(48 + version)] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, 0, changes.count, offsets.count, 4] { bytes += big(UInt32(count)) }
        for change in changes {
            bytes += wide ? big(UInt64(bitPattern: change.instant)) : big(UInt32(truncatingIfNeeded: change.instant))
        }
        bytes += changes.map(\.type)
        for offset in offsets { bytes += big(UInt32(bitPattern: offset)) + [0, 0] }
        return bytes + Array("LMT\0".utf8)
    }

    private func big(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
