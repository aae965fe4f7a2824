import CRdKafka

/// A topic as the brokers describe it.
public struct TopicDescription: Sendable, Equatable {
    /// The topic's name.
    public let name: String
    /// The number of partitions.
    public let partitions: Int
    /// The smallest number of replicas of a partition.
    public let replicationFactor: Int
    /// The number of partitions without a leader: they can neither be read nor written at the moment.
    public let leaderlessPartitions: Int

    /// Describes a topic.
    public init(name: String, partitions: Int, replicationFactor: Int, leaderlessPartitions: Int = 0) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.leaderlessPartitions = leaderlessPartitions
    }
}

extension TopicDescription {
    /// Of metadata that have no error.
    init(_ topic: rd_kafka_metadata_topic_t) {
        let partitions = UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt))
        self.init(
            name: String(cString: topic.topic), partitions: partitions.count,
            replicationFactor: partitions.map { Int($0.replica_cnt) }.min() ?? 0,
            leaderlessPartitions: partitions.count { $0.leader < 0 })
    }
}

/// A topic to be created.
public struct NewTopic: Sendable, Equatable {
    /// The topic's name.
    public var name: String
    /// The number of partitions; -1 for the brokers' default.
    public var partitions: Int
    /// The number of replicas of each partition; -1 for the brokers' default.
    public var replicationFactor: Int
    /// The topic's properties, by the broker's names, such as `cleanup.policy`.
    public var configuration: [String: String]

    /// Describes a topic to be created.
    public init(name: String, partitions: Int, replicationFactor: Int, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }
}

/// What became of a request for one topic.
public struct TopicResult: Sendable {
    /// The topic's name.
    public let name: String
    /// Why it failed; nil where it was done.
    public let error: KafkaError?

    /// Says what became of a request.
    public init(name: String, error: KafkaError?) {
        self.name = name
        self.error = error
    }
}

/// What a partition holds.
public struct PartitionRange: Sendable, Equatable {
    /// The partition's number.
    public let partition: Int32
    /// The offset of the oldest record kept.
    public let low: Int64
    /// The offset after the newest record.
    public let high: Int64

    /// Says what a partition holds.
    public init(partition: Int32, low: Int64, high: Int64) {
        self.partition = partition
        self.low = low
        self.high = high
    }
}
