public import Attribution
import JSON
public import YAML

/// What attribution records claim, read line by line (docs/events.md): of each outcome the record that counts.
///
/// Nothing of a record is kept but keys, names and strengths.
public struct RecordSet {
    private struct Entry {
        let revision: String
        let decision: CaseVerdict
        let isRetracted: Bool
        let claims: [Claim]
        let reasons: [RecordReason]
    }

    private let file: String
    private let lines = JSONLines()
    private var entries: [String: Entry] = [:]

    /// Makes an empty set.
    /// - Parameter file: the name of the file, for findings.
    public init(file: String) {
        self.file = file
    }

    /// Takes a record. Of one outcome the highest revision counts, and of equal ones the later line; a revision that is
    /// empty, of a tombstone, counts by its place.
    ///
    /// - Parameters:
    ///   - line: one record; a blank line is passed over.
    ///   - number: its number, from 1.
    /// - Returns: what is wrong with it; it is not taken then.
    public mutating func take(_ line: UnsafeRawBufferPointer, number: Int) -> Finding? {
        guard line.contains(where: { $0 > 0x20 }) else { return nil }
        let node: YAMLNode
        do throws(JSONError) {
            node = try lines.tree(line, number: number)
        } catch {
            return Finding(file: file, line: number, key: "", message: error.message)
        }
        let reading = RecordReading(node)
        guard let key = reading.key, let verdict = reading.verdict, let claims = reading.claims else {
            return Finding(
                file: file, line: number, key: reading.fault,
                message: "expected an attribution record, of the type org.city.attribution.v1")
        }
        if let known = entries[key], !known.revision.isEmpty, !reading.revision.isEmpty,
            reading.revision < known.revision
        {
            return nil
        }
        entries[key] = Entry(
            revision: reading.revision, decision: CaseVerdict(verdict), isRetracted: verdict == .retracted,
            claims: claims, reasons: reading.reasons ?? [])
        return nil
    }

    /// The claims of all outcomes, by outcome key and connection.
    public var claims: [Claim] {
        entries.values.flatMap(\.claims).sorted { ($0.outcome, $0.connection) < ($1.outcome, $1.connection) }
    }

    /// What would be decided of the outcomes with other strengths, beside what is.
    ///
    /// - Parameters:
    ///   - changes: the strengths that change, in basis points by rule.
    ///   - rules: the thresholds.
    public func effect(of changes: [String: Int], _ rules: Rules) -> StrengthEffect {
        var effect = StrengthEffect()
        for entry in entries.values where !entry.isRetracted {
            effect.add(entry.decision, entry.reasons, changes, rules)
        }
        return effect
    }

    /// Outcomes that were abstained from, of all that were not withdrawn.
    public var abstained: Proportion {
        let standing = entries.values.filter { !$0.isRetracted }
        return Proportion(standing.count { $0.decision == .abstained }, of: standing.count)
    }

    /// Claims whose reasons go back to one origin, of all claims.
    public var onOneOrigin: Proportion {
        let claims = claims
        return Proportion(claims.count { $0.origins == 1 }, of: claims.count)
    }
}

/// What one record says, as far as it can be read.
private struct RecordReading {
    let key: String?
    let revision: String
    let verdict: Verdict?
    let claims: [Claim]?
    /// The reasons, whatever was decided; nil where one cannot be read.
    let reasons: [RecordReason]?
    /// The member that is not as expected.
    let fault: String

    init(_ record: YAMLNode) {
        let data = record["data"]
        let key = data?["outcome"]?["key"]?.text
        let verdict = Verdict.allCases.first { "\($0.name)" == data?["decision"]?.text }
        var claims: [Claim]?
        reasons = RecordReading.reasons(data)
        if let key, let verdict, let reasons { claims = RecordReading.claims(of: key, verdict, data, reasons) }
        self.verdict = verdict
        self.claims = claims
        self.key = record["type"]?.text == "org.city.attribution.v1" ? key : nil
        revision = data?["outcome"]?["revision"]?.text ?? ""
        fault =
            self.key == nil
            ? key == nil ? "data.outcome.key" : "type"
            : verdict == nil ? "data.decision" : claims == nil ? "data.evidence" : ""
    }

    /// The claims of a record; nil where its evidence cannot be read.
    private static func claims(
        of key: String, _ verdict: Verdict, _ data: YAMLNode?, _ reasons: [RecordReason]
    ) -> [Claim]? {
        guard CaseVerdict(verdict).isClaim else { return [] }
        let place = ["topic", "partition", "offset"].compactMap { data?["provenance"]?[$0]?.text }
        guard place.count == 3 else { return nil }
        let byConnection = Dictionary(grouping: reasons.filter { $0.tier != "T3" }, by: \.connection)
        return byConnection.map { connection, reasons in
            var combined = NoisyOr()
            for reasons in Dictionary(grouping: reasons, by: \.origin).values {
                combined.add(reasons.map(\.strength).max() ?? 0)
            }
            return Claim(
                outcome: key, connection: connection, rule: reasons.min()?.rule ?? "", strength: combined.strength,
                origins: Set(reasons.map(\.origin)).count, event: place.joined(separator: ":"))
        }
    }

    private static func reasons(_ data: YAMLNode?) -> [RecordReason]? {
        var reasons: [RecordReason] = []
        for item in data?["evidence"]?.items ?? [] {
            guard let reason = RecordReason(item) else { return nil }
            reasons.append(reason)
        }
        return reasons
    }
}

/// One entry of the evidence of a record.
struct RecordReason: Comparable {
    let connection: String
    let rule: String
    let tier: String
    let origin: String
    /// In basis points.
    let strength: Int

    init?(_ node: YAMLNode) {
        guard let connection = node["connection"]?.text, let rule = node["rule"]?.text,
            let tier = node["tier"]?.text, let origin = node["origin"]?.text,
            let strength = node["strength"]?.number, (0...1).contains(strength)
        else { return nil }
        (self.connection, self.rule, self.tier, self.origin) = (connection, rule, tier, origin)
        self.strength = Int((strength * 10_000).rounded())
    }

    /// The better reason is the less.
    static func < (left: RecordReason, right: RecordReason) -> Bool {
        (left.tier, right.strength, left.rule) < (right.tier, left.strength, right.rule)
    }
}
