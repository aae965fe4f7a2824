import Kafka
public import Operations
public import Pipeline
import Primitives
import SQLDatabase
import Store

/// Reads the topic of attribution records into a store.
///
/// Rows and offsets are one transaction of the database, and reading goes on from the offsets that it holds: whatever
/// happens in between, each record counts once. It belongs to the thread that runs it. A broker or a database that does
/// not answer is waited for; a database that another process has opened to write, or that holds another topic, ends it.
public final class AttributionIntake {
    /// How it ended.
    public enum Ending: Sendable, Equatable {
        /// As asked, with everything stored that was in hand.
        case stopped
        /// By what no waiting mends; the log says what.
        case failed
    }

    /// Why reading was broken off.
    private enum Interruption: Error {
        case again(String)
        case forGood(String)
        /// No client can be made of the properties and files: for good at the start; later, files are being renewed.
        case unusable(String)

        func settled(isStarting: Bool) -> Interruption {
            guard case .unusable(let reason) = self else { return self }
            return isStarting ? .forGood(reason) : .again(reason)
        }
    }

    private let settings: IntakeSettings
    private let log: Log
    private let stop: StopToken
    private let progress: IntakeProgress
    private var pause = 100
    private var renewal: CredentialRenewal
    /// Whether reading ever began.
    private var hasRead = false

    /// Makes an intake; nothing is opened before `run`.
    public init(settings: IntakeSettings, log: Log, stop: StopToken, progress: IntakeProgress = IntakeProgress()) {
        (self.settings, self.log, self.stop, self.progress) = (settings, log, stop, progress)
        renewal = CredentialRenewal(
            settings.credentials, settings.client.properties, intervalMilliseconds: settings.credentialMilliseconds,
            log: log)
    }

    /// Reads until it is asked to stop.
    public func run() -> Ending {
        while stop.count == 0 {
            do throws(Interruption) {
                try readUntilStopped()
            } catch {
                switch error.settled(isStarting: !hasRead) {
                case .forGood(let reason), .unusable(let reason):
                    progress.update { ($0.isReady, $0.reason) = (false, reason) }
                    log.write(.intakeFailed, [.error: .text(reason)])
                    return .failed
                case .again(let reason):
                    progress.update { ($0.isReady, $0.reason) = (false, reason) }
                    log.write(.intakeInterrupted, [.error: .text(reason)])
                    log.flush()
                    stop.wait(milliseconds: pause, seen: 0)
                    pause = min(pause * 2, 5000)
                }
            }
        }
        progress.update { ($0.isReady, $0.reason) = (false, "stopped") }
        return .stopped
    }

    /// Opens both sides and takes in what comes, until somebody asks to stop, one of them fails, or the broker's side
    /// is to be opened anew with renewed credentials.
    private func readUntilStopped() throws(Interruption) {
        let store = try openStore()
        // What was being written when something else failed is stored, and counts.
        defer { if let counts = try? store.finish() { note(counts) } }
        let failures = ClientFailures(log)
        let partitions = try Self.translated { () throws(KafkaError) in try findPartitions() }
        let consumer = try Self.translated { () throws(KafkaError) in
            try Consumer(settings.renewedClient, reportsPartitionEnds: true) { failures.note($0) }
        }
        let starts = try startingPoints(partitions, store, consumer)
        try Self.translated { () throws(KafkaError) in try consumer.assign(starts) }
        hasRead = true
        var ends = PartitionEnds(partitions: partitions)
        var batch = MessageBatch(capacity: settings.commitRecords)
        var lastLook = SystemClock.monotonicMilliseconds()
        var lastClaim = lastLook
        // A store that was opened may still refuse what is written: it is ready once it took some, or there is none.
        var hasStored = false
        while stop.count == 0 {
            let began = SystemClock.monotonicMilliseconds()
            log.flush()
            try Self.translated { () throws(KafkaError) in
                try consumer.poll(into: &batch, timeoutMilliseconds: 100)
                if let failure = failures.takeLost() { throw failure }
            }
            let isBehind = batch.count >= settings.commitRecords / 2
            if try take(&batch, store, waits: !isBehind) { hasStored = true }
            if !batch.isEmpty {
                lastClaim = began
            } else if began - lastClaim > AttributionIntake.claimMilliseconds {
                do throws(StoreError) { try store.checkClaim() } catch { throw Self.interruption(error) }
                lastClaim = began
            }
            for end in consumer.takePartitionEnds() { ends.note(end.partition, end.offset) }
            for (partition, next) in store.positions {
                ends.note(
                    partition, next,
                    high: consumer.cachedWatermarks(
                        TopicPartition(topic: settings.topic, partition: partition))?.high)
            }
            let isProven = hasStored || ends.areReached
            if isProven { pause = 100 }
            progress.update {
                if isProven { ($0.isReady, $0.reason) = (true, "") }
                $0.lag = ends.lag
                if ends.areReached, !isBehind { $0.hasCaughtUp = true }
            }
            if began - lastLook > AttributionIntake.partitionsMilliseconds {
                lastLook = began
                let now = try Self.translated { () throws(KafkaError) in try findPartitions() }
                if now > partitions { throw .again("the topic has more partitions: \(now)") }
            }
            if case .renewed(let changed) = renewal.look() {
                renewal.note(changed, "made anew")
                break
            }
            if !isBehind { rest(since: began) }
        }
        do throws(StoreError) { note(try store.finish()) } catch { throw Self.interruption(error) }
    }

    /// How often it looks whether it still is the writer, while there is nothing to write.
    private static let claimMilliseconds: Int64 = 3000
    /// How often it looks whether partitions were added.
    private static let partitionsMilliseconds: Int64 = 30_000

    /// A commit costs the disk a wait: of few records at a time there is none more often than configured.
    private func rest(since began: Int64) {
        let left = began + Int64(settings.commitIntervalMilliseconds) - SystemClock.monotonicMilliseconds()
        if left > 0 { stop.wait(milliseconds: Int(left), seen: 0) }
    }

    /// Takes in what came. While there is more than it can keep up with, the next records are read from the topic
    /// while these are being written.
    ///
    /// - Returns: whether any were written.
    private func take(
        _ batch: inout MessageBatch, _ store: OutcomeStore, waits: Bool
    ) throws(Interruption) -> Bool {
        var records: [ReceivedRecord] = []
        records.reserveCapacity(batch.count)
        for index in 0..<batch.count {
            let message = batch[index]
            records.append(
                ReceivedRecord(
                    partition: message.partition, offset: message.offset, payload: message.payload,
                    isReadAgain: message.lastHeader(RecordHeader.readAgain) != nil))
        }
        do throws(StoreError) {
            let begun = try store.begin(records)
            note(begun)
            guard waits else { return begun.received > 0 }
            let finished = try store.finish()
            note(finished)
            return begun.received + finished.received > 0
        } catch {
            throw Self.interruption(error)
        }
    }

    private func note(_ counts: TakenCounts) {
        if counts.received > 0 { progress.took(counts) }
    }

    private func openStore() throws(Interruption) -> OutcomeStore {
        do throws(StoreError) {
            return try OutcomeStore(
                settings.store, topic: settings.topic,
                timeMilliseconds: SystemClock.now().microseconds / 1000)
        } catch {
            throw Self.interruption(error)
        }
    }

    private func findPartitions() throws(KafkaError) -> Int {
        let admin = try Admin(settings.renewedClient) { _ in }
        guard let topic = try admin.topic(settings.topic, timeoutMilliseconds: 5000) else {
            throw KafkaError(
                code: .unknownTopic, operation: "read the topic \(settings.topic)",
                reason: "there is no such topic, or no right to see it", isRetriable: true)
        }
        return topic.partitions
    }

    /// Where reading goes on: from the offsets of the store, unless the topic does not hold them any more.
    private func startingPoints(
        _ partitions: Int, _ store: OutcomeStore, _ consumer: borrowing Consumer
    ) throws(Interruption) -> [PartitionOffset] {
        var starts: [PartitionOffset] = []
        for number in 0..<Int32(partitions) {
            let partition = TopicPartition(topic: settings.topic, partition: number)
            let (low, high): (Int64, Int64)
            do throws(KafkaError) {
                (low, high) = try consumer.watermarks(partition, timeoutMilliseconds: 10_000)
            } catch {
                throw Self.interruption(error)
            }
            let next = store.positions[number] ?? 0
            // What the topic's retention has removed before it was read cannot be had any more: it is told, once.
            if next < low, store.positions[number] != nil {
                log.write(
                    .recordsLost,
                    [
                        .topic: .text(settings.topic), .partition: .number(Int(number)), .from: .number(Int(next)),
                        .to: .number(Int(low - 1)),
                    ])
            }
            guard next <= high else {
                throw .forGood(
                    "the store has read \(partition) up to offset \(next), and the topic ends at \(high): it was made "
                        + "anew; name another store, and all of it is read again")
            }
            starts.append(PartitionOffset(partition, offset: max(next, low)))
        }
        return starts
    }

    // MARK: Failures

    private static func translated<Result: ~Copyable>(
        _ body: () throws(KafkaError) -> Result
    ) throws(Interruption) -> Result {
        do throws(KafkaError) {
            return try body()
        } catch {
            throw interruption(error)
        }
    }

    private static func interruption(_ error: KafkaError) -> Interruption {
        if error.code == .invalidArgument { return .unusable(error.description) }
        return error.isFatal ? .forGood(error.description) : .again(error.description)
    }

    private static func interruption(_ error: StoreError) -> Interruption {
        switch error {
        case .fenced, .otherTopic: .forGood(error.description)
        case .database(let error):
            switch error.kind {
            // A full disk is emptied by somebody, and a lock let go of.
            case .unavailable, .conflict, .full: .again("\(error)")
            case .corrupt, .refused, .statement: .forGood("\(error)")
            }
        }
    }
}

/// What a client reports beside the results of calls; one error of them ends the reading.
private final class ClientFailures {
    private let log: Log
    private var lost: KafkaError?

    init(_ log: Log) { self.log = log }

    func note(_ event: ClientEvent) {
        if case .error(let error) = event, error.code == .autoOffsetReset {
            lost = error
        } else {
            log.report(event)
        }
    }

    /// The error that says that an offset is not there any more, once.
    func takeLost() -> KafkaError? {
        defer { lost = nil }
        return lost
    }
}

/// How far partitions were read, and to where they go.
private struct PartitionEnds {
    private var reached: [Int32: Int64] = [:]
    private var highs: [Int32: Int64] = [:]
    private var atEnd: Set<Int32> = []
    private let partitions: Int

    init(partitions: Int) { self.partitions = partitions }

    /// The end of a partition was read. What stands before it may be no records, but marks of transactions.
    mutating func note(_ partition: Int32, _ end: Int64) {
        reached[partition] = end
        atEnd.insert(partition)
    }

    mutating func note(_ partition: Int32, _ next: Int64, high: Int64?) {
        reached[partition] = max(reached[partition] ?? 0, next)
        if let high { highs[partition] = high }
    }

    /// Whether each partition's end was read once.
    var areReached: Bool { atEnd.count >= partitions }

    var lag: [Int32: Int64] {
        reached.reduce(into: [:]) { lag, entry in
            lag[entry.key] = max(0, (highs[entry.key] ?? entry.value) - entry.value)
        }
    }
}
