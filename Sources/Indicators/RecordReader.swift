import JSON
public import Primitives

/// Reads attribution records (schemas/attribution-record.schema.json) as facts.
///
/// It checks what the indicators rest on: a record that is not as promised is refused, and never half counted. One
/// thread at a time.
public final class RecordReader {
    /// The longest record, in bytes: far above what a worker can write, which lists at most 64 reasons.
    public static let recordBytesMax = 4 << 20

    /// The texts, as numbers.
    public var names: ByteInterner
    private let extractor = Extractor(maximumBytes: RecordReader.recordBytesMax)
    private var list: [UInt8] = []
    private var reading = Reading()

    /// Makes a reader that goes on numbering texts where another one stopped.
    public init(names: ByteInterner = ByteInterner()) {
        self.names = names
    }

    /// Reads one record.
    public func read(_ record: UnsafeRawBufferPointer) throws(RecordFault) -> OutcomeFact {
        let values: ExtractedValues
        do throws(JSONError) {
            values = try extractor.extract(record, RecordReader.plan)
        } catch {
            throw RecordFault(path: "", expectation: error.message)
        }
        reading.take(values)
        return try fact(&reading)
    }

    private func fact(_ reading: inout Reading) throws(RecordFault) -> OutcomeFact {
        guard let type = reading.text(.recordType), type.holdsSame(as: "org.city.attribution.v1") else {
            throw RecordFault(path: "type", expectation: "expected org.city.attribution.v1")
        }
        guard let digits = reading.text(.key), let id = OutcomeID(digits) else {
            throw RecordFault(path: "data.outcome.key", expectation: "expected 32 lower-case hexadecimal digits")
        }
        var fact = OutcomeFact(id: id, revision: try reading.revision(), content: nil)
        if try reading.isRetracted() { return fact }
        fact.content = try content(&reading)
        return fact
    }

    private func content(_ reading: inout Reading) throws(RecordFault) -> OutcomeFact.Content {
        var content = OutcomeFact.Content()
        content.department = names.id(of: try reading.text(.department, "data.outcome.department", "a department"))
        content.type = names.id(of: try reading.text(.type, "data.outcome.type", "the kind of outcome"))
        content.district = names.id(of: reading.text(.district) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        guard let day = reading.text(.occurredOn).flatMap({ CivilDate($0) }) else {
            throw RecordFault(path: "data.outcome.occurredOn", expectation: "expected a date as YYYY-MM-DD")
        }
        content.day = day
        content.count = try reading.count(.count, "data.outcome.count") ?? 1
        content.people = try reading.count(.people, "data.outcome.people")
        content.usdCents = try reading.cents()
        content.standing = try reading.standing()
        for (value, code) in reading.groups {
            content.groups.append((names.id(of: code), try Reading.count(value, "data.outcome.groups")))
        }
        try takeShares(&content, reading)
        content.versions = try versions(reading)
        return content
    }

    private func takeShares(_ content: inout OutcomeFact.Content, _ reading: Reading) throws(RecordFault) {
        let isClaim = try reading.isClaim()
        var sum: Int64 = 0
        // Of one connection twice, or of one with a line break, `populations` would count the outcome twice.
        var last = UnsafeRawBufferPointer(start: nil, count: 0)
        for entry in reading.credit {
            guard let connection = entry.connection, let basisPoints = entry.basisPoints,
                (0...10_000).contains(basisPoints), !connection.contains(0x0a)
            else {
                throw RecordFault(path: "data.credit", expectation: "expected a connection and its basis points")
            }
            guard last.lexicographicallyPrecedes(connection) else {
                throw RecordFault(
                    path: "data.credit", expectation: "expected each connection once, in order of their ids")
            }
            content.shares.append(ConnectionShare(connection: names.id(of: connection), basisPoints: basisPoints))
            sum += basisPoints
            last = connection
        }
        guard let domestic = reading.domesticBasisPoints, (0...10_000).contains(domestic), sum + domestic == 10_000
        else {
            throw RecordFault(
                path: "data.domesticBasisPoints", expectation: "expected what is left of 10000 beside the credit")
        }
        guard isClaim == !content.shares.isEmpty else {
            throw RecordFault(
                path: "data.credit",
                expectation: "expected connections where the decision is enabled or contributed, and none elsewhere")
        }
        content.domesticBasisPoints = domestic
        try takeEvidence(&content, reading)
        guard !isClaim || content.shares.contains(where: { $0.origins > 0 }) else {
            throw RecordFault(path: "data.evidence", expectation: "expected a reason of T1 or T2 behind the credit")
        }
        list.removeAll(keepingCapacity: true)
        for share in content.shares {
            if !list.isEmpty { list.append(0x0a) }
            list += names.bytes(share.connection)
        }
        content.connections = list.withUnsafeBytes { names.id(of: $0) }
    }

    /// Reasons of a claim count where they are T1 or T2; those of an abstention name the connections of T3.
    private func takeEvidence(_ content: inout OutcomeFact.Content, _ reading: Reading) throws(RecordFault) {
        var origins: [(connection: Int32, origin: UnsafeRawBufferPointer)] = []
        for reason in reading.evidence {
            guard let connection = reason.connection, let tier = reason.tier, let origin = reason.origin else {
                throw RecordFault(path: "data.evidence", expectation: "expected a connection, a tier and an origin")
            }
            let number = names.id(of: connection)
            if tier.holdsSame(as: "T3") {
                if content.standing == .abstained { content.addCircumstantial(number) }
                continue
            }
            guard tier.holdsSame(as: "T1") || tier.holdsSame(as: "T2") else {
                throw RecordFault(path: "data.evidence", expectation: "expected a tier of T1, T2 or T3")
            }
            guard let index = content.shares.firstIndex(where: { $0.connection == number }) else { continue }
            if reason.mechanism?.holdsSame(as: "funded-by") ?? false { content.shares[index].hasFunded = true }
            if reason.mechanism?.holdsSame(as: "donated-by") ?? false { content.shares[index].hasDonated = true }
            if !origins.contains(where: { $0.connection == number && $0.origin.holdsSame(as: origin) }) {
                origins.append((number, origin))
                content.shares[index].origins += 1
            }
            let kind = kind(tier, reason.mechanism)
            if !content.evidence.contains(where: { $0 == (number, kind) }) { content.evidence.append((number, kind)) }
        }
    }

    /// The number of `tier mechanism`, such as `T1 funded-by`; of the tier alone where the mechanism is not known.
    private func kind(_ tier: UnsafeRawBufferPointer, _ mechanism: UnsafeRawBufferPointer?) -> Int32 {
        list.removeAll(keepingCapacity: true)
        list += tier
        if let mechanism {
            list.append(0x20)
            list += mechanism
        }
        return list.withUnsafeBytes { names.id(of: $0) }
    }

    /// The number of what decided the outcome: the digests of rules, registry and profile and the engine, one a line.
    private func versions(_ reading: Reading) throws(RecordFault) -> Int32 {
        list.removeAll(keepingCapacity: true)
        for slot in [Slot.rules, .registry, .profile, .engine] {
            if slot != .rules { list.append(0x0a) }
            list += try reading.text(slot, "data.provenance", "rules, registry, profile and engine")
        }
        return list.withUnsafeBytes { names.id(of: $0) }
    }
}

extension OutcomeFact.Content {
    /// Notes a connection with circumstantial evidence, once. Records list reasons by connection id.
    fileprivate mutating func addCircumstantial(_ connection: Int32) {
        if shares.last?.connection != connection, !shares.contains(where: { $0.connection == connection }) {
            shares.append(ConnectionShare(connection: connection, basisPoints: 0))
        }
    }
}
