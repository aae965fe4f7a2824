import Attribution
import Connections
import Evaluation
import Intake
import Narrative
import Pipeline
import Primitives

/// Decides labelled cases as a worker would decide the events that they stand for.
///
/// A passage has no event around it: it is read as a text in which everything has to be told. A case of a city is
/// decided with the rows of that city, where rows say which they belong to.
final class CaseDecider {
    private let rules: Rules
    private let registry: Registry
    private let profile: Profile
    private var indexes: [String: (registry: RegistryIndex, names: NameMatcher?)] = [:]
    private var deciders: [String: Decider] = [:]
    private var processors: [String: EventProcessor] = [:]

    /// Makes a decider; `registry` as known on the as-of day.
    init(rules: Rules, registry: Registry, profile: Profile) {
        self.rules = rules
        self.registry = registry
        self.profile = profile
    }

    /// What is decided of a case.
    func decide(_ labelled: LabelledCase) -> JudgedCase {
        switch labelled.content {
        case .text(let text): decide(labelled, text)
        case .event(let event): decide(labelled, event)
        }
    }

    private func decide(_ labelled: LabelledCase, _ text: String) -> JudgedCase {
        let (registry, names) = index(of: labelled.city)
        var outcome = Outcome()
        outcome.occurredOn = Self.day(of: labelled)
        var candidates: [Candidate] = []
        Array(text.utf8).withUnsafeBytes { bytes in
            names?.match(
                bytes, FieldReference(path: 0, element: 0), isOutcomeKnown: false, into: &candidates)
        }
        var decision = Decision()
        decider(labelled, registry).decide(outcome, candidates, into: &decision)
        return judged(labelled, decision, registry)
    }

    private func decide(_ labelled: LabelledCase, _ event: [UInt8]) -> JudgedCase {
        let processor = processor(labelled)
        let processed = event.withUnsafeBytes { processor.process(SourceMessage(payload: $0, offset: 0)) }
        switch processed {
        case .record, .unpublished: return judged(labelled, processor.decision, index(of: labelled.city).registry)
        case .skipped(let reason):
            return JudgedCase(labelled, verdict: .skipped, explanation: "Skipped: \(reason.meaning)")
        case .deadLetter(let fault):
            return JudgedCase(labelled, verdict: .deadLetter, explanation: "Refused: \(fault.code.meaning)")
        }
    }

    private func judged(_ labelled: LabelledCase, _ decision: Decision, _ registry: RegistryIndex) -> JudgedCase {
        JudgedCase(
            labelled, verdict: CaseVerdict(decision.verdict), strength: decision.strength,
            connections: decision.credit.map { registry.connections[$0.connection].id },
            rules: decision.evidence.map { rules.rules[$0.rule].id }, tier: decision.tier,
            explanation: DecisionStory(decision, registry: registry).text(.english))
    }

    /// The last day on which the outcome can have occurred; a day after all starts where none is known.
    private static func day(of labelled: LabelledCase) -> CivilDate? {
        labelled.date?.last ?? CivilDate("9999-12-31")
    }

    private func index(of city: String?) -> (registry: RegistryIndex, names: NameMatcher?) {
        let key = city ?? ""
        if let known = indexes[key] { return known }
        var rows = registry
        rows.connections = registry.connections.filter { $0.city == nil || $0.city == city }
        let index = RegistryIndex(rows)
        let names = rules.language.map { language in
            NameMatcher(registry: index, names: NameIndex(index, language: language, home: city))
        }
        indexes[key] = (index, names)
        return (index, names)
    }

    private func decider(_ labelled: LabelledCase, _ registry: RegistryIndex) -> Decider {
        let key = "\(labelled.city ?? "")\n\(labelled.department)"
        if let known = deciders[key] { return known }
        let decider = Decider(rules: rules, registry: registry, department: labelled.department)
        deciders[key] = decider
        return decider
    }

    private func processor(_ labelled: LabelledCase) -> EventProcessor {
        let key = "\(labelled.city ?? "")\n\(labelled.department)"
        if let known = processors[key] { return known }
        let engine = Engine(
            profile: profile, rules: rules, registry: index(of: labelled.city).registry, city: labelled.city ?? "city",
            department: labelled.department, secret: EngineLoader.trialSecret)
        let processor = EventProcessor(engine: engine, topic: "labelled")
        processors[key] = processor
        return processor
    }
}
