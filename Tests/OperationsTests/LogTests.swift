import JSON
import Primitives
import Testing

@testable import Operations

/// Events and fields that are there for tests only.
extension LogEvent {
    static let odd = LogEvent("odd_text", .error, "Odd.", fields: [.error])
    static let lag = LogEvent("lag", .warning, "Falling behind.", fields: [.records, .name], advice: "run")
    static let fact = LogEvent("fact", .info, "So it is.", fields: [.records, .name])
    static let noise = LogEvent("noise", .info, "Again.", fields: [.code, .records], isLimited: true)
    static let hum = LogEvent("hum", .debug, "Again.", fields: [.code, .records], isLimited: true)
}

extension LogField {
    static let records = LogField("records", "how many")
    static let name = LogField("name", "which")
}

/// The lines that a log writes, with clocks that stand until a test moves them.
final class TestLog: Sendable {
    private let lines = Locked<[String]>([])
    private let time = Locked<Int64>(0)

    var texts: [String] { lines.withLock { $0 } }

    func pass(milliseconds: Int64) { time.withLock { $0 += milliseconds } }

    func log(_ format: Log.Format, least: LogLevel = .info) -> Log {
        Log(
            format: format, least: least,
            sink: { line in self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } },
            clock: { Timestamp(microseconds: 1_772_636_645_250_000 + self.time.withLock { $0 } * 1000) },
            monotonic: { self.time.withLock { $0 } })
    }
}

/// What a line looks like.
@Suite struct LogTests {
    @Test func aJSONLine() {
        let lines = TestLog()
        lines.log(.json).write(.fact, [.name: "city.housing.events", .records: -7])
        #expect(
            lines.texts == [
                #"{"time":"2026-03-04T15:04:05.250Z","level":"info","event":"fact","#
                    + #""message":"So it is.","name":"city.housing.events","records":-7}"# + "\n"
            ])
    }

    @Test func aWarningSaysWhatToDo() {
        let lines = TestLog()
        lines.log(.json).write(.lag, [.records: 12])
        #expect(lines.texts.first?.hasSuffix(#""message":"Falling behind.","records":12,"do":"run"}"# + "\n") == true)
    }

    @Test func aValueThatIsNotThereHasNoField() {
        let lines = TestLog()
        lines.log(.json).write(.fact, [.name: nil, .records: 1])
        #expect(lines.texts.first?.contains(#""message":"So it is.","records":1}"#) == true)
    }

    /// Any text of Unicode, and what `String` makes of bytes that are none.
    private func text(_ random: inout SplitMix64) -> String {
        if random.below(4) == 0 {
            return String(decoding: (0..<random.below(40)).map { _ in UInt8(random.below(256)) }, as: UTF8.self)
        }
        let bounds = [0x20, 0x80, 0x2100, 0xd800, 0x11_0000]
        let scalars = (0..<random.below(40)).compactMap { _ in
            Unicode.Scalar(UInt32(random.below(random.element(of: bounds) ?? 0x80)))
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test func everyLineIsOneJSONObjectWhateverStandsInIt() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        let texts =
            ["quote \" backslash \\", "line\nend\r\t", "\u{0}\u{1f}\u{7f}\u{9b}", "é 💡 \u{2028}", ""]
            + (0..<2000).map { _ in text(&random) }
        let lines = TestLog()
        let log = lines.log(.json)
        for text in texts { log.write(.odd, [.error: .text(text)]) }
        let plan = ExtractionPlan([try SimplePath("$.error"), try SimplePath("$.level")])
        let extractor = Extractor(maximumBytes: 10_000)
        #expect(lines.texts.count == texts.count)
        for (line, text) in zip(lines.texts, texts) {
            #expect(line.utf8.allSatisfy { $0 >= 0x20 || $0 == 10 } && line.hasSuffix("}\n"), "seed \(seed): \(line)")
            #expect(line.utf8.count { $0 == 10 } == 1, "seed \(seed): \(line)")
            try Array(line.utf8).withUnsafeBytes { bytes in
                let values = try extractor.extract(bytes, plan)
                #expect(values.first { $0.slot == 0 }?.string() == text, "seed \(seed): \(line)")
                #expect(values.first { $0.slot == 1 }?.string() == "error", "seed \(seed): \(line)")
            }
        }
    }

    @Test func aTextLine() {
        let lines = TestLog()
        let log = lines.log(.text)
        log.write(.lag, [.records: 12, .name: "t"])
        log.write(.fact, [.name: "could not: \"é\" \u{1b}[31m\u{9b}2J\n\u{202e}"])
        log.write(.fact, [.name: ""])
        #expect(
            lines.texts == [
                "2026-03-04T15:04:05Z  WARNING  lag  Falling behind.  records=12  name=t  do=run\n",
                "2026-03-04T15:04:05Z  INFO     fact  So it is.  "
                    + #"name="could not: \"é\" \u{1b}[31m\u{9b}2J\u{a}\u{202e}""# + "\n",
                "2026-03-04T15:04:05Z  INFO     fact  So it is.  name=\"\"\n",
            ])
    }

    @Test(arguments: LogLevel.allCases) func linesBelowTheLeastLevelAreCountedAndNotWritten(least: LogLevel) {
        let lines = TestLog()
        let log = lines.log(.json, least: least)
        let events: [LogEvent] = [.hum, .noise, .lag, .odd]
        for event in events { log.write(event) }
        #expect(events.map(\.level) == LogLevel.allCases)
        #expect(lines.texts.count == LogLevel.allCases.filter { $0 >= least }.count)
        #expect(log.counts == Dictionary(uniqueKeysWithValues: events.map { ($0, 1) }))
    }

    @Test func fieldsThatNobodyReadsAreNotMade() {
        let log = TestLog().log(.json)
        var made = 0
        func records() -> LogValue {
            made += 1
            return 1
        }
        log.write(.hum, [.records: records()])
        #expect(made == 0)
        for _ in 0..<100 { log.write(.noise, [.records: records()]) }
        // Of the first, and of the first that was left out.
        #expect(made == 2)
    }

    @Test func levelsByName() {
        for level in LogLevel.allCases { #expect(LogLevel(name: level.name) == level) }
        #expect(LogLevel(name: "INFO") == nil)
        #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    }

    @Test func threadsDoNotMixTheirLines() async {
        let lines = TestLog()
        let log = lines.log(.json)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 { log.write(.fact, [.records: .number(task * 100 + number)]) }
                }
            }
        }
        #expect(Set(lines.texts).count == 800)
        #expect(lines.texts.allSatisfy { $0.hasPrefix("{\"time\":") && $0.hasSuffix("}\n") })
        #expect(log.counts == [.fact: 800])
    }
}
