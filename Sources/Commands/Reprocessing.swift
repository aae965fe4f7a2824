import Intake
import Kafka
import Pipeline
import Primitives

/// Decides old events anew and sets what comes of them against the records that are there.
struct Reprocessing {
    let cluster: DepartmentCluster
    let engine: Engine
    let start: ReprocessStart
    /// Where publishing goes on and notes how far it came; nil where only a report is made.
    let group: String?

    /// Events between two commits where there is nothing to publish.
    private static let eventsBetweenCommits = 20_000

    private var events: String { cluster.settings.events }

    /// Reads the events up to the end that they have now, and publishes where there is a group.
    ///
    /// The end is fixed before the records are read: what workers publish of events up to it is among them, or says the
    /// same.
    func carryOut(_ tally: inout ReprocessTally, _ progress: inout ProgressLine) throws(CommandFailure) {
        var starts = try start.offsets(cluster)
        var sender: TransactionalSender?
        if let group {
            let client = cluster.settings.transactionalWriter(
                "city-attribution.\(cluster.department).reprocess.\(group)")
            sender = try cluster.asking { () throws(KafkaError) in
                try TransactionalSender(client, topic: cluster.settings.attributions)
            }
            // Asked for with the sender there: what an earlier run left open is decided then.
            for (partition, offset) in try committed(group) where starts[partition] != nil {
                starts[partition] = offset
            }
        }
        var scan = try cluster.scan(events) { starts[$0] }
        var pass = ReprocessPass(engine, topic: events, present: try presentRecords(&progress))
        do throws(CommandFailure) {
            try decide(&scan, &pass, &sender, &tally, &progress)
        } catch {
            sender?.abort()
            throw error
        }
    }

    private func decide(
        _ scan: inout TopicScan, _ pass: inout ReprocessPass, _ sender: inout TransactionalSender?,
        _ tally: inout ReprocessTally, _ progress: inout ProgressLine
    ) throws(CommandFailure) {
        let headers = RecordHeader.list(readAgain: .reprocess)
        var batch = MessageBatch(capacity: 1000)
        var reached: [Int32: Int64] = [:]
        var uncommitted = 0
        while try cluster.next(&scan, &batch) {
            for index in 0..<batch.count {
                let message = batch[index]
                if pass.decide(message), sender != nil {
                    do throws(KafkaError) { try publish(pass, message, headers, &sender) } catch {
                        throw failure(error)
                    }
                }
                reached[message.partition] = message.offset + 1
                uncommitted += 1
                if sender?.isFull == true {
                    try commit(&sender, reached)
                    (tally, uncommitted) = (pass.tally, 0)
                }
            }
            if uncommitted >= Reprocessing.eventsBetweenCommits {
                try commit(&sender, reached)
                uncommitted = 0
            }
            if uncommitted == 0 || sender == nil { tally = pass.tally }
            progress.show { width in
                let share = TopicScan.share(reached, of: scan.ranges)
                return ProgressLine.bar(Int(share * 100), of: 100, "% of the events", width: width)
            }
        }
        // Behind the last events there may be ends of transactions.
        for (partition, range) in scan.ranges { reached[partition] = range.upperBound }
        try commit(&sender, reached)
        tally = pass.summedUp()
    }

    private func publish(
        _ pass: ReprocessPass, _ message: Message, _ plain: borrowing HeaderList, _ sender: inout TransactionalSender?
    ) throws(KafkaError) {
        let event = SourceMessage(message)
        let (key, record) = (pass.processor.key, pass.processor.record.bytes)
        if event.headers.traceparent == nil {
            try sender?.send(
                key: key, payload: record, headers: plain, timestampMilliseconds: message.timestampMilliseconds)
        } else {
            let headers = RecordHeader.list(of: event, readAgain: .reprocess)
            try sender?.send(
                key: key, payload: record, headers: headers, timestampMilliseconds: message.timestampMilliseconds)
        }
    }

    private func commit(
        _ sender: inout TransactionalSender?, _ reached: [Int32: Int64]
    ) throws(CommandFailure) {
        guard let group, sender != nil else { return }
        let next = reached.sorted { $0.key < $1.key }.map {
            PartitionOffset(topic: events, partition: $0.key, offset: $0.value)
        }
        do throws(KafkaError) {
            try sender?.commit { producer throws(KafkaError) in
                try producer.sendOffsets(
                    next, group: ConsumerGroupMetadata(group: group), timeoutMilliseconds: 30_000)
            }
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: KafkaError) -> CommandFailure {
        error.isFatal
            ? CommandFailure("another one with --group \(group ?? "") has taken over, or the client is dead: \(error)")
            : cluster.failure(error)
    }

    private func committed(_ group: String) throws(CommandFailure) -> [Int32: Int64] {
        let offsets = try cluster.asking { () throws(KafkaError) in
            try Admin(cluster.reader) { _ in }
                .committedOffsets(group: group, topics: [events], timeoutMilliseconds: 10_000)
        }
        return Dictionary(offsets.map { ($0.partition, $0.offset) }, uniquingKeysWith: { $1 })
    }

    private func presentRecords(_ progress: inout ProgressLine) throws(CommandFailure) -> PresentRecords {
        let present = PresentRecords(department: cluster.department, topic: events)
        var scan = try cluster.scan(cluster.settings.attributions) { _ in 0 }
        var batch = MessageBatch(capacity: 2000)
        var reached: [Int32: Int64] = [:]
        while try cluster.next(&scan, &batch) {
            for index in 0..<batch.count {
                present.take(batch[index])
                reached[batch[index].partition] = batch[index].offset + 1
            }
            progress.show { width in
                let share = TopicScan.share(reached, of: scan.ranges)
                return ProgressLine.bar(Int(share * 100), of: 100, "% of the records", width: width)
            }
        }
        return present
    }
}
