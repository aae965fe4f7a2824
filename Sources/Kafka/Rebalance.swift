import CRdKafka

/// Is told of changes to a consumer's assignment, on the polling thread, from inside `poll` or `close`.
///
/// The consumer may be asked for its group metadata, committed and told to commit from here; it must not be polled or
/// closed, and the batch being filled must not be touched.
public protocol RebalanceListener: AnyObject {
    /// Partitions were added to the assignment; they are read from their committed offsets. May be empty.
    func partitionsAssigned(_ partitions: [TopicPartition])
    /// Partitions are about to be taken away: the last chance to commit for them. No message of theirs follows.
    func partitionsRevoked(_ partitions: [TopicPartition])
    /// Partitions belong to another member already: nothing may be committed for them.
    func partitionsLost(_ partitions: [TopicPartition])
}

/// What rebalances served while a batch was being filled mean for the messages in it.
///
/// A message may have been fetched before such a rebalance and stand beside ones fetched after it. Of a partition
/// that went, none may be handed out: its offset could no longer be committed. Of one that went and came back, those
/// from before look like those from after, and another member may have been at work between: all of them are
/// dropped, and the partition is read again from its committed offset. A partition that only came has no messages
/// from before. (librdkafka removes some of these itself, by a barrier in its queue; that may come after the end of
/// the batch, and it never covers the one message that was waited for.)
struct PartitionChanges {
    enum Outcome {
        case gone
        case returned
    }

    private(set) var outcomes: [TopicPartition: Outcome] = [:]

    mutating func added(_ partitions: [TopicPartition]) {
        for partition in partitions where outcomes[partition] != nil {
            outcomes[partition] = .returned
        }
    }

    mutating func removed(_ partitions: [TopicPartition]) {
        for partition in partitions {
            outcomes[partition] = .gone
        }
    }

    mutating func reset() {
        guard !outcomes.isEmpty else { return }
        outcomes.removeAll(keepingCapacity: true)
    }
}

extension ClientCallbacks {
    /// Serves a rebalance: tells the listener and changes the assignment as librdkafka asks for.
    func rebalance(_ client: OpaquePointer, _ code: rd_kafka_resp_err_t, _ list: PartitionListPointer) {
        let partitions = list.pointee.topicPartitions
        hasBeenAssigned = true
        guard !isClosing else {
            rebalanceWhileClosing(client, code, list)
            return
        }
        switch code {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            reportingError { () throws(KafkaError) in try add(list, client) }
            changes.added(partitions)
            owned.formUnion(partitions)
            unchecked.formUnion(partitions)
            listener?.partitionsAssigned(partitions)
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            changes.removed(partitions)
            owned.subtract(partitions)
            unchecked.subtract(partitions)
            if rd_kafka_assignment_lost(client) != 0 {
                listener?.partitionsLost(partitions)
            } else {
                listener?.partitionsRevoked(partitions)
            }
            reportingError { () throws(KafkaError) in try remove(list, client) }
        default:
            onEvent(.error(KafkaError(code, operation: "rebalance the group")))
            changes.removed(Array(owned))
            loseAll()
            reportingError { () throws(KafkaError) in
                try KafkaError.check(rd_kafka_assign(client, nil), "give up all partitions")
            }
        }
    }

    /// While it closes, librdkafka takes any answer to a rebalance for the giving up of everything.
    ///
    /// A second answer could come just as it ends its group's queue, and would wait for ever: there is none.
    private func rebalanceWhileClosing(
        _ client: OpaquePointer, _ code: rd_kafka_resp_err_t, _ list: PartitionListPointer
    ) {
        guard !hasGivenUpAll else { return }
        hasGivenUpAll = true
        let partitions = owned.sorted()
        owned = []
        if !partitions.isEmpty {
            if rd_kafka_assignment_lost(client) != 0 {
                listener?.partitionsLost(partitions)
            } else {
                listener?.partitionsRevoked(partitions)
            }
        }
        reportingError { () throws(KafkaError) in
            if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
                try add(list, client)
            } else {
                try remove(list, client)
            }
        }
    }

    /// Tells the listener that nothing is assigned any longer.
    func loseAll() {
        guard !owned.isEmpty else { return }
        let partitions = owned.sorted()
        owned = []
        unchecked = []
        listener?.partitionsLost(partitions)
    }

    /// The eager protocol takes up and gives up everything at once, the cooperative one what has changed.
    private func isCooperative(_ client: OpaquePointer) -> Bool {
        rd_kafka_rebalance_protocol(client).map { String(cString: $0) } == "COOPERATIVE"
    }

    private func add(_ list: PartitionListPointer, _ client: OpaquePointer) throws(KafkaError) {
        let operation = "take up the assigned partitions"
        if isCooperative(client) {
            try KafkaError.check(rd_kafka_incremental_assign(client, list), operation)
        } else {
            try KafkaError.check(rd_kafka_assign(client, list), operation)
        }
    }

    private func remove(_ list: PartitionListPointer, _ client: OpaquePointer) throws(KafkaError) {
        let operation = "give up the revoked partitions"
        if isCooperative(client) {
            try KafkaError.check(rd_kafka_incremental_unassign(client, list), operation)
        } else {
            try KafkaError.check(rd_kafka_assign(client, nil), operation)
        }
    }

    /// A callback has no caller to throw to.
    private func reportingError(_ body: () throws(KafkaError) -> Void) {
        do throws(KafkaError) {
            try body()
        } catch {
            onEvent(.error(error))
        }
    }
}
