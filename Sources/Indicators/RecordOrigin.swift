import JSON
import Primitives

/// Where the event of a record stands.
public struct RecordOrigin: Hashable, Sendable {
    /// The topic.
    public let topic: [UInt8]
    /// The partition.
    public let partition: Int32
    /// The offset in it.
    public let offset: Int64

    /// Names a place.
    public init(topic: [UInt8], partition: Int32, offset: Int64) {
        (self.topic, self.partition, self.offset) = (topic, partition, offset)
    }

    /// Whether it stands before another one; nil where places tell nothing, in different partitions.
    public func precedes(_ other: RecordOrigin) -> Bool? {
        partition == other.partition && topic == other.topic ? offset < other.offset : nil
    }
}

/// Reads where the events of records stand. One thread at a time.
public final class RecordOriginReader {
    private static let plan = ExtractionPlan(
        ["topic", "partition", "offset"].map {
            SimplePath(steps: [.member("data"), .member("provenance"), .member($0)])
        })

    private let extractor = Extractor(maximumBytes: RecordReader.recordBytesMax)

    /// Makes a reader.
    public init() {}

    /// The place that a record names; nil where it names none.
    public func origin(of record: UnsafeRawBufferPointer) -> RecordOrigin? {
        guard let values = try? extractor.extract(record, RecordOriginReader.plan) else { return nil }
        var topic: [UInt8]?
        var numbers: [Int64?] = [nil, nil, nil]
        for value in values {
            if value.slot == 0, value.kind == .string { topic = Array(value.text) }
            if value.slot > 0, value.kind == .integer { numbers[value.slot] = value.integer }
        }
        guard let topic, let partition = numbers[1].flatMap({ Int32(exactly: $0) }), let offset = numbers[2] else {
            return nil
        }
        return RecordOrigin(topic: topic, partition: partition, offset: offset)
    }
}
