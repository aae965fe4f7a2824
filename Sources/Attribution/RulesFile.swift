import Connections
import Narrative
import Primitives
public import YAML

/// Reading of rules files (schemas/rules.schema.json). Everything that is wrong with a file is found in one pass.
public enum RulesFile {
    /// The rule set in a file.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the rules, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (rules: Rules?, findings: [Finding]) {
        let opened = FieldReader.open(bytes, file: file, fields)
        var reader = opened.reader
        guard let document = opened.document, !reader.hasErrors else { return (nil, reader.findings) }
        let rules = rules(document["rules"])
        checkCoverage(rules, document, &reader)
        let language = document["language"].flatMap { $0.isNull ? nil : LanguageFile.read($0, &reader) }
        if reader.hasErrors { return (nil, reader.findings) }
        let domestic = document["domestic"]
        let built = Rules(
            digest: Hexadecimal.text(SHA256.digest(of: bytes)),
            enabledFrom: basisPoints(document["thresholds"]?["enabled"]),
            contributedFrom: basisPoints(document["thresholds"]?["contributed"]),
            windowDays: document["window_days"]?.integer ?? 730,
            connectionsMax: document["connections_max"]?.integer ?? Credit.connectionsMax,
            documentarySchemes: document["documentary_schemes"]?.items.compactMap(\.scalar) ?? [],
            domesticDefault: basisPoints(domestic?["default"]),
            domestic: (domestic?["types"]?.members ?? []).map { ($0.key.scalar ?? "", basisPoints($0.value)) },
            rules: rules, language: language,
            fieldsOfWork: Dictionary(
                (document["fields_of_work"]?.members ?? []).map { ($0.key.scalar ?? "", $0.value.scalar ?? "") },
                uniquingKeysWith: { first, _ in first }))
        return (built, reader.findings)
    }

    /// The keys of a rules file.
    public static let fields: [FieldSpec] = [
        FieldSpec("version", .integer(1...1), required: true, summary: "The version of this format."),
        FieldSpec("note", .text, summary: "What the rule set is for, and who decided it."),
        FieldSpec(
            "thresholds",
            .mapping([
                FieldSpec("enabled", strength, required: true, summary: "Combined strength from which: enabled."),
                FieldSpec(
                    "contributed", strength, required: true, summary: "Combined strength from which: contributed."),
            ]), required: true, summary: "What decides between enabled, contributed and domestic."),
        FieldSpec("window_days", .integer(1...36_500), summary: "Days before the outcome in which an activity counts."),
        FieldSpec("connections_max", .integer(1...Credit.connectionsMax), summary: "Connections that share credit."),
        FieldSpec(
            "documentary_schemes", .list(.text), required: true, summary: "Identifier schemes that make T1 evidence."),
        FieldSpec(
            "domestic",
            .mapping([
                FieldSpec("default", strength, required: true, summary: "The city's own effort."),
                FieldSpec("types", .table(strength), summary: "The same for single outcome types."),
            ]), required: true, summary: "The strength of the rival cause: what the city did by itself."),
        FieldSpec(
            "rules",
            .list(
                .mapping([
                    FieldSpec("id", .text, required: true, summary: "The name in records."),
                    FieldSpec("tier", .enumeration(["T1", "T2", "T3"]), required: true, summary: "How good it is."),
                    FieldSpec("mechanism", .enumeration(mechanisms), summary: "The mechanism that it asks for."),
                    FieldSpec("strength", strength, required: true, summary: "0.0001 to 1."),
                    FieldSpec("reason", .text, required: true, summary: "Why the strength is what it is."),
                ])), required: true, summary: "What a reason of each kind is worth."),
        FieldSpec(
            "fields_of_work", .table(.text),
            summary: "The field of work of an outcome type, where it is not the department's name."),
        FieldSpec("language", .mapping(LanguageFile.fields), summary: "How texts are read; without it, they are not."),
    ]

    private static let mechanisms = Mechanism.allCases.map { "\($0.name)" }
    private static let strength = FieldSpec.Kind.form("a number above 0 and up to 1, at most four decimals") { text in
        basisPoints(text) != nil
    }

    /// The basis points of a decimal number, in quotes or not: what the check accepts is exactly what is read.
    private static func basisPoints(_ text: String) -> Int? {
        guard text.utf8.first.map({ $0 &- 48 < 10 }) == true,
            text.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }), let value = Double(text), value > 0,
            value <= 1
        else { return nil }
        let points = (value * 10_000).rounded()
        return (points / 10_000 - value).magnitude < 1e-9 ? Int(points) : nil
    }

    private static func basisPoints(_ node: YAMLNode?) -> Int {
        node?.scalar.flatMap { basisPoints($0) } ?? 0
    }

    private static func rules(_ node: YAMLNode?) -> [Rule] {
        (node?.items ?? []).map { item in
            let tier: Tier =
                switch item["tier"]?.scalar {
                case "T1": .documentary
                case "T2": .corroborated
                default: .circumstantial
                }
            return Rule(
                id: item["id"]?.scalar ?? "", tier: tier, mechanism: item["mechanism"]?.scalar.flatMap(Mechanism.init),
                strength: basisPoints(item["strength"]), reason: item["reason"]?.scalar ?? "")
        }
    }

    /// What a table of keys cannot tell: every mechanism has its T1 rule, there is a T3 rule, names are unique, and
    /// every rule can fire.
    private static func checkCoverage(_ rules: [Rule], _ document: YAMLNode, _ reader: inout FieldReader) {
        guard let list = document["rules"] else { return }
        for mechanism in Mechanism.allCases
        where !rules.contains(where: { $0.tier == .documentary && $0.mechanism == mechanism }) {
            reader.report(list, "rules", "expected a rule of tier T1 for the mechanism \(mechanism.name)")
        }
        if !rules.contains(where: { $0.tier == .circumstantial && $0.mechanism == nil }) {
            reader.report(list, "rules", "expected a rule of tier T3 without a mechanism")
        }
        for (index, rule) in rules.enumerated() where rules[..<index].contains(where: { $0.id == rule.id }) {
            reader.report(list.items[index], "rules[\(index)].id", "expected a name that no other rule has")
        }
        for (index, rule) in rules.enumerated() {
            let isSecond = rules[..<index].contains { $0.tier == rule.tier && $0.mechanism == rule.mechanism }
            if isSecond || (rule.tier == .documentary) != (rule.mechanism != nil) && rule.tier != .corroborated {
                reader.report(
                    list.items[index], "rules[\(index)]",
                    "the rule can never fire; expected one rule for each tier and mechanism, T1 with one, T3 without")
            }
        }
        let thresholds = document["thresholds"]
        if let node = thresholds, basisPoints(thresholds?["contributed"]) > basisPoints(thresholds?["enabled"]) {
            reader.report(node, "thresholds.contributed", "expected no more than thresholds.enabled")
        }
    }
}
