import Testing

@testable import Kafka

/// Rebalances that are served while a batch is being filled.
@Suite(.ownThread) struct RebalanceTests {
    private let zero = TopicPartition(topic: "t", partition: 0)
    private let one = TopicPartition(topic: "t", partition: 1)

    @Test func changesAreFoldedToTheirOutcome() {
        var changes = PartitionChanges()
        changes.added([zero])
        #expect(changes.outcomes.isEmpty, "a partition that only came has no message from before")
        changes.removed([zero, one])
        changes.added([one])
        #expect(changes.outcomes == [zero: .gone, one: .returned])
        changes.removed([one])
        #expect(changes.outcomes == [zero: .gone, one: .gone])
        changes.reset()
        #expect(changes.outcomes.isEmpty)
    }

    private func fill(_ name: String, _ cluster: TestCluster, count: Int) throws {
        let producer = try Producer(cluster.configuration) { _ in }
        let topic = try producer.topic(name)
        for number in 0..<count {
            for partition in 0..<2 {
                try producer.send("\(number)", to: topic, partition: Int32(partition))
            }
        }
        try producer.flush(timeoutMilliseconds: 10_000)
    }

    @Test func aBatchHoldsNothingOfAPartitionThatWentWhileItWasFilled() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 2)
        try fill(name, cluster, count: 100)
        let listener = RecordingListener()
        let first = try Consumer(cluster.group("g")) { _ in }
        try first.subscribe([name], listener: listener)
        #expect(try first.pollUntil { listener.owned.count == 2 })

        // The first fetches ahead, while the second joins: the revocation queues up behind the messages.
        let otherListener = RecordingListener()
        let second = try Consumer(cluster.group("g")) { _ in }
        try second.subscribe([name], listener: otherListener)
        #expect(try second.pollUntil(seconds: 6) { false } == false)

        var batch = MessageBatch(capacity: 1000)
        try first.poll(into: &batch, timeoutMilliseconds: 1000)
        let revoked = listener.calls.compactMap { if case .revoked(let partitions) = $0 { partitions } else { nil } }
        #expect(revoked.count == 1, "the rebalance was not served in this call")
        let kept = try #require(listener.owned.first)
        let records = (0..<batch.count).map { Record(batch[$0]) }
        #expect(!records.isEmpty)
        #expect(records.allSatisfy { $0.partition == kept.partition })
        // Nothing is lost: the second reads all of the other one.
        let others = try second.read(100)
        #expect(others.map(\.offset) == Array(0..<100))
        #expect(others.allSatisfy { $0.partition == revoked.first?.first?.partition })
    }

    /// Within one call: a partition is revoked, another member takes it and leaves, and it comes back.
    @Test func aPartitionThatWentAndCameBackIsReadAgain() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 2)
        try fill(name, cluster, count: 100)
        let listener = RecordingListener()
        var second: Consumer? = nil
        let otherListener = RecordingListener()
        var delays = 0
        // Statistics are served from the queue too; while their handler waits, the rest of the story queues up.
        let first = try Consumer(cluster.group("g", ["statistics.interval.ms": "100"])) { event in
            guard case .statistics = event else { return }
            let hasRevoked = listener.calls.contains { if case .revoked = $0 { true } else { false } }
            if hasRevoked, delays == 0 {
                delays = 1
                let deadline = ContinuousClock.now + .seconds(10)
                var batch = MessageBatch(capacity: 1)
                while otherListener.owned.isEmpty, ContinuousClock.now < deadline {
                    try? second?.poll(into: &batch, timeoutMilliseconds: 50)
                }
                second = nil
                sleepMilliseconds(3000)
            } else if delays == 1, listener.owned.count == 2 {
                delays = 2
                sleepMilliseconds(1500)
            }
        }
        try first.subscribe([name], listener: listener)
        #expect(try first.pollUntil { listener.owned.count == 2 })
        second = try Consumer(cluster.group("g")) { _ in }
        try second?.subscribe([name], listener: otherListener)
        var single = MessageBatch(capacity: 1)
        let deadline = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < deadline {
            try second?.poll(into: &single, timeoutMilliseconds: 100)
        }

        var batch = MessageBatch(capacity: 1000)
        try first.poll(into: &batch, timeoutMilliseconds: 1000)
        #expect(delays == 2, "the story did not happen in one call")
        let returned = try #require(
            listener.calls.compactMap { if case .revoked(let partitions) = $0 { partitions.first } else { nil } }.first)
        let records = (0..<batch.count).map { Record(batch[$0]) }
        #expect(records.allSatisfy { $0.partition != returned.partition })
        #expect(first.state.awaitingRewind == [returned])
        let rest = try first.read(100 + 100 - records.count).filter { $0.partition == returned.partition }
        #expect(rest.map(\.offset) == Array(0..<100))
        #expect(first.state.awaitingRewind.isEmpty)
    }

    @Test func nothingIsHandedOutBeforeTheRewindHasSucceeded() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 2)
        try fill(name, cluster, count: 50)
        let events = EventLog()
        let consumer = try Consumer(cluster.group("g"), onEvent: events.note)
        let partition = TopicPartition(topic: name, partition: 0)
        try consumer.assign([PartitionOffset(partition, offset: 0)])
        #expect(try consumer.read(10, capacity: 1).count == 10)
        try consumer.commit([PartitionOffset(partition, offset: 5)])

        consumer.state.awaitingRewind = [partition]
        cluster.embedded?.failNext(.offsetFetch, with: [.groupAuthorizationFailed])
        #expect(try consumer.read(3, capacity: 1).map(\.offset) == [5, 6, 7])
        #expect(events.errors.contains { $0.code == .groupAuthorizationFailed })

        // A seek of the caller's own stands in for it.
        consumer.state.awaitingRewind = [partition]
        try consumer.seek([PartitionOffset(partition, offset: 40)], timeoutMilliseconds: 5000)
        #expect(try consumer.read(10, capacity: 1).first?.offset == 40)
    }
}
