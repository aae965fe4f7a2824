import Intake
import Kafka
import Pipeline

/// How far dead letters have been sent again, by code: committed offsets of groups that nobody joins.
///
/// They are committed in the transaction of what is sent, so that nothing is sent twice, whatever ends a replay. By
/// code, since letters of another code between them may be for a later day. Where offsets are named, what is named is
/// one replay with a group of its own.
struct ReplayLedger {
    private let cluster: DepartmentCluster
    private let prefix: String
    private let rangesName: String?
    private let isAnew: Bool
    private var positions: [String: [Int32: Int64]] = [:]
    private var moved: [String: [Int32: Int64]] = [:]

    /// - Parameter isAnew: what was sent before is forgotten.
    init(_ cluster: DepartmentCluster, _ selection: DeadLetterSelection, isAnew: Bool) {
        self.cluster = cluster
        self.isAnew = isAnew
        prefix = "city-attribution.\(cluster.department).replay."
        rangesName = selection.rangesName.map { "at-\($0)" }
    }

    private func group(of code: String) -> String { prefix + (rangesName ?? code) }

    /// The offset from which on letters of a code were not dealt with.
    mutating func position(_ code: String, _ partition: Int32) throws(CommandFailure) -> Int64 {
        let group = group(of: code)
        if let known = positions[group] { return known[partition] ?? 0 }
        let committed = isAnew ? [:] : try committed(group)
        positions[group] = committed
        return committed[partition] ?? 0
    }

    private func committed(_ group: String) throws(CommandFailure) -> [Int32: Int64] {
        let offsets = try cluster.asking { () throws(KafkaError) in
            try Admin(cluster.reader) { _ in }
                .committedOffsets(group: group, topics: [cluster.settings.deadLetters], timeoutMilliseconds: 10_000)
        }
        return Dictionary(offsets.map { ($0.partition, $0.offset) }, uniquingKeysWith: { $1 })
    }

    /// Notes that a letter was dealt with; `position` must have been asked before.
    mutating func pass(_ code: String, _ partition: Int32, _ offset: Int64) {
        let group = group(of: code)
        positions[group, default: [:]][partition] = offset + 1
        moved[group, default: [:]][partition] = offset + 1
    }

    /// Goes back to the beginning of a topic with so many partitions, for what the selection may hold.
    mutating func forget(_ codes: Set<String>?, partitions: Int) {
        for code in codes ?? Set(FaultCode.allCases.map(\.rawValue)) {
            let beginnings = (0..<Int32(partitions)).map { ($0, Int64(0)) }
            moved[group(of: code)] = Dictionary(uniqueKeysWithValues: beginnings)
        }
    }

    /// Whether there is something to commit.
    var hasMoved: Bool { !moved.isEmpty }

    /// Adds what was dealt with to the open transaction.
    mutating func send(to producer: borrowing Producer) throws(KafkaError) {
        for (group, offsets) in moved.sorted(by: { $0.key < $1.key }) {
            let next = offsets.sorted { $0.key < $1.key }.map {
                PartitionOffset(topic: cluster.settings.deadLetters, partition: $0.key, offset: $0.value)
            }
            try producer.sendOffsets(next, group: ConsumerGroupMetadata(group: group), timeoutMilliseconds: 30_000)
        }
        moved = [:]
    }
}
