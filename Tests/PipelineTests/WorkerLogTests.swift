import Kafka
import Operations
import Testing

@testable import Pipeline

/// What a worker logs, and what it counts of it.
@Suite(.serialized) struct WorkerLogTests {
    /// The lines of an event, and how many they say that they left out.
    private func told(_ event: LogEvent, _ lines: [String]) -> Int {
        let head = "\"level\":\"\(event.level.name)\",\"event\":\"\(event.name)\","
        return lines.filter { $0.contains(head) }.reduce(0) { told, line in
            let leftOut = line.firstRange(of: "\"left_out\":").map { line[$0.upperBound...].prefix { $0.isNumber } }
            return told + 1 + (leftOut.flatMap { Int($0) } ?? 0)
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func whatItLogsInTroubleIsWhatItCounts() throws {
        let harness = try Harness(nil)
        let events = (0..<1000).map { number in
            (key: "k\(number)" as String?, payload: (number % 10 == 9 ? "{" : Harness.event("k\(number)")) as String?)
        }
        try harness.produce(events)
        let cluster = try #require(harness.embedded)
        cluster.failNext(.transactionOffsetCommit, with: [.illegalGeneration, .noError, .illegalGeneration])
        let log = harness.log(least: .debug)
        let run = try harness.startWorker(["commit.records": "100", "kafka.debug": "eos"], log: log)
        try harness.wait(run, forEvents: 500)
        try cluster.setBroker(up: false)
        Pause.milliseconds(3000)
        try cluster.setBroker(up: true)
        try harness.wait(run, forEvents: 1000)
        run.stop.request()
        #expect(run.join() == .stopped)
        log.flush(all: true)

        let lines = harness.allLines
        var text = MetricsText()
        log.writeCounts(of: LogEvent.kafka + LogEvent.worker, to: &text)
        for event in LogEvent.kafka + LogEvent.worker {
            let sample = "city_log_events_total{event=\"\(event.name)\",level=\"\(event.level.name)\"} "
            #expect(text.text.contains("\n\(sample)\(told(event, lines))\n"), "\(event.name)")
        }
        #expect(lines.count { $0.contains("\"event\":") } == lines.count)
        // What was given up is read, and told of, again.
        #expect(told(.deadLetter, lines) > 100)
        #expect(harness.logged("dead_letter") < 20)
        for event in [LogEvent.workerStarted, .workerStopping, .workerStopped] { #expect(told(event, lines) == 1) }
        for event in [LogEvent.kafkaError, .transactionAborted, .kafkaDebug, .partitionsAssigned] {
            #expect(told(event, lines) > 0, "\(event.name)")
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Harness.targets)
    func theLineOfADeadLetterSaysWhereAndInWhichTrace(_ servers: String?) throws {
        let harness = try Harness(servers)
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        try harness.produce(
            [("case-key", "{\"secret\"")], headers: [("traceparent", "00-\(trace)-00f067aa0ba902b7-01")])
        // Another code, and no trace: what stands there is none.
        try harness.produce(
            [("case-key", "")], headers: [("traceparent", "00-\(trace.uppercased())-00f067aa0ba902b7-01")])
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: 2)
        run.stop.request()
        #expect(run.join() == .stopped)
        let lines = harness.allLines.filter { $0.contains("\"event\":\"dead_letter\"") }
        try #require(lines.count == 2)
        let (first, second) = (lines[0], lines[1])
        #expect(first.contains("\"code\":\"json.malformed\",\"stage\":\"parse\",\"reason\":\"payload: expected "))
        #expect(first.contains("\"topic\":\"\(harness.events)\",\"partition\":"))
        #expect(first.contains("\"offset\":0,\"trace_id\":\"\(trace)\",\"do\":"))
        #expect(second.contains("\"code\":\"json.empty\"") && !second.contains("trace_id"))
        for line in harness.allLines {
            for data in ["case-key", "secret", "kept", trace.uppercased(), "00f067aa0ba902b7"] {
                #expect(!line.contains(data), "\(line)")
            }
        }
    }

    @Test func errorsOfADeadClientAreAnEventOfTheirOwn() {
        let lines = LogLines()
        let log = Log(format: .json, sink: { lines.add($0) })
        let fenced = KafkaErrorCode(rawValue: 90)
        log.report(KafkaError(code: fenced, operation: "commit", reason: "newer", isFatal: true))
        log.report(.error(KafkaError(code: fenced, operation: "commit", reason: "newer", isFatal: true)))
        log.report(.error(KafkaError(code: .transport, operation: "serve", reason: "gone", isRetriable: true)))
        for (level, event) in [(3, "kafka_log"), (4, "kafka_log"), (5, "kafka_notice"), (6, "kafka_notice")] {
            log.report(.log(level: level, facility: "F\(level)", message: "said"))
            #expect(lines.all.last?.contains("\"event\":\"\(event)\"") == true)
        }
        log.report(.log(level: 7, facility: "F7", message: "said"))
        #expect(lines.all.count == 7)
        #expect(lines.all.prefix(2).allSatisfy { $0.contains("\"level\":\"error\",\"event\":\"kafka_fatal\"") })
        #expect(lines.all[0].contains("\"code\":\"PRODUCER_FENCED\""))
        #expect(lines.all[2].contains("\"event\":\"kafka_client_error\""))
        #expect(lines.all[3].contains("\"code\":\"F3\",\"text\":\"said\""))
    }
}
