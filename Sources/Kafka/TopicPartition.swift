import CRdKafka

/// A partition of a topic.
public struct TopicPartition: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// The partition's number, from 0.
    public let partition: Int32

    /// Names a partition.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By topic, then by number.
    public static func < (left: TopicPartition, right: TopicPartition) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }

    /// `topic:partition`.
    public var description: String { "\(topic):\(partition)" }
}

/// A position in a partition.
///
/// As a position to commit or to go on from, the offset is that of the next record: the last one done + 1.
public struct PartitionOffset: Hashable, Sendable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// The partition's number, from 0.
    public let partition: Int32
    /// The offset, or one of the logical ones: `beginning`, `end`, `unset`.
    public let offset: Int64

    /// Names a position.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }

    /// Names a position.
    public init(_ partition: TopicPartition, offset: Int64) {
        self.init(topic: partition.topic, partition: partition.partition, offset: offset)
    }

    /// The logical offset of the oldest record kept.
    public static let beginning = Int64(RD_KAFKA_OFFSET_BEGINNING)
    /// The logical offset after the newest record.
    public static let end = Int64(RD_KAFKA_OFFSET_END)
    /// The logical offset of a partition for which nothing was committed. To seek it: as `auto.offset.reset` says.
    public static let unset = Int64(RD_KAFKA_OFFSET_INVALID)

    /// The partition.
    public var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }

    /// `topic:partition:offset`.
    public var description: String { "\(topic):\(partition):\(offset)" }
}

typealias PartitionListPointer = UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

/// Owns librdkafka's list of partitions.
struct PartitionList: ~Copyable {
    let pointer: PartitionListPointer

    init(_ partitions: [TopicPartition]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: partitions.count))
        for partition in partitions {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
        }
    }

    init(_ offsets: [PartitionOffset]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for offset in offsets {
            rd_kafka_topic_partition_list_add(pointer, offset.topic, offset.partition).pointee.offset = offset.offset
        }
    }

    /// A subscription: topics without partitions.
    init(topics: [String]) {
        self.init(topics.map { TopicPartition(topic: $0, partition: RD_KAFKA_PARTITION_UA) })
    }

    /// Takes over a list that librdkafka has made for its caller.
    init(taking pointer: PartitionListPointer) {
        self.pointer = pointer
    }

    deinit {
        rd_kafka_topic_partition_list_destroy(pointer)
    }

    /// Throws the first error that stands at a partition.
    func check(_ operation: String) throws(KafkaError) {
        for element in pointer.pointee.elements where element.err != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaError(element.err, operation: "\(operation) of \(element.topicPartition)")
        }
    }
}

extension rd_kafka_topic_partition_list_t {
    /// The list's elements, valid as long as the list is.
    var elements: UnsafeBufferPointer<rd_kafka_topic_partition_t> {
        UnsafeBufferPointer(start: elems, count: Int(cnt))
    }

    var topicPartitions: [TopicPartition] { elements.map(\.topicPartition) }
    var partitionOffsets: [PartitionOffset] {
        elements.map { PartitionOffset($0.topicPartition, offset: $0.offset) }
    }
}

extension rd_kafka_topic_partition_t {
    var topicPartition: TopicPartition {
        TopicPartition(topic: String(cString: topic), partition: partition)
    }
}
