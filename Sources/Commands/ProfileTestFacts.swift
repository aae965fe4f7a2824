import Attribution
import Connections
import Intake
import Pipeline
import Primitives
import YAML

/// What came of an event, or has to, as texts by key: `outcome.type`, `references[0].id`, `credit.pm:consulate:mexico`.
struct ProfileTestFacts {
    /// The texts by key; nil for what must not be there.
    private(set) var facts: [String: String?] = [:]
    /// The keys of lists and tables that are stated whole: nothing else may stand below them.
    private var whole: Set<String> = []

    /// What can be expected of a message.
    static let messageFields: [FieldSpec] = [
        FieldSpec("skipped", .enumeration(reasons)), FieldSpec("deadLetter", .enumeration(codes)),
        FieldSpec("decision", .enumeration(verdicts)),
        FieldSpec("outcome", .mapping(outcomeKeys.map { FieldSpec($0, $0 == "groups" ? .table(.text) : .anyText) })),
        FieldSpec("references", mentions(["scheme", "id"])), FieldSpec("named", mentions(["name", "country"])),
        FieldSpec("searched", .list(path)),
        FieldSpec("credit", .table(.integer(0...10_000))),
        FieldSpec(
            "nearMisses",
            .list(.mapping([FieldSpec("connection", .text), FieldSpec("reason", .enumeration(nearMissReasons))]))),
    ]
    /// What can be expected of a file of events.
    static let fileFields: [FieldSpec] =
        ["received", "badRows", "outcomes"].map { FieldSpec($0, count) }
        + [("decisions", verdicts), ("skipped", reasons), ("deadLetters", codes)].map { name, keys in
            FieldSpec(name, .mapping(keys.map { FieldSpec($0, count) }))
        }
    private static func mentions(_ parts: [String]) -> FieldSpec.Kind {
        .list(
            .mapping(
                parts.map { FieldSpec($0, .anyText) } + [
                    FieldSpec("mechanism", .enumeration(Mechanism.allCases.map { "\($0.name)" })),
                    FieldSpec("at", path),
                ]))
    }
    private static let path = FieldSpec.Kind.form("a path such as $.references[0].id") { $0.hasPrefix("$") }
    private static let count = FieldSpec.Kind.integer(0...Int.max)
    private static let reasons = SkipReason.allCases.map(\.rawValue)
    private static let codes = FaultCode.allCases.map(\.rawValue)
    private static let verdicts = Verdict.allCases.map { "\($0.name)" }
    private static let nearMissReasons = NearMiss.Reason.allCases.map { "\($0.name)" }
    private static let outcomeKeys = [
        "key", "type", "occurredOn", "count", "people", "usd", "direction", "district", "groups", "revision", "time",
    ]

    /// What a test states.
    init(expected node: YAMLNode?) {
        for (key, value) in node?.members ?? [] { add(value, at: key.scalar ?? "", isWhole: true) }
    }

    private mutating func add(_ node: YAMLNode, at key: String, isWhole: Bool) {
        switch node.content {
        case .scalar(let text, _):
            facts[key] = .some(node.isNull ? nil : text)
            // Of a list or a table that must not be there, nothing may be there.
            if node.isNull { whole.insert(key) }
        case .sequence(let items):
            if isWhole { whole.insert(key) }
            for (index, item) in items.enumerated() { add(item, at: "\(key)[\(index)]", isWhole: false) }
        case .mapping(let members):
            // Of an outcome and of an element of a list, what is left out may be anything.
            if isWhole, key != "outcome" { whole.insert(key) }
            for (name, value) in members { add(value, at: "\(key).\(name.scalar ?? "")", isWhole: key == "outcome") }
        }
    }

    /// What came of one event.
    init(_ processed: Processed, _ processor: EventProcessor, _ connections: [ConnectionFacts]) {
        switch processed {
        case .skipped(let reason): facts["skipped"] = reason.rawValue
        case .deadLetter(let fault): facts["deadLetter"] = fault.code.rawValue
        case .record, .unpublished:
            facts["decision"] = "\(processor.decision.verdict.name)"
            add(processor.event, processor)
            add(processor.decision, connections)
        }
    }

    private mutating func add(_ event: SourceEvent, _ processor: EventProcessor) {
        func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
        let outcome = event.outcome
        facts["outcome.key"] = text(event.recordID)
        if !outcome.type.isEmpty { facts["outcome.type"] = text(outcome.type) }
        if let day = outcome.occurredOn { facts["outcome.occurredOn"] = "\(day)" }
        facts["outcome.count"] = String(outcome.count)
        if let people = outcome.people { facts["outcome.people"] = String(people) }
        if let cents = outcome.usdCents { facts["outcome.usd"] = ProfileTestFacts.dollars(cents) }
        facts["outcome.direction"] = "\(outcome.direction.name)"
        if let district = outcome.district { facts["outcome.district"] = text(district) }
        for group in outcome.groups { facts["outcome.groups.\(text(group.code))"] = String(group.people) }
        if let revision = event.revision { facts["outcome.revision"] = String(revision) }
        if let time = event.time { facts["outcome.time"] = "\(time)" }
        for (index, reference) in event.references.enumerated() {
            facts["references[\(index)].scheme"] = text(reference.scheme)
            facts["references[\(index)].id"] = text(reference.id)
            if let mechanism = reference.mechanism { facts["references[\(index)].mechanism"] = "\(mechanism.name)" }
            facts["references[\(index)].at"] = processor.path(reference.field)
        }
        for (index, partner) in event.named.enumerated() {
            facts["named[\(index)].name"] = text(partner.name)
            if let country = partner.country { facts["named[\(index)].country"] = text(country) }
            if let mechanism = partner.mechanism { facts["named[\(index)].mechanism"] = "\(mechanism.name)" }
            facts["named[\(index)].at"] = processor.path(partner.field)
        }
        for (index, searched) in event.searched.enumerated() {
            facts["searched[\(index)]"] = processor.path(searched.field)
        }
    }

    private mutating func add(_ decision: Decision, _ connections: [ConnectionFacts]) {
        for share in decision.credit {
            facts["credit.\(connections[share.connection].id)"] = String(share.basisPoints)
        }
        for (index, miss) in decision.nearMisses.enumerated() {
            facts["nearMisses[\(index)].connection"] = connections[miss.connection].id
            facts["nearMisses[\(index)].reason"] = "\(miss.reason.name)"
        }
    }

    /// What came of all events of a file.
    init(_ counters: Counters, badRows: Int) {
        facts["badRows"] = String(badRows)
        facts["received"] = String(counters.received)
        facts["outcomes"] = String(counters.outcomes)
        for verdict in Verdict.allCases where counters.count(of: verdict) > 0 {
            facts["decisions.\(verdict.name)"] = String(counters.count(of: verdict))
        }
        for (reason, count) in counters.skipped { facts["skipped.\(reason.rawValue)"] = String(count) }
        for (code, count) in counters.deadLetters { facts["deadLetters.\(code.rawValue)"] = String(count) }
    }

    /// Where what was found differs from this, a line for each key, in the order of the keys.
    func differences(from found: ProfileTestFacts) -> [String] {
        var lines: [(key: String, line: String)] = []
        for (key, expected) in facts {
            let there = found.facts[key] ?? nil
            if there == expected { continue }
            lines.append((key, "\(key): expected \(expected ?? "nothing"), found \(there ?? "nothing")"))
        }
        for (key, value) in found.facts where facts[key] == nil && isStatedWhole(key) {
            lines.append((key, "\(key): expected nothing, found \(value ?? "nothing")"))
        }
        return lines.sorted { $0.key < $1.key }.map { Wording.text($0.line) }
    }

    /// Whether a key stands in a list or table that the test states whole, in an element that it does not state.
    private func isStatedWhole(_ key: String) -> Bool {
        whole.contains { prefix in
            guard key.hasPrefix(prefix), let next = key.dropFirst(prefix.count).first else { return false }
            if next == "." { return true }
            guard next == "[", let end = key.firstIndex(of: "]") else { return false }
            let element = key[...end]
            return !facts.keys.contains { $0.hasPrefix(element) }
        }
    }

    private static func dollars(_ cents: Int64) -> String {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(cents: cents)
        return buffer.text()
    }
}
