import Kafka
import Operations

/// When to look how far the owned partitions reach, and where reading began in those of which nothing was taken in.
struct LagWatch {
    /// The longest that a call of a look holds up the worker; there are three.
    fileprivate static let callMilliseconds: Int32 = 500
    private static let intervalMilliseconds: Int64 = 5000
    /// Set to look at the next occasion.
    var isDue = true
    private var lookedAt: Int64 = 0
    private var starts: [Int32: Int64] = [:]
    /// The ends that were reached. What stands before one and is no event is a mark of a transaction, or was given up.
    private var ends: [Int32: Int64] = [:]

    /// Whether to look now, which is then noted.
    mutating func begins(now: Int64) -> Bool {
        guard isDue || now - lookedAt >= LagWatch.intervalMilliseconds else { return false }
        (isDue, lookedAt) = (false, now)
        return true
    }

    /// The partitions of which it is not known where reading began.
    func unknown(_ partitions: [TopicPartition]) -> [TopicPartition] {
        partitions.filter { starts[$0.partition] == nil }
    }

    mutating func note(_ committed: [PartitionOffset]) {
        for position in committed { starts[position.partition] = max(0, position.offset) }
    }

    /// Everything before these ends was taken in.
    mutating func note(ends reached: [PartitionOffset]) {
        for end in reached { ends[end.partition] = end.offset }
    }

    /// What was taken in from here on was given up.
    mutating func wentBack(to beginnings: [PartitionOffset]) {
        for beginning in beginnings {
            starts[beginning.partition] = beginning.offset
            ends[beginning.partition] = nil
        }
    }

    mutating func forget(_ partitions: Set<Int32>) {
        for partition in partitions { (starts[partition], ends[partition]) = (nil, nil) }
    }

    /// Events that are not taken in yet.
    /// - Parameters:
    ///   - next: the next offset; nil where nothing was taken in.
    ///   - range: the first offset that is kept, and the one behind the last.
    func lag(_ partition: Int32, next: Int64?, _ range: (low: Int64, high: Int64)) -> Int64 {
        max(0, range.high - max(next ?? starts[partition] ?? 0, ends[partition] ?? 0, range.low))
    }
}

extension Worker {
    /// Asks the brokers now and then how far the owned partitions reach: for the lag, and to see whether they answer.
    func lookAtLag() {
        guard lagWatch.begins(now: now) else { return }
        let partitions = consumer.assignment
        do throws(KafkaError) {
            lagWatch.note(
                try consumer.committed(lagWatch.unknown(partitions), timeoutMilliseconds: LagWatch.callMilliseconds))
            // Who owns nothing wants to know all the same whether somebody answers.
            let asked = partitions.isEmpty ? [TopicPartition(topic: settings.events, partition: 0)] : partitions
            let ranges = try consumer.watermarks(asked, timeoutMilliseconds: LagWatch.callMilliseconds)
            var lag: [Int32: Int64] = [:]
            for (partition, range) in zip(partitions, ranges) {
                let number = partition.partition
                lag[number] = lagWatch.lag(number, next: offsets.next(of: number), range)
            }
            let (time, refusal) = (now, refusal(of: lag))
            progress.update { ($0.lag, $0.answeredAt, $0.refusal) = (lag, time, refusal) }
        } catch {
            log.write(.lagUnknown, code: error.code.name, [.error: .text(error.description)])
        }
    }

    /// What keeps events from being read; of a partition without any it may be over, and nobody would know.
    private func refusal(of lag: [Int32: Int64]) -> String? {
        let refused = consumer.refusals.filter { lag[$0.key.partition] ?? 0 > 0 }.sorted { $0.key < $1.key }
        return refused.first.map { "partition \($0.key.partition) cannot be read: \($0.value.code.name)" }
    }
}
