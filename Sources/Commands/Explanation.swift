import Attribution
import Connections
import Intake
import Pipeline
import Primitives

/// What became of one event, as a person would tell it.
///
/// Everything here was read by the profile; the id of the source record, which would undo the pseudonym, is left out.
struct Explanation {
    let engine: Engine
    /// The processor that has just processed the event.
    let processor: EventProcessor
    /// Where the event stands, such as `events.ndjson, line 3`.
    let place: String
    /// Whether names of members that the profile does not know are shown.
    let showsNames: Bool
    /// The language of the story.
    let language: DecisionStory.Language

    /// The whole text.
    func text(_ processed: Processed, _ message: SourceMessage) -> String {
        var sections: [[String]]
        var last: [String] = []
        switch processed {
        case .record, .unpublished:
            sections = [heading, story, references, reasons, nearMisses, credit]
            last = key
        case .skipped(let reason): sections = [skipped(reason)]
        case .deadLetter(let fault): sections = [refused(fault)]
        }
        // What was read is no longer valid after this.
        if processed.mayBeAccounted, let account = processor.account(of: message) {
            let fields = ExplanationFields(account, showsNames: showsNames)
            sections += [fields.read, fields.ignored]
        }
        return (sections + [last]).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
            .joined(separator: "\n")
    }

    private var source: String { "Event     \(place), read by profile \(engine.profile.name) for \(engine.department)" }

    private func skipped(_ reason: SkipReason) -> [String] {
        guard reason == .notAnOutcome else { return [source, "Skipped   \(reason.rawValue): \(reason.meaning)"] }
        return [
            source, "Skipped   \(reason.rawValue): the profile calls an event an outcome only where all of this holds:",
        ]
            + engine.profile.conditions.map { "  \($0)" }
    }

    private func refused(_ fault: Fault) -> [String] {
        [
            source,
            "Refused   \(fault.code.rawValue), at the stage \(fault.code.stage.rawValue); it goes to the dead letters.",
            "Where     \(Wording.text(fault.message))", "Meaning   \(fault.code.meaning)",
        ]
    }

    private var heading: [String] {
        let outcome = processor.event.outcome
        var parts = [outcome.type.isEmpty ? "an outcome" : Wording.text(outcome.type)]
        if let day = outcome.occurredOn { parts.append("on \(Wording.date(day))") }
        if !outcome.isRetracted { parts += measures(outcome) }
        return [source, "Outcome   \(parts.joined(separator: ", "))", "Decision  \(decision)"]
    }

    private func measures(_ outcome: Outcome) -> [String] {
        var parts = ["count \(Wording.number(outcome.count))"]
        if let people = outcome.people { parts.append("people \(Wording.number(people))") }
        if let cents = outcome.usdCents { parts.append("US dollars \(Wording.money(cents))") }
        parts.append("\(outcome.direction.name)")
        if let district = outcome.district { parts.append("district \(Wording.text(district))") }
        if !outcome.groups.isEmpty {
            let groups = outcome.groups.map { "\(Wording.text($0.code)) \(Wording.number($0.people))" }
            parts.append("groups (\(groups.joined(separator: ", ")))")
        }
        return parts
    }

    private var decision: String {
        let decision = processor.decision
        let together = "the connections' strength together is \(Wording.strength(decision.strength))"
        let tier = decision.tier.map { " (\($0.name))" } ?? ""
        let enabled = Wording.strength(engine.rules.enabledFrom)
        let contributed = Wording.strength(engine.rules.contributedFrom)
        return switch decision.verdict {
        case .enabled: "enabled\(tier): \(together), and \(enabled) is enough"
        case .contributed: "contributed\(tier): \(together), at least \(contributed) but below \(enabled)"
        case .abstained: "abstained\(tier): there is circumstantial evidence only, so nothing is credited"
        case .domestic where decision.strength > 0: "domestic: \(together), below \(contributed)"
        case .domestic: "domestic: no connection had a part in it that could be shown"
        case .retracted: "retracted: the source withdraws the outcome, so nothing is decided"
        }
    }

    /// The decision in a sentence or two, for those who want no more.
    private var story: [String] {
        ["In short", "  \(Wording.text(DecisionStory(processor.decision, registry: engine.registry).text(language)))"]
    }

    private var references: [String] {
        let references = processor.event.references
        let others = ExplanationNames(engine: engine, processor: processor).lines
        if references.isEmpty, others.isEmpty {
            return processor.event.outcome.isRetracted ? [] : ["References", "  none"]
        }
        return ["References"]
            + references.map { reference in
                let mechanism = reference.mechanism.map { "\($0.name)" } ?? "no mechanism"
                let entry = engine.registry.identifier(scheme: reference.scheme, id: reference.id)
                let match = entry.map { "matches \(partner($0.connectionIndex))" } ?? "not in the registry"
                let isKnown = entry != nil
                return "  \(shown(reference.scheme, isKnown)) \(shown(reference.id, isKnown)), \(mechanism), at "
                    + "\(processor.path(reference.field)): \(match)"
            }
            + others
    }

    /// A part of a reference. One with spaces in it that the registry does not have may be any text, of a person too.
    private func shown(_ part: UnsafeRawBufferPointer, _ isKnown: Bool) -> String {
        let text = Wording.text(part)
        return isKnown || !text.contains(where: \.isWhitespace) ? text : "(a text with spaces, not shown)"
    }

    private var reasons: [String] {
        let evidence = processor.decision.evidence
        if evidence.isEmpty { return [] }
        return ["Reasons"]
            + evidence.flatMap { reason in
                let rule = engine.rules.rules[reason.rule]
                let mechanism = reason.mechanism.map { "\($0.name)" } ?? "no mechanism"
                return [
                    "  \(partner(reason.connection)): \(reason.tier.name), \(mechanism), strength "
                        + "\(Wording.strength(reason.strength)), rule \(rule.id), at \(processor.path(reason.field))",
                    "    \(rule.reason)",
                ]
            }
    }

    private var nearMisses: [String] {
        let misses = processor.decision.nearMisses
        if misses.isEmpty { return [] }
        return ["Near misses"]
            + misses.map { "  \(partner($0.connection)): rule \(engine.rules.rules[$0.rule].id) \(words(for: $0))" }
    }

    private func words(for miss: NearMiss) -> String {
        let facts = engine.registry.connections[miss.connection]
        let day = miss.day.map { CivilDate(daysSinceEpoch: $0) }
        switch miss.reason {
        case .ended:
            guard let day else { return "would have counted before the connection ended, on a day that is not known" }
            let what =
                facts.terms.contains { $0.period.until == day }
                ? "when the connection ended" : "when the identifier went out of use"
            return "would have counted until \(Wording.date(day)), \(what)"
        case .notStarted:
            guard let day else { return "would have counted once the connection had begun" }
            let what =
                facts.terms.contains { $0.period.from == day }
                ? "when the connection began" : "when the identifier came into use"
            return "would have counted from \(Wording.date(day)), \(what)"
        case .outOfScope:
            let scope = facts.departments?.joined(separator: ", ") ?? "all"
            return "would have counted in the connection's scope (\(scope)); \(engine.department) is not in it"
        case .noMechanism: return "would have counted for more if the event said what the connection did (a mechanism)"
        case .unverified: return "would have counted in full if a second person had verified the connection"
        case .proposed: return "would have counted in full if the connection were in force; it is only proposed"
        case .scheme: return "would have counted in full if the rules accepted the identifier's scheme as documentary"
        case .ambiguous: return "would have counted if the name could mean no other connection"
        case .nameAlone: return "would have counted if the event said more than the name of a place"
        case .negated: return "did not fire, since the text says that it did not happen"
        case .planned: return "did not fire, since the text tells of a plan"
        case .outbound: return "did not fire, since the text tells of help for the partner"
        case .activity: return "did not fire, since the text tells of a visit, a meeting or a signature"
        case .aggregate: return "did not fire, since the text tells of a total over years or places"
        case .otherReceiver:
            return "did not fire, since the text says that somebody else than a department of this city received it"
        case .noResult: return "did not fire, since the text does not say what came of it"
        case .weak: return "did not fire, since the words around it have too few points by the rules"
        case .belowThreshold:
            return "counted, but all reasons together reach \(Wording.strength(processor.decision.strength)), below "
                + "\(Wording.strength(engine.rules.contributedFrom))"
        }
    }

    private var credit: [String] {
        let decision = processor.decision
        if decision.credit.isEmpty { return [] }
        let players =
            decision.credit.map { (name: engine.registry.connections[$0.connection].partner, share: $0.basisPoints) }
            + [(name: "the city's own effort", share: decision.domesticBasisPoints)]
        let width = players.map(\.name.count).max() ?? 0
        let rows = players.map { name, share in
            let length = (share * Explanation.barLength + 5000) / 10_000
            let bar = String(repeating: "█", count: length)
            return "  \(name.padded(to: width))  \(bar.padded(to: Explanation.barLength))  "
                + Wording.share(share).aligned(to: 8)
        }
        let total = players.reduce(0) { $0 + $1.share }
        let sum =
            "  \("together".padded(to: width + 2 + Explanation.barLength))  " + Wording.share(total).aligned(to: 8)
        return ["Credit"] + rows + [sum]
    }

    /// Characters of a bar that stands for the whole.
    private static let barLength = 40

    private var key: [String] { ["Outcome key  " + Wording.text(processor.key)] }

    private func partner(_ connection: Int) -> String {
        let facts = engine.registry.connections[connection]
        return "\(Wording.text(facts.partner)) (\(facts.id))"
    }
}

extension Processed {
    /// Whether it may be told what stands in the event: not where nothing of it is kept, or where it is not known what
    /// it is.
    fileprivate var mayBeAccounted: Bool {
        switch self {
        case .record, .unpublished: true
        case .skipped(let reason): ![.victimService, .headerRow, .tombstoneWithoutKey].contains(reason)
        case .deadLetter(let fault):
            fault.code.stage != .parse && ![.classification, .contentType, .registryFraming].contains(fault.code)
        }
    }
}

extension EventProcessor {
    /// The path of a field of the last event, as evidence names it.
    func path(_ field: FieldReference) -> String {
        var buffer = ByteBuffer(capacity: 256)
        write(field, into: &buffer)
        return buffer.text()
    }
}
