import CRdKafka

/// Offsets and membership.
extension Consumer {
    /// The member's identity in its group, for `Producer.sendOffsets`; take it anew for each transaction.
    public func groupMetadata() throws(KafkaError) -> ConsumerGroupMetadata {
        guard let pointer = rd_kafka_consumer_group_metadata(client.pointer) else {
            throw KafkaError(
                code: .state, operation: "get the group metadata", reason: "the consumer is in no group or closed")
        }
        return ConsumerGroupMetadata(taking: pointer)
    }

    /// Commits offsets of next records and waits for the answer: at-least-once delivery.
    public func commit(_ offsets: [PartitionOffset]) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let list = PartitionList(offsets)
        do throws(KafkaError) {
            try KafkaError.check(rd_kafka_commit(client.pointer, list.pointer, 0), "commit offsets")
        } catch {
            throw client.resolve(error)
        }
        try list.check("commit the offset")
    }

    /// The committed offsets of partitions, one each, `PartitionOffset.unset` where nothing was committed.
    ///
    /// To seek to the result is to go back to where the group stands. A group that starts at the end of its topics
    /// (`auto.offset.reset` `latest`) must commit its first offsets before it can go back to them.
    public func committed(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [PartitionOffset] {
        guard !partitions.isEmpty else { return [] }
        let list = PartitionList(partitions)
        try KafkaError.check(
            rd_kafka_committed(client.pointer, list.pointer, timeoutMilliseconds), "get the committed offsets")
        try list.check("get the committed offset")
        return list.pointer.pointee.partitionOffsets
    }

    /// Asks the broker for the offsets of the oldest record kept and after the newest one.
    public func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try client.watermarks(partition, timeoutMilliseconds: timeoutMilliseconds)
    }

    /// The watermarks as the last fetch of this partition brought them, without asking; nil before the first.
    ///
    /// The low one is 0 where it is not known.
    public func cachedWatermarks(_ partition: TopicPartition) -> (low: Int64, high: Int64)? {
        var low: Int64 = 0
        var high: Int64 = 0
        let code = rd_kafka_get_watermark_offsets(
            client.pointer, partition.topic, partition.partition, &low, &high)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, high >= 0 else { return nil }
        return (max(0, low), high)
    }

    /// The partitions that are assigned now.
    public var assignment: [TopicPartition] {
        var pointer: PartitionListPointer?
        guard rd_kafka_assignment(client.pointer, &pointer) == RD_KAFKA_RESP_ERR_NO_ERROR, let pointer else {
            return []
        }
        let list = PartitionList(taking: pointer)
        return list.pointer.pointee.topicPartitions
    }

    /// The member id that the group's coordinator has given; nil before.
    public var memberID: String? {
        guard let pointer = rd_kafka_memberid(client.pointer) else { return nil }
        defer { rd_kafka_mem_free(client.pointer, pointer) }
        let text = String(cString: pointer)
        return text.isEmpty ? nil : text
    }
}

extension ClientHandle {
    func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        try KafkaError.check(
            rd_kafka_query_watermark_offsets(
                pointer, partition.topic, partition.partition, &low, &high, timeoutMilliseconds),
            "get the watermarks of \(partition)")
        return (low, high)
    }
}
