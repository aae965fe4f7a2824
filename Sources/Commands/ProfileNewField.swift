import Intake
import JSON
import Primitives

/// A path of a sample, as a profile would have it, and what can be said of it.
struct SampleField {
    /// The way to it from the root.
    let steps: [SamplePlace.Step]
    /// The path, as RFC 9535 has it.
    let path: String
    /// The names of the members on the way, the last one last.
    let names: [String]
    /// The wildcards on the way.
    let wildcards: Int
    /// True where the path ends in one.
    let endsInWildcard: Bool
    let place: SamplePlace
    /// The category of the deny list that it is on; `anything` where it may lead to any field.
    let denial: String?
    /// The name that is on it, or what of that is.
    let listed: String?
    /// True where a word for a person stands on the way.
    let isOfPerson: Bool

    static let anything = "may find any field"

    /// Every path of a sample in the order in which they were met.
    static func all(below root: SamplePlace) -> [SampleField] {
        var fields: [SampleField] = []
        collect(root, [], into: &fields)
        return fields
    }

    private static func collect(
        _ place: SamplePlace, _ steps: [SamplePlace.Step], into fields: inout [SampleField]
    ) {
        for child in place.children where child.step.canBeWritten {
            if let field = SampleField(child, steps + [child.step]) { fields.append(field) }
            collect(child, steps + [child.step], into: &fields)
        }
    }

    /// Nil for a path that is longer than a profile may have it.
    init?(_ place: SamplePlace, _ steps: [SamplePlace.Step]) {
        let path = "$" + steps.map(\.text).joined()
        guard let query = try? JSONPath(path) else { return nil }
        self.steps = steps
        self.path = path
        self.place = place
        names = steps.compactMap { if case .member(let name) = $0 { name } else { nil } }
        wildcards = steps.count - names.count
        endsInWildcard = query.endsInWildcard
        let denied = DenyList.builtIn.denial(of: query, for: .output)
        denial = denied.map { $0.category ?? SampleField.anything }
        listed = denied?.listed
        // A `name` below it is refused as that of an organisation only where it is the name of a person.
        let below = endsInWildcard ? nil : try? JSONPath(path + ".name")
        isOfPerson = below.map { DenyList.builtIn.denial(of: $0, for: .named) != nil } ?? (denial != nil)
        (last, tail) = (NameWords.of(names.last ?? ""), NameWords.of(names.suffix(2).joined(separator: " ")))
    }

    /// The words of the last name, and those of the last two.
    let last: NameWords
    let tail: NameWords

    var facts: ValueFacts { place.facts }
    var kinds: KindCounts { place.kinds }

    /// True for one value at most, which is neither object nor array nor denied.
    var canBeMapped: Bool {
        denial == nil && wildcards == 0 && kinds.objects == 0 && kinds.arrays == 0 && facts.count > 0
    }

    /// True where all values are texts or whole numbers, as those of identifiers and codes are.
    var isIdentifierKind: Bool { kinds.numbers == 0 && kinds.truths == 0 && facts.count > 0 }

    /// True where the values are days or instants by their form, and not numbers that may be anything.
    var isDate: Bool {
        kinds.wholes == 0 && facts.count > 0
            && facts.dates.contains { !$0.rawValue.hasPrefix("epoch") && $0 != .compact }
    }

    /// True where the name says that the values are codes.
    var speaksOfCodes: Bool {
        last.rank(in: [
            "code", "status", "state", "type", "kind", "category", "class", "outcome", "cause", "effect", "event",
            "record",
            "stage", "phase", "channel",
        ]) != nil
    }

    /// The codes that may be shown, the most frequent first, and whether these are all; nil where none may.
    ///
    /// A word that is all there is of a field may be a name. So it takes a name that speaks of codes, or many events
    /// and more than a few of each value.
    var codes: (shown: [(code: String, count: Int)], areAll: Bool)? {
        guard denial == nil, !isOfPerson, !isDate, isIdentifierKind, let codes = facts.codes, !codes.isEmpty else {
            return nil
        }
        var shown = codes.map { (code: $0.key, count: $0.value) }
        if !speaksOfCodes {
            guard kinds.wholes == 0, facts.count >= 20 else { return nil }
            shown.removeAll { $0.count < 3 }
        }
        if shown.isEmpty { return nil }
        shown.sort { ($1.count, $0.code) < ($0.count, $1.code) }
        return (shown, shown.count == codes.count)
    }

    /// How often it is there and what it is.
    func summary(of events: Int) -> String {
        let often =
            place.events == events
            ? "in \(events == 1 ? "the one event" : "all \(Wording.number(Int64(events))) events")"
            : "in \(Wording.number(Int64(place.events))) of \(Wording.number(Int64(events))) events"
        let times = place.isMerged ? Wording.times(place.seen) : "\(Wording.times(place.seen)) \(often)"
        var parts = [wildcards > 0 ? times : often, kinds.names]
        if wildcards == 0, events > 1, facts.areDistinct, facts.count > 1, isIdentifierKind {
            parts.append("different in each")
        }
        if isDate { parts.append("dates: " + facts.dates.map(\.rawValue).joined(separator: ", ")) }
        if !facts.absent.isEmpty { parts.append("some empty") }
        return parts.joined(separator: "; ")
    }
}

extension SamplePlace.Step {
    /// The step as a path has it.
    var text: String {
        switch self {
        case .root: ""
        case .member(let name): String(SimplePath(steps: [.member(name)]).description.dropFirst())
        case .elements: "[*]"
        case .members: ".*"
        }
    }

    /// False for a name that would act on a terminal or end a comment, or that YAML has no characters for.
    var canBeWritten: Bool {
        guard case .member(let name) = self else { return true }
        return Wording.text(name) == name && !name.unicodeScalars.contains { $0.value & 0xfffe == 0xfffe }
    }
}

/// A name cut into its words, in lower case.
struct NameWords {
    private let text: String

    /// `serviceRequest_id` is `service request id`.
    static func of(_ name: String) -> NameWords {
        var words: [String] = []
        var isInside = false
        var wasLower = false
        for scalar in name.unicodeScalars {
            guard scalar.properties.isAlphabetic else {
                (isInside, wasLower) = (false, false)
                continue
            }
            if !isInside || wasLower && scalar.properties.isUppercase { words.append("") }
            words[words.count - 1] += scalar.properties.lowercaseMapping
            (isInside, wasLower) = (true, scalar.properties.isLowercase)
        }
        return NameWords(text: " " + words.joined(separator: " ") + " ")
    }

    private init(text: String) {
        self.text = text
    }

    /// The place of the first of these words, or runs of words, that stand in the name; nil where none does.
    func rank(in phrases: [String]) -> Int? {
        phrases.firstIndex { text.contains(" \($0) ") }
    }

    /// True where one of them does.
    func say(_ phrases: [String]) -> Bool { rank(in: phrases) != nil }
}
