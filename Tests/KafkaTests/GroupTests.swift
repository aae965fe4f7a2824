import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct GroupTests {
    @Test(arguments: TestTarget.all) func twoMembersShareTheirPartitions(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic(partitions: 4)
        let group = cluster.group(TestCluster.unique("g"))
        let all = (0..<4).map { TopicPartition(topic: name, partition: $0) }
        let first = try Consumer(group) { _ in }
        let firstListener = RecordingListener()
        #expect(first.memberID == nil)
        try first.subscribe([name], listener: firstListener)
        #expect(try first.pollUntil { firstListener.owned.count == 4 })
        #expect(firstListener.calls.last == .assigned(all))
        #expect(first.assignment.sorted() == all)
        #expect(first.memberID?.isEmpty == false)

        // The first member commits as it is told to give up: it may still do so then.
        var committed: [PartitionOffset] = []
        firstListener.onRevoked = { partitions in
            let next = partitions.map { PartitionOffset($0, offset: 7) }
            do throws(KafkaError) {
                _ = try first.groupMetadata()
                try first.commit(next, timeoutMilliseconds: 5000)
                committed = next
            } catch {
                // Where both join at once, the coordinator may have moved on to the next rebalance already.
                #expect(error.code == .rebalanceInProgress)
            }
        }
        let second = try Consumer(group) { _ in }
        let secondListener = RecordingListener()
        try second.subscribe([name], listener: secondListener)
        var batch = MessageBatch(capacity: 10)
        let deadline = ContinuousClock.now + .seconds(20)
        while secondListener.owned.count < 2 || firstListener.owned.count > 2, ContinuousClock.now < deadline {
            try first.poll(into: &batch, timeoutMilliseconds: 20)
            try second.poll(into: &batch, timeoutMilliseconds: 20)
        }
        #expect(firstListener.owned.union(secondListener.owned) == Set(all))
        #expect(firstListener.owned.isDisjoint(with: secondListener.owned))
        // Cooperative: the first keeps two throughout and gives up two once; nothing is lost.
        let revoked = firstListener.calls.filter { if case .revoked = $0 { true } else { false } }
        #expect(revoked.count == 1)
        #expect(!firstListener.calls.contains { if case .lost = $0 { true } else { false } })
        if !committed.isEmpty {
            #expect(Set(committed.map(\.topicPartition)) == secondListener.owned)
            #expect(
                try Set(second.committed(Array(secondListener.owned), timeoutMilliseconds: 10_000)) == Set(committed))
        }

        // To close is to leave: the second is given all at once, not after a session time-out.
        firstListener.onRevoked = { _ in }
        try first.close()
        #expect(firstListener.owned.isEmpty)
        #expect(try second.pollUntil { secondListener.owned.count == 4 })
        try first.close()
        let closed = #expect(throws: KafkaError.self) { try first.poll(into: &batch, timeoutMilliseconds: 0) }
        #expect(closed?.code == .state)
        #expect(throws: KafkaError.self) {
            try first.seek([PartitionOffset(all[0], offset: 0)], timeoutMilliseconds: 100)
        }
    }

    @Test func theEagerProtocolWorksToo() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 2)
        let group = cluster.group("g", ["partition.assignment.strategy": "range"])
        let listener = RecordingListener()
        let all = (0..<2).map { TopicPartition(topic: name, partition: $0) }
        let consumer = try Consumer(group) { _ in }
        try consumer.subscribe([name], listener: listener)
        #expect(try consumer.pollUntil { listener.owned.count == 2 })
        #expect(consumer.assignment.sorted() == all)
        try consumer.close()
        #expect(listener.calls == [.assigned(all), .revoked(all)])
    }

    @Test func aListenerThatIsGoneDoesNotStopTheGroup() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let consumer = try Consumer(cluster.group("g")) { _ in }
        try consumer.subscribe([name], listener: RecordingListener())
        #expect(try consumer.pollUntil { !consumer.assignment.isEmpty })
    }

    @Test func seekGoesBack() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.configuration) { _ in }
        let topic = try producer.topic(name)
        for number in 0..<10 {
            try producer.send("\(number)", to: topic)
        }
        try producer.flush(timeoutMilliseconds: 10_000)
        let consumer = try Consumer(cluster.group("g")) { _ in }
        let partition = TopicPartition(topic: name, partition: 0)
        try consumer.assign([PartitionOffset(partition, offset: 0)])
        #expect(try consumer.read(10).count == 10)
        for start in [3, 7, 0] {
            try consumer.seek([PartitionOffset(partition, offset: Int64(start))], timeoutMilliseconds: 5000)
            // What was fetched before the seek does not come.
            #expect(try consumer.read(10 - start).map(\.text) == (start..<10).map { "\($0)" })
        }
        // Nothing was committed: back to where the configuration says.
        try consumer.seek(consumer.committed([partition], timeoutMilliseconds: 5000), timeoutMilliseconds: 5000)
        #expect(try consumer.read(1, capacity: 1).first?.offset == 0)
        try consumer.seek([PartitionOffset(partition, offset: PartitionOffset.end)], timeoutMilliseconds: 5000)
        #expect(try consumer.read(1, seconds: 1).isEmpty)
        try consumer.seek([], timeoutMilliseconds: 0)
        let error = #expect(throws: KafkaError.self) {
            try consumer.seek([PartitionOffset(topic: "other", partition: 0, offset: 0)], timeoutMilliseconds: 1000)
        }
        #expect(error?.code == .unknownPartition)
    }

    @Test func aConsumerSurvivesItsBrokers() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.with(["reconnect.backoff.max.ms": "200"])) { _ in }
        let topic = try producer.topic(name)
        try producer.send("before", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        let events = EventLog()
        let consumer = try Consumer(
            cluster.group("g", ["reconnect.backoff.max.ms": "200"]), onEvent: events.note)
        try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: 0)])
        #expect(try consumer.read(1).count == 1)
        try cluster.embedded?.setBroker(up: false)
        #expect(try consumer.pollUntil { events.errors.contains { $0.code == .allBrokersDown } })
        #expect(events.errors.allSatisfy { !$0.isFatal })
        let late = #expect(throws: KafkaError.self) {
            _ = try consumer.watermarks(TopicPartition(topic: name, partition: 0), timeoutMilliseconds: 200)
        }
        #expect(late?.code == .timedOut && late?.isRetriable == true)
        let uncommitted = #expect(throws: KafkaError.self) {
            try consumer.commit(
                [PartitionOffset(topic: name, partition: 0, offset: 1)], timeoutMilliseconds: 200)
        }
        #expect(uncommitted?.isRetriable == true)
        try cluster.embedded?.setBroker(up: true)
        try producer.send("after", to: topic)
        try producer.flush(timeoutMilliseconds: 20_000)
        #expect(try consumer.read(1).map(\.text) == ["after"])
        #expect(consumer.causeOfDeath() == nil)
    }

    @Test func aConsumerClosesSoonWithoutItsBrokers() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let listener = RecordingListener()
        let consumer = try Consumer(cluster.group("g")) { _ in }
        try consumer.subscribe([name], listener: listener)
        #expect(try consumer.pollUntil { listener.owned.count == 1 })
        try cluster.embedded?.setBroker(up: false)
        let start = ContinuousClock.now
        try consumer.close()
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(listener.owned.isEmpty)
    }

    @Test func aMemberThatPollsTooLateLosesItsPartitions() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let events = EventLog()
        let listener = RecordingListener()
        let consumer = try Consumer(
            cluster.group("g", ["max.poll.interval.ms": "4500"]), onEvent: events.note)
        try consumer.subscribe([name], listener: listener)
        #expect(try consumer.pollUntil { listener.owned.count == 1 })
        sleepMilliseconds(5500)
        #expect(try consumer.pollUntil { !listener.owned.isEmpty && listener.calls.count >= 3 })
        let partition = [TopicPartition(topic: name, partition: 0)]
        #expect(listener.calls.prefix(3) == [.assigned(partition), .lost(partition), .assigned(partition)])
        #expect(events.errors.contains { $0.code == .maxPollExceeded && !$0.isFatal })
    }

    @Test func aFencedMemberIsDead() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let events = EventLog()
        let listener = RecordingListener()
        let consumer = try Consumer(cluster.group("g", ["group.instance.id": "one"]), onEvent: events.note)
        try consumer.subscribe([name], listener: listener)
        #expect(try consumer.pollUntil { listener.owned.count == 1 })
        cluster.embedded?.failNext(.heartbeat, with: [.fencedInstanceID])
        let error = #expect(throws: KafkaError.self) { _ = try consumer.pollUntil { false } }
        #expect(error?.isFatal == true)
        #expect(error?.code == .fencedInstanceID)
        #expect(consumer.causeOfDeath()?.code == .fencedInstanceID)
        // A dead client is not polled on.
        let again = #expect(throws: KafkaError.self) { _ = try consumer.pollUntil { false } }
        #expect(again?.isFatal == true)
        try? consumer.close()
    }

    @Test func aCommitThatFailsSaysHow() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let consumer = try Consumer(cluster.group("g")) { _ in }
        let next = [PartitionOffset(topic: name, partition: 0, offset: 1)]
        try consumer.commit(next)
        cluster.embedded?.failNext(.offsetCommit, with: [.topicAuthorizationFailed])
        let refused = #expect(throws: KafkaError.self) { try consumer.commit(next) }
        #expect(refused?.code == .topicAuthorizationFailed)
        #expect(refused?.isRetriable == false)
        cluster.embedded?.failNext(.offsetCommit, with: [.illegalGeneration])
        let old = #expect(throws: KafkaError.self) { try consumer.commit(next) }
        #expect(old?.code == .illegalGeneration)
        cluster.embedded?.clearFailures(.offsetCommit)
        try consumer.commit(next)
        #expect(try consumer.committed([next[0].topicPartition], timeoutMilliseconds: 5000) == next)
    }

    /// Members that close in the midst of a rebalance, before it is served or while it comes.
    @Test(arguments: [0, 100, 3050, 3150, 3300]) func aConsumerClosesInARebalance(_ milliseconds: Int) throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic(partitions: 4)
        let listeners = [RecordingListener(), RecordingListener()]
        let first = try Consumer(cluster.group("g")) { _ in }
        let second = try Consumer(cluster.group("g")) { _ in }
        try first.subscribe([name], listener: listeners[0])
        try second.subscribe([name], listener: listeners[1])
        var batch = MessageBatch(capacity: 1)
        try first.poll(into: &batch, timeoutMilliseconds: 50)
        sleepMilliseconds(milliseconds)
        let start = ContinuousClock.now
        try first.close()
        try second.close()
        #expect(ContinuousClock.now - start < .seconds(12))
        #expect(listeners.allSatisfy { $0.owned.isEmpty })
    }
}
