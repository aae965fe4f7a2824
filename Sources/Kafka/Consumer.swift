import CRdKafka

/// A member of a consumer group that hands out messages in batches.
///
/// It belongs to one thread: `poll`, `seek`, `commit`, `close` and the listener's calls happen there, one after
/// another. The caller keeps the next offset of each partition itself and commits it here or in a transaction;
/// nothing is committed on its own.
public struct Consumer: ~Copyable {
    let client: ClientHandle
    let state: ConsumerState

    /// Makes a consumer; `group.id` is needed even if it reads assigned partitions only.
    ///
    /// Automatic commits are off whatever the configuration says; `partition.assignment.strategy` is
    /// `cooperative-sticky` unless set. With `reportsPartitionEnds` the ends of partitions are kept for
    /// `takePartitionEnds()`, for readers that stop there.
    public init(
        _ configuration: ClientConfiguration, reportsPartitionEnds: Bool = false,
        onEvent: @escaping (ClientEvent) -> Void
    ) throws(KafkaError) {
        var configuration = configuration
        configuration["enable.auto.commit"] = "false"
        configuration["enable.auto.offset.store"] = "false"
        configuration["enable.partition.eof"] = reportsPartitionEnds ? "true" : "false"
        configuration.setDefault("partition.assignment.strategy", "cooperative-sticky")
        client = try ClientHandle(RD_KAFKA_CONSUMER, configuration, onEvent: onEvent)
        state = ConsumerState()
    }

    deinit {
        try? client.closeConsumer(state, timeoutMilliseconds: 10_000)
    }

    /// Joins the group for topics (names, or patterns that start with `^`); the next calls of `poll` do the work.
    ///
    /// The listener is held weakly: the caller keeps it.
    public func subscribe(_ topics: [String], listener: any RebalanceListener) throws(KafkaError) {
        client.callbacks.listener = listener
        let list = PartitionList(topics: topics)
        try KafkaError.check(rd_kafka_subscribe(client.pointer, list.pointer), "subscribe to the topics")
        state.isSubscribed = true
        state.topics = topics
    }

    /// Reads partitions from given offsets without joining the group, in place of any before; logical ones will do.
    public func assign(_ offsets: [PartitionOffset]) throws(KafkaError) {
        let list = PartitionList(offsets)
        try KafkaError.check(rd_kafka_assign(client.pointer, list.pointer), "assign the partitions")
    }

    /// Clears the batch, waits for a message up to the time-out, and fills the batch with what has arrived.
    ///
    /// Serves rebalances and events. The batch stays empty where nothing came in time. Messages of partitions that
    /// went while it was being filled are not in it. Errors that pass by themselves become events. Where the offsets
    /// of assigned partitions cannot be had, it leaves the group and joins it again after a while.
    ///
    /// - Throws: the fatal error that has killed the client, at this and every further call; or `state` after `close`.
    public func poll(into batch: inout MessageBatch, timeoutMilliseconds: Int32) throws(KafkaError) {
        batch.clear()
        try requireUsable("poll")
        rejoin()
        rewindReturnedPartitions(timeoutMilliseconds: min(timeoutMilliseconds, 1000))
        if let first = rd_kafka_consumer_poll(client.pointer, timeoutMilliseconds) {
            // Rebalances in the wait came before the message; those from here on may make it stale.
            applyChanges(to: &batch)
            batch.fill(first: first, from: client)
            removeErrors(from: &batch)
            noteMessages(of: batch)
        }
        applyChanges(to: &batch)
        checkStarts(of: &batch)
        if client.isDead {
            batch.clear()
            try requireUsable("poll")
        }
    }

    /// Goes to other offsets of assigned partitions, for what `poll` hands out next; logical ones will do.
    ///
    /// - Throws: `state` or `previousInProgress`, retriable, for a partition whose reading has not begun or is being
    ///   stopped: poll and try again. Each partition is tried; the first error is thrown.
    public func seek(_ offsets: [PartitionOffset], timeoutMilliseconds: Int32) throws(KafkaError) {
        guard !offsets.isEmpty else { return }
        try requireUsable("seek")
        let list = PartitionList(offsets)
        // Before 2.1.0 librdkafka takes its milliseconds for microseconds there.
        let unit = rd_kafka_version() < 0x0201_0000 && timeoutMilliseconds > 0 ? 1000 : 1
        let timeout = Int(timeoutMilliseconds) * unit
        try KafkaError.check(rd_kafka_seek_partitions(client.pointer, list.pointer, Int32(clamping: timeout)), "seek")
        var failure: KafkaError?
        for element in list.pointer.pointee.elements {
            if element.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                state.awaitingRewind.remove(element.topicPartition)
            } else if failure == nil {
                let plain = KafkaError(element.err, operation: "seek in \(element.topicPartition)")
                failure = KafkaError(
                    code: plain.code, operation: plain.operation, reason: plain.reason,
                    isRetriable: plain.isRetriable || plain.code == .state)
            }
        }
        if let failure {
            throw failure
        }
    }

    /// The error that has killed the client, if one has: end the process with a failure.
    public func causeOfDeath() -> KafkaError? {
        client.causeOfDeath()
    }
}

/// What a consumer knows beside its client.
final class ConsumerState {
    var isSubscribed = false
    var topics: [String] = []
    var isClosed = false
    var rejoining = Rejoining()
    /// Partitions to be read again from their committed offsets; nothing of theirs is handed out before.
    var awaitingRewind: Set<TopicPartition> = []
    var partitionEnds: [PartitionOffset] = []
    /// What was said of a partition in place of its messages, since the last of these.
    var refusals: [TopicPartition: KafkaError] = [:]
}

extension Consumer {
    private func requireUsable(_ operation: String) throws(KafkaError) {
        if client.isDead, let fatal = client.causeOfDeath() {
            throw fatal
        }
        guard !state.isClosed else {
            throw KafkaError(code: .state, operation: operation, reason: "the consumer is closed")
        }
    }

    /// Turns what is no message into events; a fatal one ends all.
    private func removeErrors(from batch: inout MessageBatch) {
        batch.removeAll { message in
            let code = message.pointer.pointee.err
            guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return false }
            if code == RD_KAFKA_RESP_ERR__PARTITION_EOF {
                state.partitionEnds.append(PartitionOffset(message.topicPartition, offset: message.offset))
                return true
            }
            let reason = rd_kafka_message_errstr(message.pointer).map { String(cString: $0) }
            let error = KafkaError(code, operation: "consume", reason: reason)
            state.rejoining.note(reason: reason)
            // One of the whole group names no topic.
            if message.pointer.pointee.rkt != nil { state.refusals[message.topicPartition] = error }
            client.callbacks.onEvent(.error(client.resolve(error)))
            return true
        }
    }

    /// Drops what rebalances since the last call have made stale, see `PartitionChanges`.
    private func applyChanges(to batch: inout MessageBatch) {
        let changes = client.callbacks.changes.outcomes
        guard !changes.isEmpty || !state.awaitingRewind.isEmpty else { return }
        client.callbacks.changes.reset()
        for (partition, outcome) in changes where outcome == .gone {
            state.awaitingRewind.remove(partition)
            state.refusals[partition] = nil
        }
        batch.removeAll { message in
            let partition = message.topicPartition
            if changes[partition] == .returned {
                state.awaitingRewind.insert(partition)
            }
            return changes[partition] != nil || state.awaitingRewind.contains(partition)
        }
    }

    /// Seeks partitions that went and came back within one call to their committed offsets.
    ///
    /// Until that has succeeded they stay noted, and their messages are dropped. (To give them up and take them again
    /// would spare the waiting, but librdkafka takes such calls for the answer to a rebalance that waits in the queue.)
    private func rewindReturnedPartitions(timeoutMilliseconds: Int32) {
        guard !state.awaitingRewind.isEmpty else { return }
        do throws(KafkaError) {
            let timeout = max(100, timeoutMilliseconds)
            let committed = try committed(Array(state.awaitingRewind), timeoutMilliseconds: timeout)
            try seek(committed, timeoutMilliseconds: timeout)
        } catch {
            client.callbacks.onEvent(.error(error))
        }
    }

    /// What a message says is that its partition can be read, and that the group is joined.
    private func noteMessages(of batch: borrowing MessageBatch) {
        guard !batch.isEmpty else { return }
        state.rejoining.noteMessage()
        guard !state.refusals.isEmpty else { return }
        for index in 0..<batch.count { state.refusals[batch[index].topicPartition] = nil }
    }

    /// The partitions of which an error came in place of messages, such as a lack of rights, and no message since.
    ///
    /// librdkafka goes on trying, and says neither that the error lasts nor that it is over.
    public var refusals: [TopicPartition: KafkaError] { state.refusals }

    /// The partitions whose end was reached since the last call, each with the offset after its last record; of a
    /// consumer with `reportsPartitionEnds`.
    public func takePartitionEnds() -> [PartitionOffset] {
        defer { state.partitionEnds.removeAll(keepingCapacity: true) }
        return state.partitionEnds
    }
}
