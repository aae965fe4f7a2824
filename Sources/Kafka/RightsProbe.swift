import CRdKafka

/// Finds out what a client may do by doing it, in ways that leave nothing behind. Every call blocks up to its time-out.
///
/// librdkafka tells the operations that brokers allow (KIP-430) only from 2.3.0 on, and never those on transactional
/// ids; to list access rules takes a right of its own.
public struct RightsProbe {
    private let client: ClientConfiguration
    private let timeoutMilliseconds: Int32

    /// Makes a probe.
    /// - Parameter client: how to connect; what belongs to consumers or producers alone does not count.
    public init(_ client: ClientConfiguration, timeoutMilliseconds: Int32) {
        self.client = client
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// What a topic is like; makes none.
    ///
    /// - Throws: `topicAuthorizationFailed` where it may not be seen, an error of absence where there is none.
    public func topic(_ name: String) throws(KafkaError) -> TopicDescription {
        let consumer = try consumer(group: "city-attribution.check", LastRefusal())
        let topic = try ProducerTopic(name, of: consumer.client)
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(consumer.client.pointer, 0, topic.pointer, &metadata, timeoutMilliseconds)
        try KafkaError.check(code, "look at the topic \(name)")
        guard let metadata else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: "look at the topic \(name)")
        }
        defer { rd_kafka_metadata_destroy(metadata) }
        guard metadata.pointee.topic_cnt == 1 else {
            throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, operation: "look at the topic \(name)")
        }
        let described = metadata.pointee.topics[0]
        try KafkaError.check(described.err, "look at the topic \(name)")
        return TopicDescription(described)
    }

    /// Whether a topic that is there may be read, by a fetch at its end.
    public func mayRead(_ topic: String) throws(KafkaError) -> Bool {
        let failures = LastRefusal()
        let consumer = try consumer(group: "city-attribution.check", failures)
        try consumer.assign([PartitionOffset(topic: topic, partition: 0, offset: PartitionOffset.end)])
        var batch = MessageBatch(capacity: 1)
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while ContinuousClock.now < deadline {
            try consumer.poll(into: &batch, timeoutMilliseconds: 50)
            if !batch.isEmpty || !consumer.takePartitionEnds().isEmpty { return true }
            if failures.code == .topicAuthorizationFailed { return false }
        }
        throw failures.other ?? KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: "read \(topic)")
    }

    /// Whether a topic that is there may be written, by a message with a number of acknowledgements that brokers refuse
    /// (2; they know 0, 1 and all), after they have looked at rights and before they write.
    public func mayWrite(_ topic: String) throws(KafkaError) -> Bool {
        var client = client
        client["acks"] = "2"
        client["enable.idempotence"] = "false"
        client["message.timeout.ms"] = "\(timeoutMilliseconds)"
        let producer = try Producer(client) { _ in }
        let target = try producer.topic(topic)
        try producer.produce(to: target, partition: 0, key: nil, payload: nil)
        try producer.flush(timeoutMilliseconds: timeoutMilliseconds + 1000)
        guard let failure = producer.takeDeliveryFailures().firstError else { return true }
        switch failure.code {
        case .invalidRequiredAcks: return true
        case .topicAuthorizationFailed: return false
        default: throw failure
        }
    }

    /// Whether a group may be described, by asking for an offset of its.
    public func mayDescribe(group: String, topic: String) throws(KafkaError) -> Bool {
        let failures = LastRefusal()
        let consumer = try consumer(group: group, failures)
        do throws(KafkaError) {
            _ = try consumer.committed(
                [TopicPartition(topic: topic, partition: 0)], timeoutMilliseconds: timeoutMilliseconds)
            return true
        } catch {
            if error.code == .groupAuthorizationFailed || failures.code == .groupAuthorizationFailed { return false }
            throw error
        }
    }

    /// Which of the rights of a transaction that commits a group's offsets is missing: on the transactional id
    /// (`transactionalIDAuthorizationFailed`), on the group (`groupAuthorizationFailed`) or on the topic that was read
    /// (`topicAuthorizationFailed`); nil where none is. The transaction is given up.
    /// - Parameter id: one that nobody works with, since whoever does would be shut out.
    public func refusalOfTransaction(
        id: String, group: String?, topic: String
    ) throws(KafkaError) -> KafkaErrorCode? {
        let refusals: [KafkaErrorCode] = [
            .transactionalIDAuthorizationFailed, .groupAuthorizationFailed, .topicAuthorizationFailed,
        ]
        var client = client
        client["transactional.id"] = id
        let failures = LastRefusal()
        let producer = try Producer(client) { failures.note($0) }
        do throws(KafkaError) {
            try producer.initTransactions(timeoutMilliseconds: timeoutMilliseconds)
            guard let group else { return nil }
            try producer.beginTransaction()
            let metadata = ConsumerGroupMetadata(taking: rd_kafka_consumer_group_metadata_new(group))
            try producer.sendOffsets(
                [PartitionOffset(topic: topic, partition: 0, offset: 0)], group: metadata,
                timeoutMilliseconds: timeoutMilliseconds)
            try producer.abortTransaction(timeoutMilliseconds: timeoutMilliseconds)
            return nil
        } catch {
            let found = [error.code, failures.code].compactMap(\.self).first(where: refusals.contains)
            try? producer.abortTransaction(timeoutMilliseconds: 1000)
            guard let found else { throw error }
            return found
        }
    }

    /// Whether an error says that there is no such topic.
    public static func isAbsence(_ code: KafkaErrorCode) -> Bool {
        code == .unknownTopicOrPartition || code == .unknownTopic || code == .unknownPartition
    }

    private func consumer(group: String, _ failures: LastRefusal) throws(KafkaError) -> Consumer {
        var client = client
        client["group.id"] = group
        return try Consumer(client, reportsPartitionEnds: true) { failures.note($0) }
    }
}

/// The last refusal of a right that a client reported, and the last other error.
final class LastRefusal {
    private(set) var code: KafkaErrorCode?
    private(set) var other: KafkaError?

    func note(_ event: ClientEvent) {
        guard case .error(let error) = event else { return }
        if error.code == .topicAuthorizationFailed || error.code == .groupAuthorizationFailed
            || error.code == .transactionalIDAuthorizationFailed
        {
            code = error.code
        } else {
            other = error
        }
    }
}
