import Attribution
import Connections
import Intake
import Narrative
import Pipeline

/// What the names and texts of an event say of connections, for people. Neither a name nor a text is shown: that it
/// stands for an organisation is what the profile hopes, not what is known.
struct ExplanationNames {
    let engine: Engine
    /// The processor that has just processed the event.
    let processor: EventProcessor

    /// A line for each field, and for each connection that a text names.
    var lines: [String] {
        guard let names = engine.names else {
            return (processor.event.named.map(\.field) + processor.event.searched.map(\.field)).map {
                "  at \(processor.path($0)): the rules say nothing of language, so names and texts are not read"
            }
        }
        let matcher = NameMatcher(registry: engine.registry, names: names)
        let named = processor.event.named.flatMap { partner in
            var candidates: [Candidate] = []
            matcher.match(partner, into: &candidates)
            let mechanism = partner.mechanism.map { "\($0.name)" } ?? "no mechanism"
            return lines("a name, \(mechanism)", partner.field, candidates, none: "not in the registry")
        }
        let searched = processor.event.searched.flatMap { text in
            var candidates: [Candidate] = []
            matcher.match(text.text, text.field, into: &candidates)
            return lines("a text", text.field, candidates, none: "no connection is named in it")
        }
        return named + searched
    }

    private func lines(
        _ what: String, _ field: FieldReference, _ candidates: [Candidate], none: String
    ) -> [String] {
        let start = "  \(what), at \(processor.path(field)): "
        if candidates.isEmpty { return [start + none] }
        return candidates.map { candidate in
            let facts = engine.registry.connections[candidate.connection]
            return start + "\(Wording.text(facts.partner)) (\(facts.id)), " + words(candidate)
        }
    }

    private func words(_ candidate: Candidate) -> String {
        guard case .named(let certainty, let obstacle) = candidate.kind else { return "matches" }
        let who =
            switch certainty {
            case .beyondDoubt: "named beyond doubt"
            case .nameAlone: "by the name of a place, or a part of a longer name, alone"
            case .ambiguous: "by a name that another connection has, too"
            }
        let what = candidate.mechanism.map { ", \($0.name)" } ?? ""
        return who + what + (obstacle.map { ", but \(words($0))" } ?? "")
    }

    private func words(_ obstacle: Obstacle) -> String {
        switch obstacle {
        case .negated: "the text says that it did not happen"
        case .planned: "the text tells of a plan"
        case .outbound: "the text tells of help for the partner"
        case .activity: "the text tells of a visit, a meeting or a signature"
        case .aggregate: "the text tells of a total over years or places"
        case .otherReceiver: "the text says that somebody else than a department of this city received it"
        case .noResult: "the text does not say what came of it"
        case .weak: "the words around it have too few points"
        }
    }
}
