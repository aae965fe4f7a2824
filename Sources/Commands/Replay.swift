import Kafka
import Operations
import Pipeline
import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// Sends dead letters to the topic that they came from, each once.
struct Replay {
    let cluster: DepartmentCluster
    let selection: DeadLetterSelection
    /// Letters of so many attempts stay.
    let attemptsMax: Int
    /// Messages a second at most; nil for no bound.
    let rate: Int?
    let isAnew: Bool

    private var deadLetters: String { cluster.settings.deadLetters }
    private var events: String { cluster.settings.events }

    /// What is to become of a letter.
    private func judge(
        _ entry: DeadLetterEntry, _ ledger: inout ReplayLedger, partitions: Int
    ) throws(CommandFailure) -> ReplayTally.Fate {
        guard entry.offset >= (try ledger.position(entry.code, entry.partition)) else { return .sentBefore }
        if let withheld = entry.withheld { return .left(withheld == "privacy" ? .privacy : .size) }
        guard let refused = entry.refused, refused.topic == events, refused.partition < partitions else {
            return .left(.elsewhere)
        }
        return entry.attempts >= attemptsMax ? .left(.quarantined) : .sent
    }

    /// Looks at what is selected and sends nothing.
    func tryOut(_ tally: inout ReplayTally) throws(CommandFailure) {
        var ledger = ReplayLedger(cluster, selection, isAnew: isAnew)
        let partitions = try partitions()
        try read { message, entry, _ throws(CommandFailure) in
            guard let entry else {
                tally.foreign += 1
                return
            }
            tally.add(entry, try judge(entry, &ledger, partitions: partitions))
        }
    }

    /// Sends what is selected; what `tally` says of when it throws is there for good.
    func send(_ tally: inout ReplayTally, _ progress: inout ProgressLine) throws(CommandFailure) {
        var ledger = ReplayLedger(cluster, selection, isAnew: isAnew)
        let partitions = try partitions()
        let client = cluster.settings.transactionalWriter("city-attribution.\(cluster.department).replay")
        // The positions are asked for with the sender there: what an earlier replay left open is decided then.
        var sender = try cluster.asking { () throws(KafkaError) in
            try TransactionalSender(client, topic: events, messagesMax: min(1000, rate ?? 1000))
        }
        do throws(CommandFailure) {
            if isAnew { try forget(&ledger, &sender) }
            try send(&ledger, &sender, partitions, &tally, &progress)
        } catch {
            sender.abort()
            throw error
        }
    }

    private func forget(_ ledger: inout ReplayLedger, _ sender: inout TransactionalSender) throws(CommandFailure) {
        ledger.forget(selection.codes, partitions: try self.partitions(of: deadLetters))
        try commit(&ledger, &sender)
    }

    private func send(
        _ ledger: inout ReplayLedger, _ sender: inout TransactionalSender, _ partitions: Int,
        _ tally: inout ReplayTally, _ progress: inout ProgressLine
    ) throws(CommandFailure) {
        let started = SystemClock.monotonicMilliseconds()
        var pending = tally
        try read { message, entry, isLast throws(CommandFailure) in
            if let entry {
                let fate = try judge(entry, &ledger, partitions: partitions)
                if fate == .sent { try send(message, entry, &sender) }
                if fate != .sentBefore { ledger.pass(entry.code, entry.partition, entry.offset) }
                pending.add(entry, fate)
            } else {
                pending.foreign += 1
            }
            // Views of a batch hold no longer than it, and a transaction is short.
            guard isLast || sender.isFull else { return }
            if ledger.hasMoved { try commit(&ledger, &sender) }
            tally = pending
            progress.show { _ in "\(tally.sent) sent" }
            if let rate { pause(until: started + Int64(tally.sent) * 1000 / Int64(rate)) }
        }
    }

    private func send(
        _ message: Message, _ entry: DeadLetterEntry, _ sender: inout TransactionalSender
    ) throws(CommandFailure) {
        guard let refused = entry.refused else { return }
        var headers = HeaderList(copying: message)
        // How often it was tried is counted on; all else about the fault is over.
        for header in DeadLetterHeader.allCases where header != .attempts { headers.removeAll(header.rawValue) }
        if entry.origin?.topicPartition != refused.topicPartition {
            headers.removeAll(ReplayHeader.origin)
            headers.add(ReplayHeader.origin, refused.description)
        }
        do throws(KafkaError) {
            // To the partition that it came from, behind which all later events of its key stand.
            try sender.send(
                key: message.key, payload: message.payload, headers: headers, partition: refused.partition,
                timestampMilliseconds: message.timestampMilliseconds)
        } catch {
            throw failure(error)
        }
    }

    private func commit(_ ledger: inout ReplayLedger, _ sender: inout TransactionalSender) throws(CommandFailure) {
        do throws(KafkaError) {
            try sender.commit { producer throws(KafkaError) in try ledger.send(to: producer) }
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: KafkaError) -> CommandFailure {
        error.isFatal
            ? CommandFailure("another replay of \(cluster.department) has taken over, or the client is dead: \(error)")
            : cluster.failure(error)
    }

    /// Reads what is selected by offset and code; nil for what is no dead letter. Of the last message of a batch it is
    /// told, that one being nil where it is not selected.
    private func read(
        _ body: (Message, DeadLetterEntry?, _ isLast: Bool) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var scan = try cluster.scan(deadLetters, from: selection.first)
        if let misfit = selection.misfit(partitions: scan.partitions, deadLetters) { throw misfit }
        var batch = MessageBatch(capacity: 1000)
        while try cluster.next(&scan, &batch) {
            batch.removeAll { !selection.includes($0.partition, $0.offset) }
            if let codes = selection.codes {
                batch.removeAll { DeadLetterEntry($0).map { !codes.contains($0.code) } ?? true }
            }
            for index in 0..<batch.count {
                try body(batch[index], DeadLetterEntry(batch[index]), index == batch.count - 1)
            }
        }
    }

    private func partitions() throws(CommandFailure) -> Int { try partitions(of: events) }

    private func partitions(of topic: String) throws(CommandFailure) -> Int {
        let found = try cluster.asking { () throws(KafkaError) in
            try Admin(cluster.reader) { _ in }.topic(topic, timeoutMilliseconds: 10_000)
        }
        guard let found else { throw DepartmentCluster.missing(topic) }
        return found.partitions
    }

    private func pause(until milliseconds: Int64) {
        let left = milliseconds - SystemClock.monotonicMilliseconds()
        if left > 0 { usleep(UInt32(clamping: left * 1000)) }
    }
}
