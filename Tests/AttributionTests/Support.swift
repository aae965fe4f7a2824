import Connections
import Primitives
import Testing

@testable import Attribution

/// The rule set that is built in.
func defaultRules(sourceLocation: SourceLocation = #_sourceLocation) throws -> Rules {
    let reading = BuiltInRules.reading
    return try #require(reading.rules, "\(reading.findings)", sourceLocation: sourceLocation)
}

/// The default rule set with one text in the place of another.
func rules(
    replacing text: String, with other: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Rules {
    let file = try defaultFile(replacing: text, with: other, sourceLocation: sourceLocation)
    let reading = RulesFile.read(Array(file.utf8), file: "rules.yaml")
    return try #require(reading.rules, "\(reading.findings)", sourceLocation: sourceLocation)
}

/// The text of the default rule set with one text, which must be there, in the place of another.
func defaultFile(
    replacing text: String, with other: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> String {
    let file = String(decoding: BuiltInRules.bytes, as: UTF8.self)
    try #require(file.contains(text), "not in the file: \(text)", sourceLocation: sourceLocation)
    return file.replacing(text, with: other, maxReplacements: 1)
}

/// A day that is one.
func day(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
    try #require(CivilDate(text), sourceLocation: sourceLocation)
}

/// An active, verified connection since 2001 with a grant of its own, `grant-<id>`, unless the change says otherwise.
func connection(_ id: String, _ change: (inout Connection) -> Void = { _ in }) -> Connection {
    var connection = Connection(id: id, type: .network, partner: "Partner of \(id)")
    connection.verified = true
    connection.since = PartialDate("2001")
    connection.identifiers = [ConnectionIdentifier(scheme: "grant", id: "grant-\(id)")]
    change(&connection)
    return connection
}

/// A reference as a test writes it.
struct Stated {
    let scheme: String
    let id: String
    let mechanism: Mechanism?

    init(_ scheme: String, _ id: String, _ mechanism: Mechanism?) {
        self.scheme = scheme
        self.id = id
        self.mechanism = mechanism
    }
}

/// A decision in words, with ids in the place of indexes.
struct Told: Equatable, CustomStringConvertible {
    var verdict: String
    var tier: String?
    var strength: Int
    var credit: [String]
    var domestic: Int
    var evidence: [String]
    var nearMisses: [String]

    init(_ decision: Decision, _ registry: RegistryIndex, _ rules: Rules) {
        func id(_ index: Int) -> String { registry.connections[index].id }
        verdict = "\(decision.verdict.name)"
        tier = decision.tier.map { "\($0.name)" }
        strength = decision.strength
        credit = decision.credit.map { "\(id($0.connection)) \($0.basisPoints)" }
        domestic = decision.domesticBasisPoints
        evidence = decision.evidence.map { reason in
            let mechanism = reason.mechanism.map { "\($0.name)" } ?? "-"
            return "\(id(reason.connection)) \(rules.rules[reason.rule].id) \(reason.tier.name) \(mechanism) "
                + "\(reason.strength) [\(reason.field.path),\(reason.field.element)] "
                + String(decoding: reason.origin, as: UTF8.self)
        }
        nearMisses = decision.nearMisses.map { miss in
            let on = miss.day.map { " \(CivilDate(daysSinceEpoch: $0))" } ?? ""
            return "\(id(miss.connection)) \(rules.rules[miss.rule].id) \(miss.reason.name)\(on)"
        }
    }

    var description: String {
        "\(verdict) \(tier ?? "-") \(strength) credit \(credit) domestic \(domestic) evidence \(evidence) "
            + "near misses \(nearMisses)"
    }
}

/// A registry, rules and a department, ready to decide.
struct Bench {
    let registry: RegistryIndex
    let rules: Rules
    let department: String

    init(_ connections: [Connection], rules: Rules? = nil, department: String = "housing") throws {
        try self.init(
            registry: Registry(connections: connections, digest: "test"), rules: rules, department: department)
    }

    init(registry: Registry, rules: Rules? = nil, department: String = "housing") throws {
        self.registry = RegistryIndex(registry)
        self.rules = try rules ?? defaultRules()
        self.department = department
    }

    /// The candidates of references, each read from an element of path 0.
    func candidates(_ references: [Stated]) -> [Candidate] {
        let matcher = ReferenceMatcher(rules: rules, registry: registry)
        var candidates: [Candidate] = []
        for (element, stated) in references.enumerated() {
            Array(stated.scheme.utf8).withUnsafeBytes { scheme in
                Array(stated.id.utf8).withUnsafeBytes { id in
                    let field = FieldReference(path: 0, element: element)
                    matcher.match(
                        Reference(scheme: scheme, id: id, mechanism: stated.mechanism, field: field),
                        into: &candidates)
                }
            }
        }
        return candidates
    }

    /// The decision on candidates.
    func decide(_ candidates: [Candidate], on date: String = "2026-03-04", type: StaticString = "shelter") -> Told {
        var outcome = Outcome()
        outcome.type = UnsafeRawBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount)
        outcome.occurredOn = CivilDate(date)
        var decision = Decision()
        Decider(rules: rules, registry: registry, department: department).decide(
            outcome, candidates, into: &decision)
        return Told(decision, registry, rules)
    }

    /// The decision on references.
    func decide(_ references: Stated..., on date: String = "2026-03-04", type: StaticString = "shelter") -> Told {
        decide(candidates(references), on: date, type: type)
    }
}
