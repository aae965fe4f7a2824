import Kafka

/// How far each owned partition has been read, and where the open transaction began in it.
///
/// The next offset is that of the last message taken in plus one; it is kept here, since the library's own position is
/// wrong in some versions after errors.
struct OffsetTracker {
    private struct Progress {
        let partition: Int32
        var first: Int64
        var next: Int64
        var isOpen = true
    }

    private let topic: String
    private var entries: [Progress] = []
    /// The place of the last message's partition: messages come in runs of one.
    private var last = 0

    init(topic: String) {
        self.topic = topic
    }

    /// True where the message is the next one of its partition; false for one that was taken in before.
    mutating func take(_ partition: Int32, _ offset: Int64) -> Bool {
        if last >= entries.count || entries[last].partition != partition {
            guard let known = entries.firstIndex(where: { $0.partition == partition }) else {
                last = entries.count
                entries.append(Progress(partition: partition, first: offset, next: offset + 1))
                return true
            }
            last = known
        }
        guard offset >= entries[last].next else { return false }
        if !entries[last].isOpen {
            entries[last].first = offset
            entries[last].isOpen = true
        }
        entries[last].next = offset + 1
        return true
    }

    /// The next offset of a partition; nil where nothing was taken in of it.
    func next(of partition: Int32) -> Int64? { entries.first { $0.partition == partition }?.next }

    /// The offsets that a commit has to name.
    var next: [PartitionOffset] { open { $0.next } }

    /// Where the open transaction began, for going back.
    var beginnings: [PartitionOffset] { open { $0.first } }

    /// What was open is committed.
    mutating func committed() {
        for place in entries.indices { entries[place].isOpen = false }
    }

    /// What was open is given up: reading goes on from where it began.
    mutating func rewound() {
        entries.removeAll { $0.isOpen }
    }

    /// The partitions are not owned any more.
    mutating func forget(_ partitions: [TopicPartition]) {
        entries.removeAll { entry in partitions.contains { $0.partition == entry.partition } }
    }

    private func open(_ offset: (Progress) -> Int64) -> [PartitionOffset] {
        entries.filter(\.isOpen).map {
            PartitionOffset(topic: topic, partition: $0.partition, offset: offset($0))
        }
    }
}
