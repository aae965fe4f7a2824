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

/// Of a record what tells which event it is of, and what was decided.
public struct RecordGist: Sendable {
    /// Whose record it is.
    public let id: OutcomeID
    /// The department.
    public let department: String
    /// The revision of the source; nil where the record states none.
    public let revision: UInt64?
    /// Where its event stands; nil where the record does not say.
    public let origin: RecordOrigin?
    /// What was decided, `retracted` of a withdrawal.
    public let decision: String
    /// The basis points of connections.
    public let credit: [(connection: String, basisPoints: Int64)]
}

/// Reads what records are about; whether all else in them is as promised is a matter of `RecordReader`. One thread at a
/// time.
public final class RecordGistReader {
    private enum Slot: Int, CaseIterable {
        case key, department, revision, decision, topic, partition, offset, connection, basisPoints

        var steps: [SimplePath.Step] {
            let names: [String] =
                switch self {
                case .key: ["outcome", "key"]
                case .department: ["outcome", "department"]
                case .revision: ["outcome", "revision"]
                case .decision: ["decision"]
                case .topic: ["provenance", "topic"]
                case .partition: ["provenance", "partition"]
                case .offset: ["provenance", "offset"]
                case .connection: ["credit", "*", "connection"]
                case .basisPoints: ["credit", "*", "basisPoints"]
                }
            return [.member("data")] + names.map { $0 == "*" ? .wildcard : .member($0) }
        }
    }

    private static let plan = ExtractionPlan(Slot.allCases.map { SimplePath(steps: $0.steps) })

    private let extractor = Extractor(maximumBytes: RecordReader.recordBytesMax)

    /// Makes a reader.
    public init() {}

    /// What a record is about; nil where it is none.
    public func read(_ record: UnsafeRawBufferPointer) -> RecordGist? {
        guard let values = try? extractor.extract(record, RecordGistReader.plan) else { return nil }
        var texts: [Slot: UnsafeRawBufferPointer] = [:]
        var numbers: [Slot: Int64] = [:]
        var credit: [(connection: String, basisPoints: Int64)] = []
        for value in values {
            guard let slot = Slot(rawValue: value.slot) else { continue }
            switch slot {
            case .connection, .basisPoints:
                while credit.count <= value.element { credit.append(("", 0)) }
                if slot == .connection, value.kind == .string {
                    credit[value.element].connection = String(decoding: value.text, as: UTF8.self)
                } else if value.kind == .integer {
                    credit[value.element].basisPoints = value.integer
                }
            default:
                if value.kind == .string { texts[slot] = value.text }
                if value.kind == .integer { numbers[slot] = value.integer }
            }
        }
        guard let id = texts[.key].flatMap({ OutcomeID($0) }), let decision = texts[.decision] else { return nil }
        var origin: RecordOrigin?
        if let topic = texts[.topic], let partition = numbers[.partition].flatMap({ Int32(exactly: $0) }),
            let offset = numbers[.offset]
        {
            origin = RecordOrigin(topic: Array(topic), partition: partition, offset: offset)
        }
        return RecordGist(
            id: id, department: texts[.department].map { String(decoding: $0, as: UTF8.self) } ?? "",
            revision: texts[.revision].flatMap { UInt64(String(decoding: $0, as: UTF8.self)) }, origin: origin,
            decision: String(decoding: decision, as: UTF8.self), credit: credit)
    }
}
