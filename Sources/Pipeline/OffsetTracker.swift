import Kafka

/// How far each owned partition has been read, and where the open transaction began in it.
///
/// The next offset is that of the last message taken in plus one; it is kept here, since the library's own position is
/// wrong in some versions after errors.
struct OffsetTracker {
    private struct Progress {
        var first: Int64
        var next: Int64
        var isOpen: Bool
    }

    private let topic: String
    private var byPartition: [Int32: Progress] = [:]
    private var touched: [Int32] = []

    init(topic: String) {
        self.topic = topic
    }

    /// True where the message is the next one of its partition; false for one that was taken in before.
    mutating func take(_ partition: Int32, _ offset: Int64) -> Bool {
        guard var progress = byPartition[partition] else {
            byPartition[partition] = Progress(first: offset, next: offset + 1, isOpen: true)
            touched.append(partition)
            return true
        }
        guard offset >= progress.next else { return false }
        if !progress.isOpen {
            progress.first = offset
            progress.isOpen = true
            touched.append(partition)
        }
        progress.next = offset + 1
        byPartition[partition] = progress
        return true
    }

    /// The offsets that a commit has to name.
    var next: [PartitionOffset] {
        touched.compactMap { partition in
            byPartition[partition].map { PartitionOffset(topic: topic, partition: partition, offset: $0.next) }
        }
    }

    /// Where the open transaction began, for going back.
    var beginnings: [PartitionOffset] {
        touched.compactMap { partition in
            byPartition[partition].map { PartitionOffset(topic: topic, partition: partition, offset: $0.first) }
        }
    }

    /// What was open is committed.
    mutating func committed() {
        for partition in touched { byPartition[partition]?.isOpen = false }
        touched.removeAll(keepingCapacity: true)
    }

    /// What was open is given up: reading goes on from where it began.
    mutating func rewound() {
        for partition in touched { byPartition[partition] = nil }
        touched.removeAll(keepingCapacity: true)
    }

    /// The partitions are not owned any more.
    mutating func forget(_ partitions: [TopicPartition]) {
        for partition in partitions {
            byPartition[partition.partition] = nil
            touched.removeAll { $0 == partition.partition }
        }
    }
}
