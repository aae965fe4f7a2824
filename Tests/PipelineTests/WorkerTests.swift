import Attribution
import Connections
import Intake
import Kafka
import Operations
import Primitives
import Testing

@testable import Pipeline

/// Workers on a real cluster or on the embedded one.
@Suite(.serialized) struct WorkerTests {
    @Test(.timeLimit(.minutes(2)), arguments: Harness.targets)
    func everyEventIsAccountedFor(_ servers: String?) throws {
        let harness = try Harness(servers)
        var events: [(key: String?, payload: String?)] = []
        for number in 0..<500 { events.append(("r\(number)", Harness.event("r\(number)", grant: number % 4 == 0))) }
        events.append(("bad", "{"))
        events.append(("r1", nil))
        events.append((nil, nil))
        events.append(("s", #"{"specversion":"1.0","id":"s","source":"/x","type":"a.b","data":{}}"#))
        try harness.produce(events)
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: events.count)
        run.stop.request()
        #expect(run.join() == .stopped)

        let counters = run.worker.counters
        #expect(counters.received == events.count)
        #expect(counters.count(of: .enabled) == 125)
        #expect(counters.count(of: .domestic) == 375)
        #expect(counters.count(of: .retracted) == 1)
        #expect(counters.skipped == [.notAnOutcome: 1, .tombstoneWithoutKey: 1])
        #expect(counters.deadLetters == [.malformed: 1])

        let records = try harness.read(harness.attributions)
        #expect(records.count == 501)
        #expect(Set(records.map(\.key)).count == 500)
        let dead = try harness.read(harness.deadLetters)
        #expect(dead.count == 1)
        #expect(dead.first?.payload == Array("{".utf8))
        #expect(dead.first?.key == "bad")
        #expect(dead.first?.headers["city.error.code"] == "json.malformed")
        #expect(dead.first?.headers["own"] == "kept")
        #expect(dead.first?.headers["city.error.attempts"] == "1")
    }

    @Test(.timeLimit(.minutes(2)), arguments: Harness.targets)
    func orderWithinAKeyIsKept(_ servers: String?) throws {
        let harness = try Harness(servers)
        let events = (1...300).map { (key: "same" as String?, payload: Harness.event("same", revision: $0) as String?) }
        try harness.produce(events)
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: events.count)
        run.stop.request()
        #expect(run.join() == .stopped)
        let revisions = try harness.read(harness.attributions).compactMap { Harness.revision(of: $0.payload) }
        #expect(revisions == (1...300).map { $0 })
    }

    @Test(.timeLimit(.minutes(2)))
    func passingErrorsOfTheClusterLoseNothing() throws {
        let harness = try Harness(nil)
        let events = (0..<2000).map { (key: "k\($0)" as String?, payload: Harness.event("k\($0)") as String?) }
        try harness.produce(events)
        let cluster = try #require(harness.embedded)
        cluster.failNext(.addPartitionsToTransaction, with: [.coordinatorNotAvailable, .coordinatorNotAvailable])
        cluster.failNext(.endTransaction, with: [.coordinatorLoadInProgress])
        cluster.failNext(.produce, with: [.notLeaderForPartition, .requestTimedOut, .notEnoughReplicas])
        let run = try harness.startWorker(["commit.records": "200"])
        for _ in 0..<3 {
            Pause.milliseconds(300)
            try cluster.setBroker(2, up: false)
            Pause.milliseconds(300)
            try cluster.setBroker(2, up: true)
        }
        try harness.wait(run, forEvents: events.count)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(Set(try harness.read(harness.attributions).map(\.key)).count == 2000)
    }

    @Test(.timeLimit(.minutes(2)))
    func anAbortReadsEverythingAgain() throws {
        let harness = try Harness(nil)
        let events = (0..<1000).map { (key: "k\($0)" as String?, payload: Harness.event("k\($0)") as String?) }
        try harness.produce(events)
        let cluster = try #require(harness.embedded)
        cluster.failNext(.transactionOffsetCommit, with: [.illegalGeneration, .noError, .illegalGeneration])
        let run = try harness.startWorker(["commit.records": "100"])
        try harness.wait(run, forEvents: events.count)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(run.worker.counters.received == 1000)
        #expect(Set(try harness.read(harness.attributions).map(\.key)).count == 1000)
        #expect(harness.logged("transaction_aborted") > 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func aFencedWorkerEnds() throws {
        let harness = try Harness(nil)
        try harness.produce([("a", Harness.event("a"))])
        try #require(harness.embedded).failNext(.endTransaction, with: [.invalidProducerEpoch])
        let run = try harness.startWorker()
        #expect(run.join() == .failed)
        #expect(harness.logged("worker_failed") == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func noBrokerIsSaidAndWaitedFor() throws {
        let harness = try Harness(nil)
        let run = try harness.startWorker(["kafka.bootstrap.servers": "127.0.0.1:1"])
        Pause.milliseconds(11_000)
        #expect(!run.progress.isReady)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(harness.logged("broker_unreachable") >= 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func anEventThatIsTooLargeForADeadLetterGoesThereWithoutItsPayload() throws {
        let harness = try Harness(nil)
        let large = "{\"a\":\"" + String(repeating: "x", count: 1_200_000) + "\"}"
        try harness.produce([("large", large), ("a", Harness.event("a"))])
        let run = try harness.startWorker(["kafka.message.max.bytes": "1000000"])
        try harness.wait(run, forEvents: 2)
        run.stop.request()
        #expect(run.join() == .stopped)
        let dead = try harness.read(harness.deadLetters)
        #expect(dead.count == 1)
        #expect(dead.first?.payload == nil)
        #expect(dead.first?.headers["city.error.code"] == "event.too-large")
        #expect(dead.first?.headers["city.error.withheld"] == "too-large \(large.utf8.count)")
        #expect(try harness.read(harness.attributions).count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func anEventWhoseRecordTheClientDoesNotTakeForItsSizeGoesToTheDeadLetters() throws {
        let harness = try Harness(nil)
        try harness.produce([("large", Harness.event("large", grant: true)), ("a", Harness.event("a"))])
        // Between the sizes of a record without evidence and of one with it.
        let run = try harness.startWorker(["kafka.message.max.bytes": "1200"])
        try harness.wait(run, forEvents: 2)
        run.stop.request()
        #expect(run.join() == .stopped)
        let dead = try harness.read(harness.deadLetters)
        #expect(dead.map(\.key) == ["large"])
        #expect(dead.first?.payload != nil)
        #expect(dead.first?.headers["city.error.code"] == "event.too-large")
        #expect(try harness.read(harness.attributions).count == 1)
        #expect(run.worker.counters.outcomes == 1)
        #expect(run.worker.counters.deadLetters == [.tooLarge: 1])
    }

    @Test(.timeLimit(.minutes(2)))
    func theSameEventsGiveTheSameBytes() throws {
        let harness = try Harness(nil)
        let events = (0..<200).map {
            (key: "k\($0)" as String?, payload: Harness.event("k\($0)", grant: $0 % 3 == 0) as String?)
        }
        try harness.produce(events)
        var outputs: [[Harness.Stored]] = []
        for _ in 0..<2 {
            let topic = try harness.newTopic("attributions")
            let run = try harness.startWorker(["topics.attributions": topic, "kafka.group.id": topic])
            try harness.wait(run, forEvents: events.count)
            run.stop.request()
            #expect(run.join() == .stopped)
            outputs.append(try harness.read(topic).sorted { ($0.key ?? "") < ($1.key ?? "") })
        }
        #expect(outputs[0].map(\.payload) == outputs[1].map(\.payload))
        #expect(outputs[0].count == 200)
    }
}
