import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct TransactionTests {
    private func makeProducer(
        _ cluster: TestCluster, _ more: [String: String] = [:], events: EventLog = EventLog()
    ) throws -> Producer {
        var configuration = cluster.with(more)
        configuration.setDefault("transactional.id", TestCluster.unique("tx"))
        return try Producer(configuration, onEvent: events.note)
    }

    @Test(arguments: TestTarget.all) func committedIsReadAndAbortedIsNot(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic()
        let producer = try makeProducer(cluster)
        try producer.initTransactions(timeoutMilliseconds: 15_000)
        let topic = try producer.topic(name)
        try producer.beginTransaction()
        try producer.send("one", to: topic)
        try producer.commitTransaction(timeoutMilliseconds: 15_000)
        try producer.beginTransaction()
        try producer.send("two", to: topic)
        if cluster.embedded == nil {
            // Let it be written, so that there is something to hide; the embedded cluster hides nothing.
            try producer.flush(timeoutMilliseconds: 15_000)
        }
        try producer.abortTransaction(timeoutMilliseconds: 15_000)
        try producer.beginTransaction()
        try producer.send("three", to: topic)
        try producer.commitTransaction(timeoutMilliseconds: 15_000)

        let consumer = try Consumer(cluster.group(TestCluster.unique("g"))) { _ in }
        try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: PartitionOffset.beginning)])
        var texts = try consumer.read(2).map(\.text)
        if cluster.embedded != nil, texts.contains("two") {
            texts = try texts.filter { $0 != "two" } + consumer.read(1).map(\.text)
        }
        #expect(texts == ["one", "three"])
    }

    @Test(arguments: TestTarget.all) func offsetsAreCommittedWithTheTransaction(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic()
        let producer = try makeProducer(cluster)
        try producer.initTransactions(timeoutMilliseconds: 15_000)
        let topic = try producer.topic(name)
        try producer.beginTransaction()
        for number in 0..<5 {
            try producer.send("\(number)", to: topic)
        }
        try producer.commitTransaction(timeoutMilliseconds: 15_000)

        let partition = TopicPartition(topic: name, partition: 0)
        let consumer = try Consumer(cluster.group(TestCluster.unique("g"))) { _ in }
        let listener = RecordingListener()
        try consumer.subscribe([name], listener: listener)
        let records = try consumer.read(5)
        #expect(records.count == 5)
        let nothing = [PartitionOffset(partition, offset: PartitionOffset.unset)]
        #expect(try consumer.committed([partition], timeoutMilliseconds: 10_000) == nothing)

        try producer.beginTransaction()
        let aborted = [PartitionOffset(partition, offset: 5)]
        try producer.sendOffsets(aborted, group: consumer.groupMetadata(), timeoutMilliseconds: 15_000)
        try producer.abortTransaction(timeoutMilliseconds: 15_000)
        if cluster.embedded == nil {
            #expect(try consumer.committed([partition], timeoutMilliseconds: 10_000) == nothing)
        }

        try producer.beginTransaction()
        try producer.sendOffsets([], group: consumer.groupMetadata(), timeoutMilliseconds: 15_000)
        let next = [PartitionOffset(partition, offset: 3)]
        try producer.sendOffsets(next, group: consumer.groupMetadata(), timeoutMilliseconds: 15_000)
        try producer.commitTransaction(timeoutMilliseconds: 15_000)
        if cluster.embedded == nil {
            // The embedded cluster takes them and forgets them.
            #expect(try consumer.committed([partition], timeoutMilliseconds: 10_000) == next)
        }

        // Back to where the group stands.
        try consumer.seek(next, timeoutMilliseconds: 10_000)
        #expect(try consumer.read(2).map(\.text) == ["3", "4"])
    }

    @Test func anUnreachableCoordinatorIsRetriable() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try makeProducer(cluster, ["reconnect.backoff.max.ms": "200"])
        try cluster.embedded?.setBroker(up: false)
        let early = #expect(throws: KafkaError.self) { try producer.initTransactions(timeoutMilliseconds: 500) }
        #expect(early?.isRetriable == true)
        #expect(early?.isFatal == false && early?.requiresAbort == false)
        try cluster.embedded?.setBroker(up: true)
        try producer.initTransactions(timeoutMilliseconds: 20_000)

        let topic = try producer.topic(name)
        try producer.beginTransaction()
        try producer.send("x", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        try cluster.embedded?.setBroker(up: false)
        let late = #expect(throws: KafkaError.self) { try producer.commitTransaction(timeoutMilliseconds: 500) }
        #expect(late?.code == .timedOut && late?.isRetriable == true)
        // librdkafka takes nothing but the same call again now.
        let conflict = #expect(throws: KafkaError.self) { try producer.abortTransaction(timeoutMilliseconds: 500) }
        #expect(conflict?.code == .conflict)
        try cluster.embedded?.setBroker(up: true)
        try producer.commitTransaction(timeoutMilliseconds: 20_000)
    }

    @Test func aRefusedPartitionNeedsAnAbort() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let events = EventLog()
        let producer = try makeProducer(cluster, events: events)
        try producer.initTransactions(timeoutMilliseconds: 15_000)
        let topic = try producer.topic(name)
        cluster.embedded?.failNext(.addPartitionsToTransaction, with: [.topicAuthorizationFailed])
        try producer.beginTransaction()
        try producer.send("refused", to: topic)
        let error = #expect(throws: KafkaError.self) { try producer.commitTransaction(timeoutMilliseconds: 10_000) }
        #expect(error?.requiresAbort == true)
        #expect(error?.isRetriable == false && error?.isFatal == false)
        try producer.abortTransaction(timeoutMilliseconds: 10_000)
        #expect(producer.causeOfDeath() == nil)
        _ = producer.takeDeliveryFailures()

        try producer.beginTransaction()
        try producer.send("accepted", to: topic)
        try producer.commitTransaction(timeoutMilliseconds: 10_000)
        #expect(producer.takeDeliveryFailures().isEmpty)
    }

    @Test func aFencedProducerIsDead() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let events = EventLog()
        let producer = try makeProducer(cluster, events: events)
        try producer.initTransactions(timeoutMilliseconds: 15_000)
        let topic = try producer.topic(name)
        try producer.beginTransaction()
        try producer.send("x", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        cluster.embedded?.failNext(.endTransaction, with: [.invalidProducerEpoch])
        let error = #expect(throws: KafkaError.self) { try producer.commitTransaction(timeoutMilliseconds: 10_000) }
        #expect(error?.isFatal == true)
        #expect(error?.isRetriable == false && error?.requiresAbort == false)
        #expect(error?.code == .fenced)
        let fatal = producer.causeOfDeath()
        #expect(fatal?.isFatal == true && fatal?.code == .fenced)
        let after = #expect(throws: KafkaError.self) { try producer.send("y", to: topic) }
        #expect(after?.isFatal == true)
        producer.poll()
        #expect(events.errors.contains { $0.isFatal && $0.code == .fenced })
    }

    @Test func withoutATransactionalIDThereAreNoTransactions() throws {
        let cluster = try TestCluster()
        let producer = try Producer(cluster.configuration) { _ in }
        let error = #expect(throws: KafkaError.self) { try producer.beginTransaction() }
        #expect(error?.code == .notConfigured)
    }
}
