import CRdKafka
import TestThreads
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
        // Where it cannot be known yet where the kept one was to begin, its messages come with a later call.
        var own = (0..<batch.count).map { Record(batch[$0]) }
        #expect(own.allSatisfy { $0.partition == kept.partition })
        // Nothing is lost, and nothing comes twice: the second reads all of the other one.
        var others: [Record] = []
        let deadline = ContinuousClock.now + .seconds(30)
        while others.count < 100 || own.count < 100, ContinuousClock.now < deadline {
            try first.poll(into: &batch, timeoutMilliseconds: 20)
            own += (0..<batch.count).map { Record(batch[$0]) }
            try second.poll(into: &batch, timeoutMilliseconds: 20)
            others += (0..<batch.count).map { Record(batch[$0]) }.filter { $0.partition != kept.partition }
        }
        #expect(own.map(\.offset) == Array(0..<100) && own.allSatisfy { $0.partition == kept.partition })
        #expect(others.map(\.offset) == Array(0..<100))
    }

    /// The handler of an error that waits in the queue behind the messages stands in for the group's coordinator, which
    /// cannot be made to take partitions away and give them back within one call.
    @Test func aPartitionThatWentAndCameBackIsReadAgain() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 3)
        try fill(name, cluster, count: 100)
        let partitions = (0..<2).map { TopicPartition(topic: name, partition: $0) }
        let listener = RecordingListener()
        var coordinator: () -> Void = {}
        let consumer = try Consumer(cluster.group("g", ["reconnect.backoff.max.ms": "100"])) { event in
            if case .error = event { coordinator() }
        }
        let client = consumer.client
        client.callbacks.listener = listener
        try consumer.assign(partitions.map { PartitionOffset($0, offset: 0) })
        #expect(try consumer.read(20, capacity: 1).count == 20)
        try consumer.commit([PartitionOffset(partitions[1], offset: 30)])
        sleepMilliseconds(500)
        try cluster.embedded?.setBroker(up: false)
        sleepMilliseconds(500)
        try cluster.embedded?.setBroker(up: true)

        coordinator = {
            coordinator = {}
            let before = PartitionList(partitions)
            let after = PartitionList([partitions[1]])
            client.callbacks.rebalance(client.pointer, RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS, before.pointer)
            client.callbacks.rebalance(client.pointer, RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS, after.pointer)
            // Messages fetched anew queue up behind the old ones, in the same batch.
            sleepMilliseconds(2500)
        }
        var batch = MessageBatch(capacity: 1000)
        try consumer.poll(into: &batch, timeoutMilliseconds: 1000)
        #expect(listener.calls == [.revoked(partitions), .assigned([partitions[1]])])
        let isEmpty = batch.isEmpty
        #expect(isEmpty)
        #expect(consumer.state.awaitingRewind == [partitions[1]])
        let rest = try consumer.read(70)
        #expect(rest.map(\.offset) == Array(30..<100))
        #expect(rest.allSatisfy { $0.partition == 1 })
        #expect(consumer.state.awaitingRewind.isEmpty)
        #expect(try consumer.read(1, seconds: 1).isEmpty)
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
