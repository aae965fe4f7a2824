import Connections
public import YAML

/// The part `language` of a rules file (docs/rules.md): its keys, and how they are read.
public enum LanguageFile {
    /// The keys of `language`.
    public static let fields: [FieldSpec] = [
        FieldSpec("words", .table(.list(.text)), summary: "Lists of words that phrases name as <list>."),
        FieldSpec(
            "derived_names", .table(.list(.text)),
            summary: "Names that every connection of a type has, with {country} and {people}."),
        FieldSpec(
            "anaphora", .table(.list(.text)),
            summary: "Words that stand for the one connection of a type that the text names elsewhere."),
        FieldSpec("not_anaphora", .list(.text), summary: "Longer words that hold such words and do not stand for it."),
        FieldSpec("not_names", .list(.text), summary: "Phrases in which a name is not that of the partner."),
        FieldSpec("certain", .list(.text), summary: "Phrases that put it beyond doubt which partner is meant."),
        FieldSpec("belonging", .list(.text), summary: "Words that belong to a name and say nothing of who is meant."),
        FieldSpec(
            "representations", .list(.text), summary: "Phrases in which a country stands for its consulate."),
        FieldSpec(
            "locations", .list(.text), summary: "Phrases in which a country says where something is, and gave nothing."
        ),
        FieldSpec(
            "regions", .table(.list(.text)),
            summary: "States and provinces by the code of their country, which stand for it beside a name."),
        FieldSpec("ties", .list(.text), summary: "Words for a tie; a city named beside one is meant as a partner."),
        FieldSpec("statements", .list(.mapping(statement)), required: true, summary: "What a partner did, in words."),
        FieldSpec("results", .list(.text), summary: "Phrases for what was achieved."),
        FieldSpec("vetoes", .list(.mapping(veto)), summary: "What takes a statement back."),
        FieldSpec("weighing", .mapping(weighing), summary: "What speaks for and against a statement, in points."),
    ]

    private static let statement: [FieldSpec] = [
        FieldSpec(
            "mechanism", .enumeration(Mechanism.allCases.map { "\($0.name)" }), required: true,
            summary: "What the partner did."),
        FieldSpec("needs_result", .boolean, summary: "True where the text must also say what was achieved."),
        FieldSpec("phrases", .list(.text), required: true, summary: "How texts say it."),
    ]

    private static let weighing: [FieldSpec] = [
        FieldSpec(
            "least", .integer(-1000...1000), required: true, summary: "The points from which a statement counts."),
        FieldSpec(
            "outcome", .integer(0...1000),
            summary: "The points of a text that belongs to an event that is an outcome; 0 where left out."),
        FieldSpec("signs", .list(.mapping(sign)), required: true, summary: "What has points."),
    ]

    private static let sign: [FieldSpec] = [
        FieldSpec("means", .text, required: true, summary: "What it says of a statement, for people."),
        FieldSpec("points", .integer(pointsRange), required: true, summary: "Its points; below 0 it speaks against."),
        FieldSpec(
            "anywhere", .boolean,
            summary: "True where it may stand in any sentence of the text, as one above 0 always may."),
        FieldSpec("phrases", .list(.text), required: true, summary: "How texts say it."),
    ]

    private static let pointsRange = -Weighing.pointsMax...Weighing.pointsMax

    private static let veto: [FieldSpec] = [
        FieldSpec(
            "means", .enumeration(Obstacle.allCases.map(\.name)), required: true, summary: "What it says instead."),
        FieldSpec("phrases", .list(.text), required: true, summary: "How texts say it."),
    ]

    /// The most words of all phrases together; they are numbered in 16 bits.
    static let wordsMax = 30_000
    /// The most phrases, alternatives written out.
    static let phrasesMax = 50_000

    /// The language of a rules file of which the keys have been checked.
    ///
    /// - Parameters:
    ///   - node: the value of the key `language`.
    ///   - reader: receives what is wrong.
    /// - Returns: nil where something is wrong.
    public static func read(_ node: YAMLNode, _ reader: inout FieldReader) -> Language? {
        var build = LanguageBuild(reader: reader)
        let before = reader.findings.count
        build.addLists(node["words"])
        build.addDerivedNames(node["derived_names"])
        build.addAnaphora(node["anaphora"], except: node["not_anaphora"])
        build.add(node["not_names"], "not_names", .notName, needsPartner: true)
        build.add(node["certain"], "certain", .certain, needsPartner: true)
        build.add(node["belonging"], "belonging", .belonging, needsPartner: true)
        build.add(node["representations"], "representations", .representation, needsPartner: true)
        build.add(node["locations"], "locations", .location, needsPartner: true)
        build.addRegions(node["regions"])
        build.add(node["ties"], "ties", .tie, needsPartner: false)
        build.add(node["results"], "results", .result, needsPartner: false)
        build.addStatements(node["statements"])
        build.addVetoes(node["vetoes"])
        build.addWeighing(node["weighing"])
        build.checkSize(node)
        reader = build.reader
        guard reader.findings[before...].allSatisfy({ $0.severity != .error }) else { return nil }
        return build.language()
    }
}

/// What has been read of a language so far.
private struct LanguageBuild {
    var reader: FieldReader
    private var parser = PhraseParser()
    private var phrases: [(phrase: Phrase, owner: Language.Owner)] = []
    private var derivedNames: [ConnectionType: [String]] = [:]
    private var anaphora: [ConnectionType: [String]] = [:]
    private var notAnaphora: [String] = []
    private var regions: [String: [String]] = [:]
    private var weighing: Weighing?

    init(reader: FieldReader) {
        self.reader = reader
    }

    mutating func addLists(_ node: YAMLNode?) {
        for (key, value) in node?.members ?? [] {
            let name = key.scalar ?? ""
            let words = value.items.compactMap(\.scalar)
            do throws(PhraseError) {
                try parser.addList(name, words)
            } catch {
                reader.report(value, "language.words.\(name)", error.message)
            }
        }
    }

    mutating func addDerivedNames(_ node: YAMLNode?) {
        derivedNames = byType(node, "derived_names")
        for (key, value) in node?.members ?? [] {
            for item in value.items
            where item.scalar.map({ !$0.contains("{country}") && !$0.contains("{people}") }) ?? true {
                reader.report(
                    item, "language.derived_names.\(key.scalar ?? "")", "expected {country} or {people} in the name")
            }
        }
    }

    mutating func addAnaphora(_ node: YAMLNode?, except longer: YAMLNode?) {
        anaphora = byType(node, "anaphora")
        notAnaphora = longer?.items.compactMap(\.scalar) ?? []
    }

    mutating func addRegions(_ node: YAMLNode?) {
        for (key, value) in node?.members ?? [] {
            let code = key.scalar ?? ""
            if CountryWords.of(code).names.isEmpty {
                reader.report(key, "language.regions.\(code)", "expected the two-letter code of a country, such as US")
            }
            regions[code] = value.items.compactMap(\.scalar)
        }
    }

    /// Lists of texts by the type of connection.
    private mutating func byType(_ node: YAMLNode?, _ name: String) -> [ConnectionType: [String]] {
        var lists: [ConnectionType: [String]] = [:]
        for (key, value) in node?.members ?? [] {
            guard let type = ConnectionType(rawValue: key.scalar ?? "") else {
                let types = ConnectionType.allCases.map(\.rawValue)
                reader.report(key, "language.\(name).\(key.scalar ?? "")", FieldReader.unknown(key.scalar ?? "", types))
                continue
            }
            lists[type] = value.items.compactMap(\.scalar)
        }
        return lists
    }

    mutating func add(_ node: YAMLNode?, _ key: String, _ owner: Language.Owner, needsPartner: Bool) {
        guard let node else { return }
        for (index, item) in node.items.enumerated() {
            for phrase in read(item, "language.\(key)[\(index)]") {
                if (phrase.anchor == .partner) != needsPartner {
                    let expected = needsPartner ? "a phrase with {partner}" : "a phrase without {partner}"
                    reader.report(item, "language.\(key)[\(index)]", "expected \(expected)")
                    break
                }
                phrases.append((phrase, owner))
            }
        }
    }

    mutating func addStatements(_ node: YAMLNode?) {
        for (index, item) in (node?.items ?? []).enumerated() {
            guard let mechanism = item["mechanism"]?.scalar.flatMap({ Mechanism(name: $0) }) else { continue }
            let owner = Language.Owner.statement(mechanism, needsResult: item["needs_result"]?.boolean ?? false)
            add(item["phrases"], "statements[\(index)].phrases", owner, needsPartner: true)
        }
    }

    mutating func addVetoes(_ node: YAMLNode?) {
        for (index, item) in (node?.items ?? []).enumerated() {
            guard let obstacle = item["means"]?.scalar.flatMap(Obstacle.init(name:)) else { continue }
            for (place, phrase) in (item["phrases"]?.items ?? []).enumerated() {
                phrases += read(phrase, "language.vetoes[\(index)].phrases[\(place)]").map {
                    ($0, .veto(obstacle))
                }
            }
        }
    }

    mutating func addWeighing(_ node: YAMLNode?) {
        guard let node, let least = node["least"]?.integer else { return }
        var points: [Int8] = []
        var anywhere: UInt64 = 0
        for (index, item) in (node["signs"]?.items ?? []).enumerated() {
            guard index < Weighing.signsMax else {
                reader.report(item, "language.weighing.signs", "expected at most \(Weighing.signsMax) signs")
                return
            }
            points.append(Int8(item["points"]?.integer ?? 0))
            if item["anywhere"]?.boolean ?? false { anywhere |= 1 << UInt64(index) }
            for (place, phrase) in (item["phrases"]?.items ?? []).enumerated() {
                phrases += read(phrase, "language.weighing.signs[\(index)].phrases[\(place)]").map {
                    ($0, .sign(UInt8(index)))
                }
            }
        }
        weighing = Weighing(least: least, outcome: node["outcome"]?.integer ?? 0, points: points, anywhere: anywhere)
    }

    private mutating func read(_ node: YAMLNode, _ key: String) -> [Phrase] {
        do throws(PhraseError) {
            return try parser.phrases(node.scalar ?? "")
        } catch {
            reader.report(node, key, error.message)
            return []
        }
    }

    mutating func checkSize(_ node: YAMLNode) {
        if parser.builder.words.count > LanguageFile.wordsMax {
            reader.report(node, "language", "expected at most \(LanguageFile.wordsMax) different words")
        }
        if phrases.count > LanguageFile.phrasesMax {
            reader.report(
                node, "language", "expected at most \(LanguageFile.phrasesMax) phrases, alternatives written out")
        }
    }

    /// The language.
    func language() -> Language {
        var parser = parser
        var uses: [UInt16: Language.WordUse] = [:]
        for (name, use) in Language.WordUse.lists {
            for word in parser.singleWords(name) { uses[word, default: []].insert(use) }
        }
        return Language(
            parser.builder, phrases, derivedNames: derivedNames, anaphora: anaphora, notAnaphora: notAnaphora,
            regions: regions, weighing: weighing, uses: uses)
    }
}
