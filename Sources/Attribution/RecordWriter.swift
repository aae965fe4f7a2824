public import Connections
import JSON
public import Primitives

/// What is the same in every record of a run.
public struct RunIdentity: Sendable {
    /// The city's name as a path segment, such as `san-antonio`.
    public let city: String
    /// The department.
    public let department: String
    /// The topic (or file) that the events come from.
    public let topic: String
    /// SHA-256 of the profile file, as hexadecimal digits.
    public let profileDigest: String
    /// The version of this program.
    public let engine: String

    /// Makes the identity of a run.
    public init(city: String, department: String, topic: String, profileDigest: String, engine: String) {
        self.city = city
        self.department = department
        self.topic = topic
        self.profileDigest = profileDigest
        self.engine = engine
    }
}

/// Where one event stood, and what came with it.
public struct EventOrigin {
    /// The partition of the source topic.
    public var partition: Int32
    /// The offset in it.
    public var offset: Int64
    /// SHA-256 of the payload; nil for a tombstone, which has none.
    public var digest: UnsafeRawBufferPointer?
    /// The time of the event.
    public var time: Timestamp?
    /// The revision that the source states.
    public var revision: Int64?
    /// W3C Trace Context of the event, already checked.
    public var traceparent: UnsafeRawBufferPointer?
    /// The vendor part of the trace context, already checked.
    public var tracestate: UnsafeRawBufferPointer?

    /// Makes an origin.
    public init(partition: Int32, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }
}

/// Writes attribution records: CloudEvents 1.0 in structured JSON (schemas/attribution-record.schema.json).
///
/// Everything that does not change from record to record is escaped and joined once. The order of members is fixed, so
/// that the same decision gives the same bytes.
public final class RecordWriter {
    private let registry: RegistryIndex
    private let rules: Rules
    private let source: [UInt8]
    private let department: [UInt8]
    private let provenance: [UInt8]
    private let provenanceTail: [UInt8]
    private let connections: [[UInt8]]
    private let ruleNames: [[UInt8]]

    /// Makes a writer for a run.
    public init(run: RunIdentity, rules: Rules, registry: RegistryIndex) {
        self.registry = registry
        self.rules = rules
        source = RecordWriter.quoted("/city/\(run.city)/\(run.department)")
        department = RecordWriter.quoted(run.department)
        provenance = Array("\"provenance\":{\"topic\":".utf8) + RecordWriter.quoted(run.topic)
        provenanceTail =
            Array(
                (",\"rules\":\"sha256:\(rules.digest)\",\"registry\":\"sha256:\(registry.digest)\","
                    + "\"profile\":\"sha256:\(run.profileDigest)\",\"engine\":").utf8)
            + RecordWriter.quoted(run.engine) + Array("}}}".utf8)
        connections = registry.connections.map { RecordWriter.quoted($0.id) }
        ruleNames = rules.rules.map { RecordWriter.quoted($0.id) }
    }

    /// Appends the record of an outcome.
    ///
    /// - Parameters:
    ///   - outcome: what was achieved.
    ///   - key: the outcome key, as hexadecimal digits.
    ///   - decision: what was decided of it.
    ///   - origin: where the event stood.
    ///   - buffer: receives the record.
    ///   - writeField: appends the path that a field reference stands for; it is asked once for each reason.
    public func write(
        _ outcome: Outcome, key: UnsafeRawBufferPointer, _ decision: Decision, _ origin: EventOrigin,
        into buffer: inout ByteBuffer, writeField: (FieldReference, inout ByteBuffer) -> Void
    ) {
        writeAttributes(outcome, key, origin, into: &buffer)
        buffer.append(",\"datacontenttype\":\"application/json\",\"data\":{")
        writeOutcome(outcome, key, origin, into: &buffer)
        buffer.append(",\"decision\":\"")
        buffer.append(decision.verdict.name)
        buffer.append("\",")
        if decision.verdict != .retracted {
            writeDecision(decision, into: &buffer, writeField: writeField)
        }
        writeProvenance(origin, into: &buffer)
    }

    private func writeAttributes(
        _ outcome: Outcome, _ key: UnsafeRawBufferPointer, _ origin: EventOrigin, into buffer: inout ByteBuffer
    ) {
        buffer.append("{\"specversion\":\"1.0\",\"id\":\"")
        buffer.append(key)
        buffer.append(UInt8(ascii: "-"))
        buffer.append(decimal: Int64(origin.partition))
        buffer.append(UInt8(ascii: "-"))
        buffer.append(decimal: origin.offset)
        buffer.append("\",\"source\":")
        buffer.append(source)
        buffer.append(",\"type\":\"org.city.attribution.v1\",\"subject\":\"")
        buffer.append(key)
        buffer.append(UInt8(ascii: "\""))
        if let time = origin.time {
            buffer.append(",\"time\":\"")
            buffer.append(time: time)
            buffer.append(UInt8(ascii: "\""))
        } else if let day = outcome.occurredOn {
            buffer.append(",\"time\":\"")
            buffer.append(date: day)
            buffer.append("T00:00:00Z\"")
        }
        if let traceparent = origin.traceparent {
            buffer.append(",\"traceparent\":")
            buffer.append(jsonString: traceparent)
            if let tracestate = origin.tracestate {
                buffer.append(",\"tracestate\":")
                buffer.append(jsonString: tracestate)
            }
        }
    }

    private func writeOutcome(
        _ outcome: Outcome, _ key: UnsafeRawBufferPointer, _ origin: EventOrigin, into buffer: inout ByteBuffer
    ) {
        buffer.append("\"outcome\":{\"key\":\"")
        buffer.append(key)
        buffer.append("\",\"department\":")
        buffer.append(department)
        if !outcome.type.isEmpty {
            buffer.append(",\"type\":")
            buffer.append(jsonString: outcome.type)
        }
        if let day = outcome.occurredOn {
            buffer.append(",\"occurredOn\":\"")
            buffer.append(date: day)
            buffer.append(UInt8(ascii: "\""))
        }
        if !outcome.isRetracted { writeMeasures(outcome, into: &buffer) }
        buffer.append(",\"revision\":\"")
        if let revision = origin.revision { buffer.append(decimal: revision, width: 20) }
        buffer.append("\",\"retracted\":")
        buffer.append(outcome.isRetracted ? "true}" : "false}")
    }

    private func writeMeasures(_ outcome: Outcome, into buffer: inout ByteBuffer) {
        buffer.append(",\"count\":")
        buffer.append(decimal: outcome.count)
        if let people = outcome.people {
            buffer.append(",\"people\":")
            buffer.append(decimal: people)
        }
        if let cents = outcome.usdCents {
            buffer.append(",\"usd\":")
            buffer.append(cents: cents)
        }
        buffer.append(",\"direction\":\"")
        buffer.append(outcome.direction.name)
        buffer.append(UInt8(ascii: "\""))
        if let district = outcome.district {
            buffer.append(",\"district\":")
            buffer.append(jsonString: district)
        }
        if outcome.groups.isEmpty { return }
        buffer.append(",\"groups\":{")
        for (index, group) in outcome.groups.enumerated() {
            if index > 0 { buffer.append(UInt8(ascii: ",")) }
            buffer.append(jsonString: group.code)
            buffer.append(UInt8(ascii: ":"))
            buffer.append(decimal: group.people)
        }
        buffer.append(UInt8(ascii: "}"))
    }

    private func writeDecision(
        _ decision: Decision, into buffer: inout ByteBuffer, writeField: (FieldReference, inout ByteBuffer) -> Void
    ) {
        if let tier = decision.tier {
            buffer.append("\"tier\":\"")
            buffer.append(tier.name)
            buffer.append("\",")
        }
        buffer.append("\"credit\":[")
        for (index, share) in decision.credit.enumerated() {
            buffer.append(index > 0 ? ",{\"connection\":" : "{\"connection\":")
            buffer.append(connections[share.connection])
            buffer.append(",\"basisPoints\":")
            buffer.append(decimal: Int64(share.basisPoints))
            buffer.append(UInt8(ascii: "}"))
        }
        buffer.append("],\"domesticBasisPoints\":")
        buffer.append(decimal: Int64(decision.domesticBasisPoints))
        buffer.append(UInt8(ascii: ","))
        if !decision.evidence.isEmpty { writeEvidence(decision.evidence, into: &buffer, writeField: writeField) }
        if !decision.nearMisses.isEmpty { writeNearMisses(decision.nearMisses, into: &buffer) }
    }

    private func writeEvidence(
        _ evidence: [Evidence], into buffer: inout ByteBuffer, writeField: (FieldReference, inout ByteBuffer) -> Void
    ) {
        buffer.append("\"evidence\":[")
        for (index, reason) in evidence.enumerated() {
            buffer.append(index > 0 ? ",{\"connection\":" : "{\"connection\":")
            buffer.append(connections[reason.connection])
            buffer.append(",\"rule\":")
            buffer.append(ruleNames[reason.rule])
            buffer.append(",\"tier\":\"")
            buffer.append(reason.tier.name)
            if let mechanism = reason.mechanism {
                buffer.append("\",\"mechanism\":\"")
                buffer.append(mechanism.name)
            }
            buffer.append("\",\"field\":\"")
            writeField(reason.field, &buffer)
            buffer.append("\",\"strength\":")
            buffer.append(strength: reason.strength)
            buffer.append(",\"origin\":")
            reason.origin.withUnsafeBytes { buffer.append(jsonString: $0) }
            buffer.append(UInt8(ascii: "}"))
        }
        buffer.append("],")
    }

    private func writeNearMisses(_ misses: [NearMiss], into buffer: inout ByteBuffer) {
        buffer.append("\"nearMisses\":[")
        for (index, miss) in misses.enumerated() {
            buffer.append(index > 0 ? ",{\"connection\":" : "{\"connection\":")
            buffer.append(connections[miss.connection])
            buffer.append(",\"rule\":")
            buffer.append(ruleNames[miss.rule])
            buffer.append(",\"reason\":\"")
            buffer.append(miss.reason.name)
            buffer.append(UInt8(ascii: "\""))
            if let day = miss.day {
                buffer.append(",\"on\":\"")
                buffer.append(date: CivilDate(daysSinceEpoch: day))
                buffer.append(UInt8(ascii: "\""))
            }
            buffer.append(UInt8(ascii: "}"))
        }
        buffer.append("],")
    }

    private func writeProvenance(_ origin: EventOrigin, into buffer: inout ByteBuffer) {
        buffer.append(provenance)
        buffer.append(",\"partition\":")
        buffer.append(decimal: Int64(origin.partition))
        buffer.append(",\"offset\":")
        buffer.append(decimal: origin.offset)
        if let digest = origin.digest {
            buffer.append(",\"eventDigest\":\"sha256:")
            buffer.append(hex: digest)
            buffer.append(UInt8(ascii: "\""))
        }
        buffer.append(provenanceTail)
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var buffer = ByteBuffer(capacity: 256)
        Array(text.utf8).withUnsafeBytes { buffer.append(jsonString: $0) }
        return buffer.array()
    }
}

extension ByteBuffer {
    /// Appends a strength in basis points as a decimal between 0 and 1 without trailing zeros: 9000 is `0.9`.
    mutating func append(strength basisPoints: Int) {
        append(decimal: Int64(basisPoints / 10_000))
        var fraction = basisPoints % 10_000
        if fraction == 0 { return }
        var width = 4
        while fraction % 10 == 0 {
            fraction /= 10
            width -= 1
        }
        append(UInt8(ascii: "."))
        append(decimal: Int64(fraction), width: width)
    }
}
