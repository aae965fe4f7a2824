import Attribution
import Connections
public import YAML

/// Reading of labelled cases: NDJSON, one case a line (docs/evaluation.md). Everything that is wrong is found in one
/// pass.
///
/// A finding says file, line, member and what was expected, and never what stands there.
public enum CaseFile {
    /// The cases of a file, in its order.
    ///
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for the findings.
    /// - Returns: the cases, or nil with at least one error among the findings.
    public static func read(_ bytes: [UInt8], file: String) -> (cases: [LabelledCase]?, findings: [Finding]) {
        var table = LineTable(file: file, fields)
        var cases: [LabelledCase] = []
        var lineOfID: [String: Int] = [:]
        JSONLines.forEach(in: bytes) { line, number in
            guard let node = table.take(line, number: number) else { return }
            let hasText = !(node["text"]?.isNull ?? true)
            guard hasText != !(node["event"]?.isNull ?? true) else {
                return table.report(node, hasText ? "event" : "text", "expected either text or event in each case")
            }
            let event = hasText ? nil : table.json("event", of: line)
            let read = LabelledCase(node, event: event)
            if let first = lineOfID.updateValue(number, forKey: read.id) {
                table.report(node, "id", "expected an id that no other case has; line \(first) has it too")
            }
            cases.append(read)
        }
        var findings = table.allFindings
        if cases.isEmpty, findings.isEmpty {
            findings = [Finding(file: file, line: 0, key: "", message: "expected at least one case, one JSON a line")]
        }
        return (findings.contains { $0.severity == .error } ? nil : cases, findings)
    }

    /// The members of a case.
    public static let fields: [FieldSpec] = [
        FieldSpec("id", .text, required: true, summary: "The name of the case, once in a file."),
        FieldSpec("city", .text, summary: "The city."),
        FieldSpec("department", .text, required: true, summary: "The department, as the engine is to know it."),
        FieldSpec("text", .text, summary: "The passage; either this or `event`."),
        FieldSpec(
            "event", .table(.anything), summary: "The event, as the department sends it; either this or `text`."),
        FieldSpec("date", date, summary: "When the outcome occurred: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or null."),
        FieldSpec("lang", .text, summary: "The language (BCP 47)."),
        FieldSpec("source", .text, summary: "Where the passage was found."),
        FieldSpec(
            "connection", .text, summary: "The connection by its id in the registry; null where it is none of them."),
        FieldSpec("other_connections", .list(.text), summary: "Connections that are as right, as a list of ids."),
        FieldSpec(
            "label", .enumeration(CaseLabel.allCases.map(\.rawValue)), required: true, summary: "One of those below."),
        FieldSpec("outcome_group", .text, summary: "What outcome the case tells of; its `id` where left out."),
        FieldSpec(
            "direction", .enumeration(LabelledCase.Benefit.allCases.map(\.rawValue)),
            summary: "`inbound`, `outbound` or `none`."),
        FieldSpec(
            "mechanism", .enumeration(Mechanism.allCases.map { "\($0.name)" }),
            summary: "What the connection did, such as `funded-by`; null where it is not said."),
        FieldSpec(
            "decidable_from_text", .boolean, summary: "Whether the case by itself decides; true where left out."),
        FieldSpec("rationale", .anyText, summary: "Why the reader says so."),
    ]

    private static let date = FieldSpec.Kind.form("a date as YYYY, YYYY-MM or YYYY-MM-DD, or null") {
        PartialDate($0) != nil
    }
}

extension LabelledCase {
    /// A case of a tree that the table of members has passed.
    fileprivate init(_ node: YAMLNode, event: [UInt8]?) {
        self.init(
            id: node["id"]?.text ?? "", city: node["city"]?.text, department: node["department"]?.text ?? "",
            content: event.map { .event($0) } ?? .text(node["text"]?.text ?? ""),
            date: node["date"]?.text.flatMap { PartialDate($0) }, language: node["lang"]?.text,
            source: node["source"]?.text, connection: node["connection"]?.text,
            otherConnections: node["other_connections"]?.items.compactMap(\.text) ?? [],
            label: node["label"]?.text.flatMap { CaseLabel(rawValue: $0) } ?? .none,
            outcomeGroup: node["outcome_group"]?.text,
            direction: node["direction"]?.text.flatMap { Benefit(rawValue: $0) },
            mechanism: node["mechanism"]?.text.flatMap { Mechanism(name: $0) },
            isDecidable: node["decidable_from_text"]?.boolean ?? true, rationale: node["rationale"]?.text)
    }
}
