import CRdKafka

/// A member's identity in its group at a moment; a transaction commits consumed offsets under it (KIP-447).
public struct ConsumerGroupMetadata: ~Copyable {
    let pointer: OpaquePointer

    /// The identity of whoever commits for a group that nobody joins.
    public init(group: String) {
        pointer = rd_kafka_consumer_group_metadata_new(group)
    }

    init(taking pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        rd_kafka_consumer_group_metadata_destroy(pointer)
    }
}
