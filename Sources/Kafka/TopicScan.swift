/// Reads partitions of a topic up to the ends that they have at the start, as a `read_committed` reader does.
///
/// It takes part in no group and commits nothing; what is written meanwhile is left out. It belongs to one thread.
public struct TopicScan: ~Copyable {
    /// The topic.
    public let topic: String
    /// What is read of each partition: up to before the end; those with nothing to read left out.
    public let ranges: [Int32: Range<Int64>]
    /// The number of the topic's partitions.
    public let partitions: Int
    private var open: [Int32: Int64]
    private let consumer: Consumer
    private let errors: LastError
    private let timeoutMilliseconds: Int32

    /// Finds the topic and its ends, and begins.
    ///
    /// - Parameters:
    ///   - first: the offset to begin at in a partition, `PartitionOffset.beginning` for the oldest one kept; nil where
    ///     the partition is not read at all. Begins at the oldest one where retention has removed the offset.
    ///   - timeoutMilliseconds: for each question to the cluster, and how long nothing may come before it is given up.
    /// - Throws: `unknownTopic` where it does not exist.
    public init(
        _ topic: String, _ client: ClientConfiguration, timeoutMilliseconds: Int32 = 10_000,
        from first: (Int32) -> Int64?
    ) throws(KafkaError) {
        var client = client
        client.setDefault("group.id", "city-attribution")
        client["group.instance.id"] = nil
        client["isolation.level"] = "read_committed"
        client["auto.offset.reset"] = "earliest"
        let admin = try Admin(client) { _ in }
        guard let found = try admin.topic(topic, timeoutMilliseconds: timeoutMilliseconds) else {
            throw KafkaError(
                code: .unknownTopic, operation: "read the topic \(topic)",
                reason: "there is no such topic, or no right to see it")
        }
        let errors = LastError()
        let consumer = try Consumer(client, reportsPartitionEnds: true) { errors.note($0) }
        let partitions = (0..<Int32(found.partitions)).map { TopicPartition(topic: topic, partition: $0) }
        let watermarks = try consumer.watermarks(partitions, timeoutMilliseconds: timeoutMilliseconds)
        var ranges: [Int32: Range<Int64>] = [:]
        for (partition, (low, high)) in zip(partitions, watermarks) {
            guard let offset = first(partition.partition) else { continue }
            let start = max(low, offset)
            if start < high { ranges[partition.partition] = start..<high }
        }
        try consumer.assign(ranges.map { PartitionOffset(topic: topic, partition: $0, offset: $1.lowerBound) })
        self.topic = topic
        self.ranges = ranges
        self.partitions = found.partitions
        self.timeoutMilliseconds = timeoutMilliseconds
        self.consumer = consumer
        self.errors = errors
        open = ranges.mapValues(\.upperBound)
    }

    /// Fills the batch with the next messages, those of one partition in their order.
    ///
    /// - Returns: false where everything was read; the batch is empty then.
    /// - Throws: what the client said last, or `timedOut`, where nothing came for the whole time.
    public mutating func next(_ batch: inout MessageBatch) throws(KafkaError) -> Bool {
        var deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while !open.isEmpty {
            try consumer.poll(into: &batch, timeoutMilliseconds: 100)
            if !batch.isEmpty { deadline = .now + .milliseconds(timeoutMilliseconds) }
            batch.removeAll { message in
                guard let end = open[message.partition] else { return true }
                if message.offset + 1 >= end { open[message.partition] = nil }
                return message.offset >= end
            }
            // The last offsets may be ends of transactions, behind which no message comes.
            for end in consumer.takePartitionEnds() where end.offset >= open[end.partition] ?? 0 {
                open[end.partition] = nil
            }
            if !batch.isEmpty { return true }
            if ContinuousClock.now >= deadline {
                throw errors.last
                    ?? KafkaError(
                        code: .timedOut, operation: "read the topic \(topic)",
                        reason: "nothing came for \(timeoutMilliseconds) ms", isRetriable: true)
            }
        }
        batch.clear()
        return false
    }

    /// How much of the offsets was read, from 0 to 1, by the places that messages of a batch have.
    public static func share(_ reached: [Int32: Int64], of ranges: [Int32: Range<Int64>]) -> Double {
        var (done, all) = (0.0, 0.0)
        for (partition, range) in ranges {
            all += Double(range.count)
            done += Double(max(0, min(range.upperBound, reached[partition] ?? range.lowerBound) - range.lowerBound))
        }
        return all == 0 ? 1 : done / all
    }
}
