import Intake
import Kafka
import Testing

@testable import Pipeline

/// What a cluster does to workers that are at it.
@Suite(.serialized) struct FaultTests {
    private func events(_ count: Int) -> [(key: String?, payload: String?)] {
        (0..<count).map { number in
            let isBad = number % 50 == 49
            return (key: "k\(number)", payload: isBad ? "{\"n\":\(number)" : Harness.event("k\(number)"))
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func leadersAndCoordinatorsMoveOverSlowLinks() throws {
        let harness = try Harness(nil)
        try harness.produce(events(3000))
        let cluster = try #require(harness.embedded)
        try cluster.setRoundTrip(milliseconds: 40)
        let run = try harness.startWorker(["commit.records": "100", "kafka.transactional.id": harness.events])
        Pause.milliseconds(3500)
        for step in 0..<6 {
            let broker = Int32(step % 3 + 1)
            try cluster.moveLeader(harness.events, Int32(step % 4), to: broker)
            try cluster.moveLeader(harness.attributions, Int32((step + 1) % 4), to: broker)
            try cluster.moveCoordinator(transaction: harness.events, to: broker)
            if step % 2 == 0 { try cluster.moveCoordinator(group: harness.events, to: broker) }
            Pause.milliseconds(150)
        }
        try harness.wait(run, forEvents: 3000)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(Set(try harness.read(harness.attributions).map(\.key)).count == 2940)
        #expect(Set(try harness.read(harness.deadLetters).map(\.key)).count == 60)
    }

    /// On the embedded cluster offsets sent in a transaction are not kept, so that records may come twice there; on a
    /// real one each has to come once.
    @Test(.timeLimit(.minutes(3)), arguments: Harness.targets)
    func workersThatComeAndGoLoseNothing(_ servers: String?) throws {
        let harness = try Harness(servers)
        let events = events(3000)
        let flags = ["commit.records": "50", "commit.interval": "20ms"]
        let first = try harness.startWorker(flags)
        var second: Harness.Run?
        for start in stride(from: 0, to: events.count, by: 500) {
            try harness.produce(Array(events[start..<(start + 500)]))
            Pause.milliseconds(700)
            if let run = second {
                run.stop.request()
                #expect(run.join() == .stopped)
                second = nil
            } else {
                second = try harness.startWorker(flags)
            }
        }
        var keys: [String?] = []
        for _ in 0..<60 {
            keys = try harness.read(harness.attributions).map(\.key)
            if Set(keys).count >= 2940, try harness.read(harness.deadLetters).count >= 60 { break }
            Pause.milliseconds(500)
        }
        for run in [first, second].compactMap({ $0 }) {
            run.stop.request()
            #expect(run.join() == .stopped)
        }
        #expect(Set(keys).count == 2940)
        #expect(Set(try harness.read(harness.deadLetters).map(\.key)).count == 60)
        if servers != nil {
            #expect(keys.count == 2940)
            #expect(try harness.read(harness.deadLetters).count == 60)
        }
    }

    /// librdkafka gives up after a few tries, and would leave the partitions owned and unread.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            [KafkaErrorCode](repeating: .coordinatorLoadInProgress, count: 5),
            [.notCoordinator, .notCoordinator, .notCoordinator], [.groupAuthorizationFailed], [.illegalGeneration],
        ])
    func offsetsThatCannotBeHadAreAskedForAgain(_ errors: [KafkaErrorCode]) throws {
        let harness = try Harness(nil)
        try harness.produce(events(300))
        try #require(harness.embedded).failNext(.offsetFetch, with: errors)
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: 300)
        #expect(run.progress.obstacles.isEmpty)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(Set(try harness.read(harness.attributions).map(\.key)).count == 294)
    }

    /// As behind a worker that was killed. librdkafka would begin partitions whose offsets were asked for while others
    /// came at the beginning of the topic, as if nothing had ever been committed.
    @Test(.timeLimit(.minutes(2)))
    func whatIsCommittedIsNotReadAgainWhereOffsetsAreNotStableYet() throws {
        let harness = try Harness(nil)
        let flags = ["delivery": "at-least-once"]
        try harness.produce(events(300))
        let first = try harness.startWorker(flags)
        try harness.wait(first, forEvents: 300)
        for _ in 0..<200 where first.progress.now.lag.values.count(where: { $0 == 0 }) < 4 { Pause.milliseconds(50) }
        let cluster = try #require(harness.embedded)
        cluster.failNext(.offsetFetch, with: [KafkaErrorCode](repeating: .unstableOffsetCommit, count: 2000))
        let second = try harness.startWorker(flags)
        // It is given nothing at first, then the half, and when the first one has left the rest.
        for _ in 0..<600 where second.progress.now.rebalances < 2 { Pause.milliseconds(50) }
        Pause.milliseconds(1000)
        first.stop.request()
        #expect(first.join() == .stopped)
        for _ in 0..<600 where second.progress.now.rebalances < 3 { Pause.milliseconds(50) }
        Pause.milliseconds(500)
        cluster.clearFailures(.offsetFetch)
        try harness.produce(events(40))
        try harness.wait(second, forEvents: 40)
        Pause.milliseconds(2000)
        second.stop.request()
        #expect(second.join() == .stopped)
        #expect(second.worker.counters.received == 40)
    }

    /// A topic that takes smaller batches than are sent is no fault of events.
    @Test(.timeLimit(.minutes(1)))
    func smallEventsAreNoDeadLettersWhereABatchIsRefused() throws {
        let harness = try Harness(nil)
        try harness.produce(events(300))
        let sizes = [KafkaErrorCode](repeating: .messageSizeTooLarge, count: 12)
        try #require(harness.embedded).failNext(.produce, with: sizes)
        let run = try harness.startWorker()
        try harness.wait(run, forEvents: 300)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(run.worker.counters.outcomes == 294)
        #expect(run.worker.counters.deadLetters == [.malformed: 6])
    }

    @Test(.timeLimit(.minutes(1)))
    func aWorkerThatMayNotReadSaysThatItIsNotReady() throws {
        let harness = try Harness(nil)
        try harness.produce(events(300))
        let cluster = try #require(harness.embedded)
        cluster.failNext(.fetch, with: [KafkaErrorCode](repeating: .topicAuthorizationFailed, count: 2000))
        let run = try harness.startWorker()
        for _ in 0..<300 where run.progress.now.refusal == nil { Pause.milliseconds(50) }
        let obstacles = run.progress.obstacles
        #expect(obstacles.contains { $0.hasSuffix("cannot be read: TOPIC_AUTHORIZATION_FAILED") }, "\(obstacles)")
        cluster.clearFailures(.fetch)
        try harness.wait(run, forEvents: 300)
        for _ in 0..<200 where !run.progress.isReady { Pause.milliseconds(50) }
        #expect(run.progress.isReady)
        run.stop.request()
        #expect(run.join() == .stopped)
    }

    @Test(.timeLimit(.minutes(1)), arguments: Harness.targets)
    func atLeastOnceLosesNothing(_ servers: String?) throws {
        let harness = try Harness(servers)
        try harness.produce(events(1000))
        let run = try harness.startWorker(["delivery": "at-least-once"])
        try harness.wait(run, forEvents: 1000)
        run.stop.request()
        #expect(run.join() == .stopped)
        #expect(Set(try harness.read(harness.attributions).map(\.key)).count == 980)
        #expect(try harness.read(harness.deadLetters).count == 20)
        let next = try harness.startWorker(["delivery": "at-least-once"])
        Pause.milliseconds(4000)
        next.stop.request()
        #expect(next.join() == .stopped)
        #expect(next.worker.counters.received == 0)
    }
}
