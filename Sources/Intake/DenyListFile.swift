import JSON
public import YAML

/// Reading of the deny list (BuiltIn/deny-list.yaml). Everything that is wrong with it is found in one pass.
public enum DenyListFile {
    /// The list in a file.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the list, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (list: DenyList?, findings: [Finding]) {
        let (document, reader) = FieldReader.open(bytes, file: file, fields)
        guard let document, !reader.hasErrors else { return (nil, reader.findings) }
        var builder = DenyListBuilder(reader: reader)
        builder.add(document)
        return (builder.list(document), builder.reader.findings)
    }

    /// The keys of the file.
    public static let fields: [FieldSpec] = [
        FieldSpec("version", .integer(1...1), required: true, summary: "The version of this format."),
        FieldSpec("persons", words, required: true, summary: "Words for persons, of whom something may be said."),
        FieldSpec("records", words, required: true, summary: "Names of members that hold a whole record."),
        FieldSpec("value_names", words, required: true, summary: "Names of members whose texts are looked up."),
        FieldSpec("categories", .list(.mapping(category)), required: true, summary: "What is refused."),
        FieldSpec(
            "innocent",
            .mapping([
                FieldSpec("names", words, summary: "Words that cover what they hold."),
                FieldSpec("paths", .table(.text), summary: "Names below one another, and why they are innocent."),
            ]), summary: "What the categories would refuse and need not."),
    ]

    private static let words = FieldSpec.Kind.list(.text)
    private static let category = [
        FieldSpec("category", .text, required: true, summary: "Its name in messages."),
        FieldSpec("title", .text, required: true, summary: "What it holds, for people."),
        FieldSpec("reason", .text, required: true, summary: "Why it is refused, in a line."),
        FieldSpec("names", words, summary: "Refused wherever they stand in a name."),
        FieldSpec("whole", words, summary: "Refused where they are the whole name."),
        FieldSpec("of_a_person", words, summary: "Refused of a person."),
        FieldSpec("doubtful", words, summary: "Refused in a profile at the end of a name."),
        FieldSpec("paths", .table(.text), summary: "Names below one another, and the format that they are of."),
        FieldSpec("values", words, summary: "Texts that say what a member holds."),
    ]
}

/// Collects the rules of a file and finds what a table of keys cannot tell.
private struct DenyListBuilder {
    var reader: FieldReader
    private var categories: [DenyList.Category] = []
    private var rules: [DenyList.Rule] = []
    private var shared: [NameList.Entry] = []
    private var innocentPaths: [(text: String, steps: [[String]])] = []
    private var known: [NameList.Meaning: [String: String]] = [:]

    init(reader: FieldReader) { self.reader = reader }

    mutating func add(_ document: YAMLNode) {
        for (index, node) in (document["categories"]?.items ?? []).enumerated() {
            add(category: node, at: "categories[\(index)]")
        }
        for (key, meaning) in [
            ("persons", NameList.Meaning.person), ("records", .record), ("value_names", .namesValue),
        ] {
            for (text, node, key) in texts(document[key], at: key) where isNew(text, meaning, node, key) {
                shared.append(NameList.Entry(text, meaning))
            }
        }
        addInnocent(document["innocent"])
    }

    private mutating func add(category node: YAMLNode, at key: String) {
        let name = node["category"]?.scalar ?? ""
        if categories.contains(where: { $0.name == name }) {
            reader.report(node, "\(key).category", "expected a name that no other category has")
        }
        let number = categories.count
        categories.append(
            DenyList.Category(
                name: name, title: node["title"]?.scalar ?? "", reason: node["reason"]?.scalar ?? ""))
        for kind in DenyList.Rule.Kind.allCases where kind != .path {
            for (text, node, key) in texts(node[kind.rawValue], at: "\(key).\(kind.rawValue)")
            where isNew(text, kind.meaning, node, key) {
                rules.append(DenyList.Rule(category: number, kind: kind, text: text))
            }
        }
        for (member, _) in node["paths"]?.members ?? [] {
            guard let text = member.scalar, let steps = steps(text, member, "\(key).paths.\(text)") else { continue }
            rules.append(DenyList.Rule(category: number, kind: .path, text: text, steps: steps))
        }
    }

    private mutating func addInnocent(_ node: YAMLNode?) {
        let suspicion = DenyList.list(rules, shared)
        for (text, node, key) in texts(node?["names"], at: "innocent.names") where isNew(text, .innocent, node, key) {
            if let suspicion, !suspicion.isAnyPartListed(text) {
                reader.report(node, key, "expected words of which a category or persons has some")
            }
            shared.append(NameList.Entry(text, .innocent))
        }
        for (member, _) in node?["paths"]?.members ?? [] {
            guard let text = member.scalar, let steps = steps(text, member, "innocent.paths.\(text)") else { continue }
            innocentPaths.append((text, steps))
        }
    }

    mutating func list(_ document: YAMLNode) -> DenyList? {
        let list = DenyList(categories, rules, shared, innocentPaths)
        if list == nil {
            reader.report(document, "", "expected at most \(NameList.stepsMax) steps of paths, and 60000 rules")
        }
        return reader.hasErrors ? nil : list
    }

    private func texts(_ node: YAMLNode?, at key: String) -> [(text: String, node: YAMLNode, key: String)] {
        (node?.items ?? []).enumerated().map { ($1.scalar ?? "", $1, "\(key)[\($0)]") }
    }

    /// Whether a text can be compared, and is not on the list with the same meaning.
    private mutating func isNew(_ text: String, _ meaning: NameList.Meaning, _ node: YAMLNode, _ key: String) -> Bool {
        guard isComparable(text, node, key) else { return false }
        if let first = known[meaning, default: [:]].updateValue(text, forKey: NameList.folded(text)) {
            reader.report(node, key, "\(text): expected once; it stands here already as \(first)")
            return false
        }
        return true
    }

    private mutating func isComparable(_ text: String, _ node: YAMLNode, _ key: String) -> Bool {
        let letters = NameList.folded(text).utf8.count
        if (1...NameList.lettersMax).contains(letters) { return true }
        reader.report(node, key, "expected 1 to \(NameList.lettersMax) letters and digits")
        return false
    }

    /// The steps of `a.b|c`.
    private mutating func steps(_ text: String, _ node: YAMLNode, _ key: String) -> [[String]]? {
        let steps = text.split(separator: ".", omittingEmptySubsequences: false).map { step in
            step.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        for name in steps.joined() where !isComparable(name, node, key) { return nil }
        if steps.count > 1 { return steps }
        reader.report(node, key, "expected names with a point between; a name alone belongs to names")
        return nil
    }
}
