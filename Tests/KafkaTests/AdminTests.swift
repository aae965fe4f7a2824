import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct AdminTests {
    @Test(arguments: TestTarget.all) func topicsOffsetsAndLag(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic(partitions: 3)
        let group = TestCluster.unique("g")
        let producer = try Producer(cluster.configuration) { _ in }
        let topic = try producer.topic(name)
        for number in 0..<10 {
            try producer.send("\(number)", to: topic, partition: number < 7 ? 0 : 1)
        }
        try producer.flush(timeoutMilliseconds: 10_000)

        let admin = try Admin(cluster.configuration) { _ in }
        let found = try admin.topic(name, timeoutMilliseconds: 10_000)
        #expect(found?.partitions == 3)
        // The embedded cluster gives each topic as many replicas as it can, up to three.
        #expect(found?.replicationFactor == (cluster.embedded == nil ? 1 : 3))
        #expect(try admin.topics(timeoutMilliseconds: 10_000).map(\.name).contains(name))
        let absent = TestCluster.unique("absent")
        #expect(try admin.topic(absent, timeoutMilliseconds: 10_000) == nil)
        #expect(try admin.offsets(name, timeoutMilliseconds: 10_000).map(\.high) == [7, 3, 0])
        let error = #expect(throws: KafkaError.self) { _ = try admin.offsets(absent, timeoutMilliseconds: 10_000) }
        #expect(error?.code == .unknownTopicOrPartition)

        #expect(try admin.lag(group: group, topic: name, timeoutMilliseconds: 10_000) == [0: 7, 1: 3, 2: 0])
        let consumer = try Consumer(cluster.group(group)) { _ in }
        let next = [
            PartitionOffset(topic: name, partition: 0, offset: 4),
            PartitionOffset(topic: name, partition: 1, offset: 99),
        ]
        try consumer.commit(next)
        try consumer.commit([])
        #expect(
            try admin.committedOffsets(group: group, topics: [name], timeoutMilliseconds: 10_000) == next)
        #expect(try admin.committedOffsets(group: group, topics: [absent], timeoutMilliseconds: 10_000).isEmpty)
        // A committed offset behind the end is no negative lag.
        #expect(try admin.lag(group: group, topic: name, timeoutMilliseconds: 10_000) == [0: 3, 1: 0, 2: 0])
    }

    @Test func waitsUntilNewTopicsAreThere() async throws {
        let cluster = try TestCluster()
        let embedded = try #require(cluster.embedded)
        let admin = try Admin(cluster.configuration) { _ in }
        func topic(_ name: String, partitions: Int = 4) -> NewTopic {
            NewTopic(name: name, partitions: partitions, replicationFactor: 1)
        }
        let late = Task.detached(executorPreference: ThreadExecutor()) {
            sleepMilliseconds(500)
            try embedded.createTopic("late", partitions: 4)
        }
        #expect(try admin.waitForTopics([topic("late")], timeoutMilliseconds: 10_000).isEmpty)
        try await late.value
        #expect(try admin.waitForTopics([], timeoutMilliseconds: 0).isEmpty)
        let wanted = [topic("late"), topic("late", partitions: 5), topic("never")]
        let start = ContinuousClock.now
        #expect(try admin.waitForTopics(wanted, timeoutMilliseconds: 300) == Array(wanted[1...]))
        #expect(ContinuousClock.now - start < .seconds(5))

        try embedded.moveLeader("late", 2, to: nil)
        #expect(try admin.topic("late", timeoutMilliseconds: 10_000)?.leaderlessPartitions == 1)
        #expect(try admin.waitForTopics([topic("late")], timeoutMilliseconds: 0) == [topic("late")])
    }

    @Test func whatTheEmbeddedClusterCannotDoIsAnError() throws {
        let cluster = try TestCluster()
        let admin = try Admin(cluster.configuration) { _ in }
        let topic = NewTopic(
            name: "t", partitions: 1, replicationFactor: 1, configuration: ["cleanup.policy": "compact"])
        let error = #expect(throws: KafkaError.self) {
            _ = try admin.createTopics([topic], timeoutMilliseconds: 1000)
        }
        #expect(error?.code == .timedOut)
        #expect(throws: KafkaError.self) { _ = try admin.deleteTopics(["t"], timeoutMilliseconds: 1000) }
        #expect(throws: KafkaError.self) { _ = try admin.topicConfiguration("t", timeoutMilliseconds: 1000) }
        #expect(throws: KafkaError.self) {
            try admin.alterTopicConfiguration("t", ["a": "b"], timeoutMilliseconds: 1000)
        }
        #expect(try admin.createTopics([], timeoutMilliseconds: 1000).isEmpty)
        #expect(try admin.deleteTopics([], timeoutMilliseconds: 1000).isEmpty)
        let invalid = #expect(throws: KafkaError.self) {
            _ = try admin.createTopics(
                [NewTopic(name: "t", partitions: 1, replicationFactor: -2)], timeoutMilliseconds: 1000)
        }
        #expect(invalid?.code == .invalidArgument)
    }

    @Test(.enabled(if: TestTarget.all.count > 1, "TEST_KAFKA_BOOTSTRAP_SERVERS is not set"))
    func topicsAreCreatedDescribedAlteredAndDeleted() throws {
        let cluster = try TestCluster(TestTarget.all.last ?? .embedded)
        let admin = try Admin(cluster.configuration) { _ in }
        let name = TestCluster.unique("admin")
        let topic = NewTopic(
            name: name, partitions: 2, replicationFactor: 1, configuration: ["cleanup.policy": "compact"])
        #expect(try admin.createTopics([topic], timeoutMilliseconds: 10_000).allSatisfy { $0.error == nil })
        #expect(try admin.waitForTopics([topic], timeoutMilliseconds: 10_000).isEmpty)
        let again = try admin.createTopics([topic], timeoutMilliseconds: 10_000)
        #expect(again.first?.error?.code == .topicAlreadyExists)
        #expect(try admin.topicConfiguration(name, timeoutMilliseconds: 10_000)["cleanup.policy"] == "compact")
        try admin.alterTopicConfiguration(name, ["retention.ms": "60000"], timeoutMilliseconds: 10_000)
        var altered: [String: String] = [:]
        // A broker tells of a change a little after it was agreed.
        for _ in 0..<50 where altered["retention.ms"] != "60000" {
            altered = try admin.topicConfiguration(name, timeoutMilliseconds: 10_000)
            sleepMilliseconds(100)
        }
        #expect(altered["retention.ms"] == "60000")
        #expect(altered["cleanup.policy"] == "compact")
        #expect(try admin.deleteTopics([name], timeoutMilliseconds: 10_000).allSatisfy { $0.error == nil })
        let gone = #expect(throws: KafkaError.self) {
            try admin.deleteGroup(TestCluster.unique("g"), timeoutMilliseconds: 10_000)
        }
        #expect(gone?.code == .groupIDNotFound)
    }
}
