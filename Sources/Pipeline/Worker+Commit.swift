public import Kafka
import Operations

/// Committing and giving up.
extension Worker {
    /// The longest single wait for a broker; the lifecycle tries again after it.
    static let callMilliseconds: Int32 = 5000

    func commit() -> WorkerLifecycle.Action {
        if mustAbort { return lifecycle.commitFailed(.abortable, now: now) }
        do throws(KafkaError) {
            try commit(timeoutMilliseconds: Worker.callMilliseconds)
        } catch {
            noteRefusedSize()
            report(error)
            return lifecycle.commitFailed(error.failure, now: now)
        }
        noteCommit()
        return lifecycle.committed(now: now)
    }

    private func commit(timeoutMilliseconds: Int32) throws(KafkaError) {
        switch settings.delivery {
        case .exactlyOnce:
            if !offsetsAreSent {
                let group = try consumer.groupMetadata()
                try producer.sendOffsets(offsets.next, group: group, timeoutMilliseconds: timeoutMilliseconds)
                offsetsAreSent = true
            }
            try commitTransaction(timeoutMilliseconds: timeoutMilliseconds)
        case .atLeastOnce:
            try producer.flush(timeoutMilliseconds: timeoutMilliseconds)
            if let failure = noteRefusedSize() {
                throw KafkaError(
                    code: failure.code, operation: failure.operation, reason: failure.reason, requiresAbort: true)
            }
            try consumer.commit(offsets.next)
        }
    }

    /// A commit that timed out may have succeeded: until that is known, nothing but the same call is allowed. Whoever
    /// owns a partition next waits for it too, since offsets of an open transaction are not handed out.
    private func commitTransaction(timeoutMilliseconds: Int32) throws(KafkaError) {
        do throws(KafkaError) {
            try producer.commitTransaction(timeoutMilliseconds: timeoutMilliseconds)
        } catch {
            commitIsInDoubt = error.isRetriable
            throw error
        }
        commitIsInDoubt = false
        transactionIsOpen = false
    }

    func abort() -> WorkerLifecycle.Action {
        do throws(KafkaError) {
            try giveUp()
        } catch {
            report(error)
            return lifecycle.abortFailed(error.failure, now: now)
        }
        rewind()
        return lifecycle.aborted(now: now)
    }

    /// Forgets what was taken in since the last commit, and aborts the transaction.
    ///
    /// The first part cannot fail: from here on nothing of it can be committed, whatever becomes of the second.
    private func giveUp() throws(KafkaError) {
        mustAbort = true
        for beginning in offsets.beginnings {
            pendingRewind[beginning.partition] = min(pendingRewind[beginning.partition] ?? .max, beginning.offset)
        }
        lagWatch.wentBack(to: offsets.beginnings)
        offsets.rewound()
        uncount()
        if settings.delivery == .atLeastOnce {
            producer.purge()
        } else if transactionIsOpen {
            try producer.abortTransaction(timeoutMilliseconds: Worker.callMilliseconds)
            transactionIsOpen = false
        }
        mustAbort = false
        noteRefusedSize()
        sayGivenUp(pendingRewind.keys.sorted())
    }

    /// Forgets what was taken in since the last commit, whose clients are gone.
    func forgetOpen() {
        let partitions = offsets.beginnings.map(\.partition).sorted()
        uncount()
        sayGivenUp(partitions)
    }

    private func uncount() {
        crew.restore(committedCounters)
        openTimes.removeAll(keepingCapacity: true)
        progress.update { $0.aborted += 1 }
    }

    private func sayGivenUp(_ partitions: [Int32]) {
        log.write(.transactionAborted, [.partitions: Worker.list(partitions)])
    }

    /// Goes back to where the transaction that was given up began, in the partitions that are still owned.
    func rewind() {
        let owned = Set(consumer.assignment.map(\.partition))
        pendingRewind = pendingRewind.filter { owned.contains($0.key) }
        let targets = pendingRewind.map { PartitionOffset(topic: settings.events, partition: $0.key, offset: $0.value) }
        do throws(KafkaError) {
            try consumer.seek(targets, timeoutMilliseconds: Worker.callMilliseconds)
            pendingRewind.removeAll()
        } catch {
            // Tried again after the next poll, whose messages are dropped.
            report(error)
        }
    }

    /// Smaller messages than this are not at fault where a broker refuses a size, but the batch that they came in: the
    /// topic takes smaller batches than are sent, which is a fault of the surroundings, and makes no dead letters.
    private static let refusablePayloadBytes = 65_536

    /// Learns from refused deliveries which sizes the broker does not take.
    @discardableResult
    private func noteRefusedSize() -> KafkaError? {
        let failures = producer.takeDeliveryFailures()
        if let size = failures.largestRefusedPayloadBytes,
            size >= Worker.refusablePayloadBytes, size <= payloadBytesMax
        {
            payloadBytesMax = size - 1
            log.write(.sizeRefused, [.bytes: .number(size)])
        }
        return failures.firstError
    }
}

/// Rebalances.
extension Worker: RebalanceListener {
    /// Partitions came.
    public func partitionsAssigned(_ partitions: [TopicPartition]) {
        offsets.forget(partitions)
        lagWatch.forget(Set(partitions.map(\.partition)))
        partitionsToCheck += partitions
        lagWatch.isDue = true
        let time = now
        progress.update {
            ($0.obstacle, $0.answeredAt) = (nil, time)
            $0.rebalances += 1
        }
        log.write(.partitionsAssigned, [.partitions: Worker.list(partitions.map(\.partition))])
    }

    /// Partitions go: what is open is committed first, or given up.
    public func partitionsRevoked(_ partitions: [TopicPartition]) {
        if lifecycle.mustCommitBeforeRevoke() {
            do throws(KafkaError) {
                try commit(timeoutMilliseconds: revokeMilliseconds)
                noteCommit()
                lifecycle.settledInRebalance()
            } catch {
                report(error)
                if !commitIsInDoubt { settleByGivingUp() }
            }
        }
        forget(partitions, .partitionsRevoked)
    }

    /// Partitions are somebody else's already: nothing may be committed for them.
    public func partitionsLost(_ partitions: [TopicPartition]) {
        if lifecycle.mustCommitBeforeRevoke(), !commitIsInDoubt { settleByGivingUp() }
        forget(partitions, .partitionsLost)
    }

    private func settleByGivingUp() {
        do throws(KafkaError) {
            try giveUp()
            lifecycle.settledInRebalance()
        } catch {
            // `mustAbort` is set: the lifecycle aborts it before anything else is taken in.
            report(error)
        }
    }

    private func forget(_ partitions: [TopicPartition], _ event: LogEvent) {
        offsets.forget(partitions)
        for partition in partitions { pendingRewind[partition.partition] = nil }
        partitionsToCheck.removeAll { partitions.contains($0) }
        let gone = Set(partitions.map(\.partition))
        lagWatch.forget(gone)
        _ = consumer.takePartitionEnds()
        let hasOthers = consumer.assignment.contains { !gone.contains($0.partition) }
        progress.update { state in
            for partition in gone { state.lag[partition] = nil }
            state.rebalances += 1
            if !hasOthers { state.obstacle = "joining the group" }
        }
        log.write(event, [.partitions: Worker.list(partitions.map(\.partition))])
    }

    private static func list(_ partitions: [Int32]) -> LogValue {
        .text(partitions.map(String.init).joined(separator: ","))
    }

    /// A fifth of `max.poll.interval.ms`: with two calls that take so long, the group has not given the worker up.
    private var revokeMilliseconds: Int32 {
        Int32(clamping: (settings.kafka["max.poll.interval.ms"].flatMap { Int($0) } ?? 300_000) / 5)
    }

    /// Says loudly where events were deleted before this group had read them.
    func checkRetention() {
        let partitions = partitionsToCheck
        partitionsToCheck.removeAll()
        guard let committed = try? consumer.committed(partitions, timeoutMilliseconds: 1000) else { return }
        for position in committed where position.offset >= 0 {
            guard let range = try? consumer.watermarks(position.topicPartition, timeoutMilliseconds: 1000),
                position.offset < range.low
            else { continue }
            log.write(
                .eventsLostToRetention,
                [
                    .topic: .text(position.topic), .partition: .number(Int(position.partition)),
                    .from: .number(Int(position.offset)), .to: .number(Int(range.low - 1)),
                ])
        }
    }
}
