/// A record of a compacted topic: the newest of its key.
public struct KeyedRecord: Sendable {
    /// The key; empty where it has none.
    public let key: [UInt8]
    /// The value.
    public let value: [UInt8]
    /// Where it stands.
    public let place: PartitionOffset
}

/// Reading of a topic in which the newest record of a key replaces those before it, and one without a value (a
/// tombstone) takes the key away.
public struct CompactedTopic: Sendable {
    /// Its name.
    public let name: String
    private let client: ClientConfiguration

    /// Names a topic.
    /// - Parameter client: the properties of a consumer, which joins no group.
    public init(_ name: String, _ client: ClientConfiguration) {
        self.name = name
        self.client = client.ofGrouplessReader
    }

    /// The records that hold at its end, sorted by key.
    ///
    /// Where partitions were added and a key has records in two of them, the one with the later timestamp holds.
    ///
    /// - Parameter timeoutMilliseconds: for each of two steps: to find the topic, and to read it.
    /// - Throws: `unknownTopic` where it does not exist; `timedOut`, or what a broker said, where its end was not
    ///   reached. Who gets an error that is not fatal may try again.
    public func read(timeoutMilliseconds: Int32) throws(KafkaError) -> [KeyedRecord] {
        let errors = LastError()
        let consumer = try Consumer(client, reportsPartitionEnds: true) { errors.note($0) }
        let count = try consumer.client.partitionCount(of: name, timeoutMilliseconds)
        let starts = (0..<Int32(count)).map {
            PartitionOffset(topic: name, partition: $0, offset: PartitionOffset.beginning)
        }
        var newest: [[UInt8]: Newest] = [:]
        let isWhole = try consumer.read(starts, timeoutMilliseconds: Int(timeoutMilliseconds)) { message in
            let found = Newest(message)
            if let known = newest[found.key], known.outlasts(found) { return }
            newest[found.key] = found
        }
        guard isWhole else {
            throw errors.last
                ?? KafkaError(
                    code: .timedOut, operation: "read the topic \(name)",
                    reason: "its end was not reached within \(timeoutMilliseconds) ms", isRetriable: true)
        }
        return newest.values.compactMap(\.record).sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}

/// The newest that was read of a key.
private struct Newest {
    let key: [UInt8]
    let place: PartitionOffset
    let milliseconds: Int64
    /// Nil for a tombstone.
    let value: [UInt8]?

    init(_ message: Message) {
        key = message.key.map { [UInt8]($0) } ?? []
        place = PartitionOffset(message.topicPartition, offset: message.offset)
        milliseconds = message.timestampMilliseconds ?? 0
        value = message.payload.map { [UInt8]($0) }
    }

    /// Whether it holds against one that was read after it.
    func outlasts(_ other: Newest) -> Bool {
        place.partition != other.place.partition && milliseconds > other.milliseconds
    }

    var record: KeyedRecord? { value.map { KeyedRecord(key: key, value: $0, place: place) } }
}
