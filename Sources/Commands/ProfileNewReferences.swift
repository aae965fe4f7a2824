/// A field that is likely an identifier of something that the registry may know.
struct ReferenceProposal {
    /// A kind of thing, with the words by which fields speak of it.
    struct Kind {
        let scheme: String
        let mechanism: String
        let words: [String]
    }

    static let kinds = [
        Kind(scheme: "grant", mechanism: "funded-by", words: ["grant", "grants", "fund", "funds", "funding", "award"]),
        Kind(
            scheme: "programme", mechanism: "trained-under",
            words: ["programme", "program", "programmes", "programs", "curriculum"]),
        Kind(scheme: "agreement", mechanism: "convened-by", words: ["agreement", "agreements", "mou", "treaty"]),
        Kind(
            scheme: "venue", mechanism: "delivered-at",
            words: ["venue", "location", "locations", "site", "facility", "place", "shelter", "stop", "station"]),
        Kind(
            scheme: "partner", mechanism: "staffed-by",
            words: [
                "partner", "partners", "organisation", "organization", "provider", "employer", "agency", "org",
                "consulate", "sponsor", "donor",
            ]),
    ]
    /// The most that are proposed.
    static let most = 12

    let field: SampleField
    /// The scheme, or a path where the events have it.
    let scheme: String
    /// What connections do for such an outcome: a suggestion, or a path.
    let mechanism: String
    /// True where scheme and mechanism are paths of the events.
    let isStated: Bool

    /// What a name speaks of.
    static func kind(of words: NameWords) -> Kind? { kinds.first { words.say($0.words) } }

    /// The proposals for a sample, in the order of its fields.
    static func all(_ fields: [SampleField], key: SampleField?) -> [ReferenceProposal] {
        var found: [ReferenceProposal] = []
        let paths = Set(fields.map(\.path))
        for field in fields where field.canBeReferred && field.path != key?.path && found.count < most {
            if field.names.last == "id", paths.contains(field.sibling("scheme")) {
                let mechanism = paths.contains(field.sibling("mechanism")) ? field.sibling("mechanism") : ""
                found.append(
                    ReferenceProposal(
                        field: field, scheme: field.sibling("scheme"), mechanism: mechanism, isStated: true))
            } else if let kind = kind(of: field) {
                found.append(
                    ReferenceProposal(field: field, scheme: kind.scheme, mechanism: kind.mechanism, isStated: false))
            }
        }
        return found
    }

    /// What a field refers to: by its own name, or by that of what it stands in, where its own says that it identifies.
    private static func kind(of field: SampleField) -> Kind? {
        let identifies = field.last.say([
            "id", "ids", "number", "no", "num", "code", "reference", "ref", "key", "identifier", "uuid",
        ])
        if let kind = kind(of: field.last) { return identifies || !field.facts.hasSpaces ? kind : nil }
        guard identifies || field.names.last == "value" else { return nil }
        return field.names.dropLast().suffix(2).reversed().lazy.compactMap { kind(of: NameWords.of($0)) }.first
    }
}

extension SampleField {
    /// True for what can be the id of a reference: of texts or whole numbers, in one element at most, no date, nothing
    /// of a person, and nothing that only describes.
    fileprivate var canBeReferred: Bool {
        denial == nil && !isOfPerson && wildcards <= 1 && kinds.objects == 0 && kinds.arrays == 0 && isIdentifierKind
            && !isDate
            && !last.say([
                "name", "title", "type", "kind", "status", "state", "date", "at", "on", "url", "uri", "system", "use",
                "display", "count", "amount", "usd", "total", "scheme", "mechanism", "responsible", "timestamp",
            ])
    }

    /// The path of another member beside it.
    fileprivate func sibling(_ name: String) -> String {
        path.hasSuffix(".id") ? path.dropLast(2) + name : ""
    }
}
