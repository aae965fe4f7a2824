import Kafka
import Operations
import Pipeline
import Primitives

extension PartitionOffset {
    /// As a person reads it.
    var words: String { "\(topic), partition \(partition), offset \(offset)" }
}

/// Reads the message at one place of a topic, as a `read_committed` reader sees it, and commits nothing.
struct MessageLookup {
    let place: PartitionOffset
    private let client: ClientConfiguration
    /// What each of the three questions to the cluster may take: topics, offsets, the message.
    private let timeoutMilliseconds: Int32

    /// - Parameters:
    ///   - settings: the cluster.
    ///   - department: whose group stands for the rights; it is not joined.
    init(
        _ place: PartitionOffset, _ settings: WorkerSettings, department: String, timeoutMilliseconds: Int32 = 10_000
    ) {
        self.place = place
        self.timeoutMilliseconds = timeoutMilliseconds
        var client = ClientConfiguration(settings.kafka)
        client.setDefault("group.id", "city-attribution.\(department)")
        client.setDefault("client.id", "city-attribution")
        client["isolation.level"] = "read_committed"
        client["auto.offset.reset"] = "error"
        // Those of a worker that runs belong to it.
        client["group.instance.id"] = nil
        client["transactional.id"] = nil
        self.client = client
    }

    /// Calls `body` with the message, which is valid until it returns.
    func withMessage(_ body: (Message) -> Void) throws(CommandFailure) {
        let failure: CommandFailure?
        do throws(KafkaError) {
            failure = try find(body)
        } catch {
            throw CommandFailure(error, brokers: client["bootstrap.servers"], seconds: Int(timeoutMilliseconds / 1000))
        }
        if let failure { throw failure }
    }

    private func find(_ body: (Message) -> Void) throws(KafkaError) -> CommandFailure? {
        if let failure = try lookAtTopic() { return failure }
        let errors = LastError()
        let consumer = try Consumer(client, reportsPartitionEnds: true) { errors.note($0) }
        if let failure = try lookAtOffset(consumer) { return failure }
        try consumer.assign([place])
        var batch = MessageBatch(capacity: 1)
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while ContinuousClock.now < deadline {
            try consumer.poll(into: &batch, timeoutMilliseconds: 100)
            if !batch.isEmpty, batch[0].offset == place.offset {
                body(batch[0])
                return nil
            }
            // What is not there may have gone since the offsets were looked at.
            let isPassedOver = !batch.isEmpty || !consumer.takePartitionEnds().isEmpty
            if isPassedOver || errors.last?.code == .autoOffsetReset {
                return try lookAtOffset(consumer) ?? missing(next: batch.isEmpty ? nil : batch[0].offset)
            }
        }
        throw errors.last ?? KafkaError(code: .timedOut, operation: "read the message", reason: "nothing came")
    }

    /// What is wrong with topic and partition.
    private func lookAtTopic() throws(KafkaError) -> CommandFailure? {
        let admin = try Admin(client) { _ in }
        let topics = try admin.topics(timeoutMilliseconds: timeoutMilliseconds)
        guard let topic = topics.first(where: { $0.name == place.topic }) else {
            let near = NearestName.of(place.topic, in: topics.map(\.name)).map { "; did you mean \($0)?" } ?? ""
            return CommandFailure("\(place.topic): there is no such topic, or no right to see it\(near)")
        }
        guard place.partition < topic.partitions else {
            return CommandFailure(
                "\(place.topic): there is no partition \(place.partition); the topic's partitions are 0 to "
                    + "\(topic.partitions - 1)")
        }
        return nil
    }

    /// What is wrong with the offset, by the oldest one that is kept and the end.
    private func lookAtOffset(_ consumer: borrowing Consumer) throws(KafkaError) -> CommandFailure? {
        let (low, high) = try consumer.watermarks(place.topicPartition, timeoutMilliseconds: timeoutMilliseconds)
        return outside(low: low, high: high)
    }

    /// Why the offset is none of a partition that holds offsets from `low` to before `high`; nil where it is one.
    func outside(low: Int64, high: Int64) -> CommandFailure? {
        if place.offset < low {
            let oldest = low < high ? "the oldest offset is \(low)" : "the partition is empty, and goes on at \(low)"
            return CommandFailure("\(place.words): the message is gone, retention has removed it; \(oldest)")
        }
        guard place.offset >= high else { return nil }
        let newest =
            low < high ? "the newest offset is \(high - 1)" : "the partition is empty, and goes on at \(high)"
        return CommandFailure(
            "\(place.words): there is no such message yet; \(newest), transactions that are still open left out")
    }

    /// Why there is no message at an offset between the oldest and the newest.
    func missing(next: Int64?) -> CommandFailure {
        let next = next.map { "the next message is at offset \($0)" } ?? "there is none behind it either"
        return CommandFailure(
            "\(place.words): there is no message at this offset: it was compacted away, or the offset belongs to a "
                + "transaction, as its end or aborted with it; \(next)")
    }
}
