import Primitives
import Testing

@testable import Operations

/// Repeats that are left out, and what counts them.
@Suite struct LogRepeatsTests {
    /// The `left_out` of a line; 0 where there is none.
    private func leftOut(_ line: String) -> Int {
        line.firstRange(of: "\"left_out\":").flatMap { Int(line[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
    }

    @Test func ofRepeatsOneInTenSecondsIsWrittenWithTheNumberOfTheOthers() {
        let lines = TestLog()
        let log = lines.log(.json)
        for number in 0..<5 { log.write(.noise, code: "a", [.records: .number(number)]) }
        #expect(lines.texts.count == 1)
        lines.pass(milliseconds: 9999)
        log.write(.noise, code: "a", [.records: 5])
        #expect(lines.texts.count == 1)
        lines.pass(milliseconds: 1)
        log.write(.noise, code: "a", [.records: 6])
        #expect(lines.texts.count == 2)
        #expect(lines.texts.last?.contains(#""code":"a","records":6,"left_out":5}"#) == true)
        #expect(log.counts == [.noise: 7])
    }

    @Test func eachCodeIsLimitedByItself() {
        let lines = TestLog()
        let log = lines.log(.json)
        for code in ["a", "b", nil, "a", "b", nil] { log.write(.noise, code: code) }
        #expect(lines.texts.count == 3 && log.counts == [.noise: 6])
    }

    @Test func whatIsNotLimitedIsWrittenEachTime() {
        let lines = TestLog()
        let log = lines.log(.json)
        for _ in 0..<5 { log.write(.lag) }
        log.flush(all: true)
        #expect(lines.texts.count == 5)
    }

    @Test func whereNothingMoreComesTheFirstThatWasLeftOutIsTold() {
        let lines = TestLog()
        let log = lines.log(.json)
        for number in 0..<4 {
            log.write(.noise, [.records: .number(number)])
            lines.pass(milliseconds: 1)
        }
        log.flush()
        #expect(lines.texts.count == 1)
        lines.pass(milliseconds: 10_000)
        log.flush()
        #expect(lines.texts.count == 2)
        // With the time at which it was.
        #expect(lines.texts.last?.contains("15:04:05.251Z") == true)
        #expect(lines.texts.last?.contains(#""records":1,"left_out":2}"#) == true)
        log.flush(all: true)
        #expect(lines.texts.count == 2)
        // What is told late is limited, too.
        log.write(.noise)
        #expect(lines.texts.count == 2)
        log.flush(all: true)
        #expect(lines.texts.count == 3 && lines.texts.last?.contains("left_out") == false)
    }

    @Test func linesAndWhatTheyLeaveOutAreWhatIsCounted() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let lines = TestLog()
            let log = lines.log(.json, least: .debug)
            let (events, codes): ([LogEvent], [String?]) = ([.noise, .hum, .lag], ["a", "b", nil])
            var written: [LogEvent: Int] = [:]
            for _ in 0..<random.below(400) {
                switch random.below(10) {
                case 0: lines.pass(milliseconds: Int64(random.below(12_000)))
                case 1: log.flush(all: random.below(8) == 0)
                default:
                    let event = events[random.below(3)]
                    log.write(event, code: event.isLimited ? codes[random.below(3)] : nil)
                    written[event, default: 0] += 1
                }
            }
            log.flush(all: true)
            #expect(log.counts == written, "seed \(seed)")
            for event in events {
                let own = lines.texts.filter { $0.contains("\"event\":\"\(event.name)\"") }
                let told = own.reduce(0) { $0 + 1 + leftOut($1) }
                #expect(told == written[event] ?? 0, "seed \(seed), \(event.name): \(own)")
            }
        }
    }

    @Test func threadsThatWriteAtOnceAreAllCounted() async {
        let lines = TestLog()
        let log = lines.log(.json)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<500 {
                        log.write(.noise, code: "\(number % 3)")
                        lines.pass(milliseconds: 37)
                        if number % 50 == task { log.flush() }
                    }
                }
            }
        }
        log.flush(all: true)
        #expect(log.counts == [.noise: 4000])
        #expect(lines.texts.reduce(0) { $0 + 1 + leftOut($1) } == 4000)
    }

    @Test func countsAreMetricsOfEveryEventThatMayCome() {
        let log = TestLog().log(.json)
        for _ in 0..<3 { log.write(.noise) }
        log.write(.hum)
        var text = MetricsText()
        log.writeCounts(of: [.noise, .lag], to: &text)
        #expect(
            text.text.split(separator: "\n").dropFirst() == [
                "# TYPE city_log_events_total counter",
                "city_log_events_total{event=\"hum\",level=\"debug\"} 1",
                "city_log_events_total{event=\"lag\",level=\"warning\"} 0",
                "city_log_events_total{event=\"noise\",level=\"info\"} 3",
            ])
    }
}
