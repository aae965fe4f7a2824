import CRdKafka

#if canImport(Glibc)
    import Glibc
#endif

/// Offsets and consumer groups.
extension Admin {
    /// What each partition of a topic holds, by partition.
    public func offsets(_ topic: String, timeoutMilliseconds: Int32) throws(KafkaError) -> [PartitionRange] {
        guard let description = try self.topic(topic, timeoutMilliseconds: timeoutMilliseconds) else {
            throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, operation: "get the offsets of \(topic)")
        }
        let partitions = (0..<Int32(clamping: description.partitions)).map {
            TopicPartition(topic: topic, partition: $0)
        }
        let watermarks = try client.watermarks(partitions, timeoutMilliseconds: timeoutMilliseconds)
        return zip(partitions, watermarks).map {
            PartitionRange(partition: $0.partition, low: $1.low, high: $1.high)
        }
    }

    /// The first offset of each partition of a topic whose record has such a time, in milliseconds since 1970, or a
    /// later one; partitions without such a record left out.
    public func offsets(
        _ topic: String, from milliseconds: Int64, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [Int32: Int64] {
        let ranges = try offsets(topic, timeoutMilliseconds: timeoutMilliseconds)
        let partitions = ranges.map { TopicPartition(topic: topic, partition: $0.partition) }
        let found = try client.offsets(partitions, max(0, milliseconds), timeoutMilliseconds)
        return Dictionary(
            zip(ranges.map(\.partition), found).filter { $0.1 >= 0 }, uniquingKeysWith: { $1 })
    }

    /// The offsets that a group has committed for topics, partitions without one left out, in order.
    public func committedOffsets(
        group: String, topics: [String], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [PartitionOffset] {
        let partitions = try self.topics(timeoutMilliseconds: timeoutMilliseconds)
            .filter { topics.contains($0.name) }
            .flatMap { topic in
                (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic: topic.name, partition: $0) }
            }
        // A client that names the group and never joins it. librdkafka 2.0 has an administrative request for this, but
        // one that times out may end the process with an assertion when its coordinator turns up later.
        var configuration = configuration
        configuration["group.id"] = group
        let reader = try Consumer(configuration, onEvent: client.callbacks.onEvent)
        return try Admin.whileItPasses(timeoutMilliseconds) { () throws(KafkaError) in
            try reader.committed(partitions, timeoutMilliseconds: timeoutMilliseconds)
                .filter { $0.offset >= 0 }
                .sorted { $0.topicPartition < $1.topicPartition }
        }
    }

    /// Asks again, within a time, where an error passes by itself: the first who asks a fresh broker for a group makes
    /// it look for the group's coordinator.
    private static func whileItPasses<Result>(
        _ milliseconds: Int32, _ ask: () throws(KafkaError) -> Result
    ) throws(KafkaError) -> Result {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        while true {
            do throws(KafkaError) {
                return try ask()
            } catch {
                guard error.isRetriable, error.code != .timedOut, ContinuousClock.now < deadline else { throw error }
            }
            usleep(100_000)
        }
    }

    /// How many records of each partition of a topic a group has still to read; never negative.
    ///
    /// Counts offsets, so transaction markers and records that compaction has removed count too. Where the group has
    /// committed nothing, or what it committed is no longer kept, all that is kept counts.
    public func lag(
        group: String, topic: String, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [Int32: Int64] {
        // The committed offsets first: an end read after them is never behind them.
        let committed = try committedOffsets(group: group, topics: [topic], timeoutMilliseconds: timeoutMilliseconds)
        let next = Dictionary(committed.map { ($0.partition, $0.offset) }, uniquingKeysWith: { $1 })
        let ranges = try offsets(topic, timeoutMilliseconds: timeoutMilliseconds)
        return Dictionary(
            ranges.map { ($0.partition, max(0, $0.high - max($0.low, next[$0.partition] ?? $0.low))) },
            uniquingKeysWith: { $1 })
    }

    /// Deletes a group without members, with its offsets.
    ///
    /// Not for the embedded cluster: librdkafka 2.0 ends the process where brokers do not know the request.
    public func deleteGroup(_ group: String, timeoutMilliseconds: Int32) throws(KafkaError) {
        var request = rd_kafka_DeleteGroup_new(group)
        defer { rd_kafka_DeleteGroup_destroy(request) }
        let operation = "delete the group \(group)"
        try Admin.whileItPasses(timeoutMilliseconds) { () throws(KafkaError) in
            let event = try call(RD_KAFKA_ADMIN_OP_DELETEGROUPS, operation, timeoutMilliseconds) { options, queue in
                rd_kafka_DeleteGroups(client.pointer, &request, 1, options, queue)
            }
            var count = 0
            let results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event.pointer), &count)
            _ = try Admin.group(results, count, operation)
        }
    }

    /// The only group of a result, or its error.
    private static func group(
        _ groups: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ operation: String
    ) throws(KafkaError) -> OpaquePointer {
        guard count == 1, let group = groups?[0] else {
            throw KafkaError(code: .inconsistent, operation: operation, reason: "the answer names \(count) groups")
        }
        if let error = rd_kafka_group_result_error(group) {
            // It belongs to the result, and is not to be destroyed.
            throw KafkaError(
                rd_kafka_error_code(error), operation: operation, reason: String(cString: rd_kafka_error_string(error)))
        }
        return group
    }
}
