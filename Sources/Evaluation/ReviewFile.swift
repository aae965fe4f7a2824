public import YAML

/// Reading of reviewed samples: the NDJSON of `ReviewSample`, with `upheld`, `reviewer` and `remark` filled in.
public enum ReviewFile {
    /// The rows of a file, in its order.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the rows, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (rows: [ReviewRow]?, findings: [Finding]) {
        var table = LineTable(file: file, fields)
        var rows: [ReviewRow] = []
        var lineOfClaim: [String: Int] = [:]
        JSONLines.forEach(in: bytes) { line, number in
            guard let node = table.take(line, number: number) else { return }
            let row = ReviewRow(node)
            if row.isUpheld != nil, row.reviewer == nil {
                table.report(node, "reviewer", "expected who decided, since upheld says true or false")
            }
            if let first = lineOfClaim.updateValue(number, forKey: "\(row.claim.outcome) \(row.claim.connection)") {
                table.report(node, "outcome", "expected each claim once; line \(first) has the same one")
            }
            rows.append(row)
        }
        var findings = table.allFindings
        if rows.isEmpty, findings.isEmpty {
            findings = [Finding(file: file, line: 0, key: "", message: "expected at least one claim, one JSON a line")]
        }
        return (findings.contains { $0.severity == .error } ? nil : rows, findings)
    }

    /// The members of a row.
    public static let fields: [FieldSpec] = [
        FieldSpec("outcome", .text, required: true, summary: "The outcome key."),
        FieldSpec("connection", .text, required: true, summary: "The connection."),
        FieldSpec("rule", .text, required: true, summary: "The rule of its best reason."),
        FieldSpec("strength", share, required: true, summary: "The combined strength of the connection's reasons."),
        FieldSpec("origins", .integer(1...1_000_000), required: true, summary: "The origins of its reasons."),
        FieldSpec("event", .text, summary: "Where the event stands, for `explain`."),
        FieldSpec("stratum", .text, summary: "The rule and range of strength that it was drawn with."),
        FieldSpec("probability", share, required: true, summary: "The probability with which it was drawn."),
        FieldSpec("upheld", .boolean, summary: "Whether the claim holds; null while nobody has said."),
        FieldSpec("reviewer", .text, summary: "Who said so."),
        FieldSpec("remark", .anyText, summary: "Why."),
    ]

    private static let share = FieldSpec.Kind.form("a number from 0.000000001 to 1") { share($0) != nil }

    /// The number of a text, in quotes or not: what the check accepts is what is read.
    fileprivate static func share(_ text: String) -> Double? {
        guard let number = YAMLNode(content: .scalar(text, style: .plain)).number, number >= 1e-9, number <= 1 else {
            return nil
        }
        return number
    }
}

extension ReviewRow {
    /// A row of a tree that the table of members has passed.
    fileprivate init(_ node: YAMLNode) {
        func number(_ name: String) -> Double { node[name]?.text.flatMap { ReviewFile.share($0) } ?? 1 }
        let claim = Claim(
            outcome: node["outcome"]?.text ?? "", connection: node["connection"]?.text ?? "",
            rule: node["rule"]?.text ?? "", strength: Int((number("strength") * 10_000).rounded()),
            origins: node["origins"]?.integer ?? 1, event: node["event"]?.text ?? "")
        self.init(
            claim, probability: number("probability"), isUpheld: node["upheld"]?.boolean,
            reviewer: node["reviewer"]?.text, remark: node["remark"]?.text)
    }
}
