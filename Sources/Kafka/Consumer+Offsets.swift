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
    ///
    /// - Throws: `timedOut`, retriable, where no answer came in time; the commit may be done all the same.
    public func commit(
        _ offsets: [PartitionOffset], timeoutMilliseconds: Int32 = 30_000
    ) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        let operation = "commit offsets"
        let list = PartitionList(offsets)
        // By a queue of its own, since librdkafka's synchronous call has no time-out.
        let queue = rd_kafka_queue_new(client.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        try KafkaError.check(rd_kafka_commit_queue(client.pointer, list.pointer, queue, nil, nil), operation)
        guard let pointer = rd_kafka_queue_poll(queue, timeoutMilliseconds) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: operation)
        }
        let event = OwnedEvent(pointer: pointer)
        let code = rd_kafka_event_error(event.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw client.resolve(KafkaError(code, operation: operation))
        }
        guard let answered = rd_kafka_event_topic_partition_list(event.pointer) else { return }
        for element in answered.pointee.elements {
            try KafkaError.check(element.err, "commit the offset of \(element.topicPartition)")
        }
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

    /// Asks the broker for the offsets of the oldest record kept and after the newest one that may be read, which with
    /// `isolation.level` `read_committed`, the default, stands before any transaction that is still open.
    public func watermarks(
        _ partition: TopicPartition, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try client.watermarks([partition], timeoutMilliseconds: timeoutMilliseconds).first ?? (0, 0)
    }

    /// The same of many partitions, in the order given.
    public func watermarks(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [(low: Int64, high: Int64)] {
        try client.watermarks(partitions, timeoutMilliseconds: timeoutMilliseconds)
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
    /// The watermarks of partitions, in the order given.
    ///
    /// By the call that looks up offsets for times: it takes the two logical offsets of the protocol for times, as many
    /// partitions as there are, and heeds its time-out, which librdkafka's call for watermarks does not.
    func watermarks(
        _ partitions: [TopicPartition], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [(low: Int64, high: Int64)] {
        guard !partitions.isEmpty else { return [] }
        let lows = try offsets(partitions, PartitionOffset.beginning, timeoutMilliseconds)
        let highs = try offsets(partitions, PartitionOffset.end, timeoutMilliseconds)
        return zip(lows, highs).map { (low: min($0, $1), high: $1) }
    }

    /// The first offset with such a time or a later one of each partition, `PartitionOffset.end` where there is none;
    /// for a logical offset in place of the time what that stands for.
    func offsets(
        _ partitions: [TopicPartition], _ time: Int64, _ timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [Int64] {
        let list = PartitionList(partitions.map { PartitionOffset($0, offset: time) })
        try KafkaError.check(
            rd_kafka_offsets_for_times(pointer, list.pointer, timeoutMilliseconds), "get the watermarks")
        try list.check("get the watermarks")
        return list.pointer.pointee.elements.map(\.offset)
    }
}
