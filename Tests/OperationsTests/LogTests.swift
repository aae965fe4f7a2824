import JSON
import Primitives
import Testing

@testable import Operations

/// Lines of the log, with a clock that stands.
@Suite struct LogTests {
    /// The lines that a log writes.
    private final class Lines: Sendable {
        private let lines = Locked<[[UInt8]]>([])

        var texts: [String] { lines.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }

        func log(_ format: Log.Format, least: LogLevel = .info) -> Log {
            Log(
                format: format, least: least, sink: { line in self.lines.withLock { $0.append(line) } },
                clock: { Timestamp(microseconds: 1_772_636_645_250_000) })
        }
    }

    @Test func aJSONLine() {
        let lines = Lines()
        lines.log(.json).write(
            .info, "worker_started", "The worker has started.",
            [("topic", "city.housing.events"), ("partition", 3), ("negative", .number(-7))])
        #expect(
            lines.texts == [
                #"{"time":"2026-03-04T15:04:05.250Z","level":"info","event":"worker_started","#
                    + #""message":"The worker has started.","topic":"city.housing.events","partition":3,"negative":-7}"#
                    + "\n"
            ])
    }

    @Test func everyLineIsOneJSONObject() throws {
        let lines = Lines()
        let texts = ["quote \" backslash \\", "line\nend\r\t", "\u{0}\u{1f}", "é 💡 \u{2028}", ""]
        let log = lines.log(.json)
        for text in texts { log.write(.error, "odd_text", text, [(text, .text(text))]) }
        let plan = ExtractionPlan([try SimplePath("$.message"), try SimplePath("$.level")])
        let extractor = Extractor(maximumBytes: 10_000)
        for (line, text) in zip(lines.texts, texts) {
            #expect(line.utf8.filter { $0 == 10 }.count == 1 && line.hasSuffix("\n"))
            try Array(line.utf8).withUnsafeBytes { bytes in
                let values = try extractor.extract(bytes, plan)
                #expect(values.map { $0.string() }.sorted() == [text, "error"].sorted())
            }
        }
    }

    @Test func aTextLine() {
        let lines = Lines()
        lines.log(.text).write(.warning, "lag", "Falling behind.", [("records", 12), ("topic", "t")])
        #expect(lines.texts == ["2026-03-04T15:04:05Z  WARNING  Falling behind.  records=12  topic=t\n"])
    }

    @Test(arguments: LogLevel.allCases) func linesBelowTheLeastLevelAreNotWritten(least: LogLevel) {
        let lines = Lines()
        let log = lines.log(.json, least: least)
        for level in LogLevel.allCases { log.write(level, "e", "m") }
        #expect(lines.texts.count == LogLevel.allCases.filter { $0 >= least }.count)
    }

    @Test func levelsByName() {
        for level in LogLevel.allCases { #expect(LogLevel(name: level.name) == level) }
        #expect(LogLevel(name: "INFO") == nil)
        #expect(LogLevel.allCases == LogLevel.allCases.sorted())
    }

    @Test func threadsDoNotMixTheirLines() async {
        let lines = Lines()
        let log = lines.log(.json)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 { log.write(.info, "e", "m", [("n", .number(task * 100 + number))]) }
                }
            }
        }
        #expect(Set(lines.texts).count == 800)
        #expect(lines.texts.allSatisfy { $0.hasPrefix("{\"time\":") && $0.hasSuffix("}\n") })
    }
}
