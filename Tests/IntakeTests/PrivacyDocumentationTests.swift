import FoundationEssentials
import JSON
import Testing

@testable import Intake

/// docs/privacy.md shows the deny list as it is.
@Suite struct PrivacyDocumentationTests {
    private let page: [Substring]
    private let list = DenyList.builtIn

    init() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        page = try String(contentsOfFile: "/\(root)/docs/privacy.md", encoding: .utf8).split(separator: "\n")
    }

    /// The rows of a table, by its head.
    private func rows(under head: String) throws -> [String] {
        let start = try #require(page.firstIndex { $0 == head }, "expected a table: \(head)")
        return page[(start + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
    }

    @Test func everyCategoryStandsInIt() throws {
        let expected = list.categories.map { "| `\($0.name)` | \($0.title) | \($0.reason) |" }
        #expect(try rows(under: "| category | what it is | why it is refused |") == expected)
    }

    @Test func everyWordStandsInIt() throws {
        var expected: [String] = []
        for (number, category) in list.categories.enumerated() {
            for kind in DenyList.Rule.Kind.allCases {
                let texts = list.rules.filter { $0.category == number && $0.kind == kind }.map(\.text)
                if texts.isEmpty { continue }
                expected.append("| `\(category.name)` | \(kind.place) | \(cell(texts)) |")
            }
        }
        #expect(try rows(under: "| category | where | words |") == expected)
    }

    @Test func everyOtherWordStandsInIt() throws {
        func row(_ meaning: NameList.Meaning, _ title: String) -> String {
            "| \(title) | \(cell(list.shared.filter { $0.meaning == meaning }.map(\.text))) |"
        }
        let expected = [
            row(.person, "persons"), row(.record, "whole records"), row(.namesValue, "members whose text is looked up"),
            row(.innocent, "innocent words"), "| innocent paths | \(cell(list.innocentPaths.map(\.text))) |",
        ]
        #expect(try rows(under: "| what | words |") == expected)
    }

    private func cell(_ texts: [String]) -> String {
        texts.map { $0.split(separator: "|").joined(separator: #"\|"#) }.joined(separator: ", ")
    }
}

extension DenyList.Rule.Kind {
    /// Where its words are looked for.
    fileprivate var place: String {
        switch self {
        case .names: "anywhere in a name"
        case .whole: "the whole name"
        case .ofPerson: "of a person"
        case .doubtful: "end of a name, in a profile"
        case .path: "below one another"
        case .values: "text of the member"
        }
    }
}
