import Evaluation
import Testing
import YAML

/// docs/evaluation.md and the schema say what the code says.
@Suite struct DocumentationTests {
    private let page: [String]

    init() throws {
        page = String(decoding: try bytes(of: path("docs/evaluation.md")), as: UTF8.self).split(separator: "\n")
            .map(String.init)
    }

    @Test func everyMemberStandsInItsTable() {
        for field in CaseFile.fields + ReviewFile.fields {
            let row = "| `\(field.name)` | \(field.isRequired ? "yes" : "no") | \(field.summary) |"
            #expect(page.contains(row), "expected a row: \(row)")
        }
        let rows = page.count { $0.hasPrefix("| `") && ($0.contains("` | yes |") || $0.contains("` | no |")) }
        #expect(rows == CaseFile.fields.count + ReviewFile.fields.count)
    }

    @Test(arguments: CaseLabel.allCases) func everyLabelStandsInItsTable(_ label: CaseLabel) {
        #expect(page.contains("| `\(label.rawValue)` | \(label.meaning) |"))
    }

    @Test(arguments: Baseline.allCases) func everyNaiveRuleIsTold(_ baseline: Baseline) {
        #expect(page.contains { $0.hasPrefix("| `\(baseline.rawValue)` | ") })
    }

    @Test func theSchemaHasTheSameWords() throws {
        let file = path("schemas/evaluation.schema.json")
        let schema = try YAMLDocument.parse(try bytes(of: file), file: file)
        func words(_ node: YAMLNode?) -> [String] { node?["enum"]?.items.compactMap(\.scalar) ?? [] }
        #expect(words(schema["$defs"]?["label"]) == CaseLabel.allCases.map(\.rawValue))
        #expect(words(schema["$defs"]?["verdict"]) == CaseVerdict.allCases.map(\.rawValue))
        let properties = schema["properties"]
        let baseline = properties?["baselines"]?["items"]?["properties"]?["name"]
        #expect(words(baseline) == Baseline.allCases.map(\.rawValue))
        let change = properties?["comparison"]?["properties"]?["changes"]?["items"]?["properties"]
        #expect(words(change?["way"]) == Comparison.Way.allCases.map(\.rawValue))
    }

    @Test func theJSONHasTheMembersOfTheSchemaInOrder() throws {
        let file = path("schemas/evaluation.schema.json")
        let schema = try YAMLDocument.parse(try bytes(of: file), file: file)
        let document = try YAMLDocument.parse(Array(EvaluationJSON.document(evaluate([])).utf8), file: "document")
        let names = schema["properties"]?.members.compactMap(\.key.scalar) ?? []
        #expect(document.members.compactMap(\.key.scalar) == names.filter { $0 != "comparison" })
    }
}
