import FoundationEssentials
import Testing

@testable import Intake

/// docs/dead-letters.md says what the code says: the codes are a contract.
@Suite struct DocumentationTests {
    private let page: [Substring]

    init() throws {
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        let path = components.joined(separator: "/") + "/docs/dead-letters.md"
        page = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }

    @Test(arguments: FaultCode.allCases) func everyCodeStandsInTheTableWithItsStageAndMeaning(code: FaultCode) {
        let row = "| `\(code.rawValue)` | \(code.stage.rawValue) | \(code.meaning) | "
        #expect(page.count { $0.hasPrefix(row) } == 1, "expected a row: \(row)")
    }

    @Test func noOtherCodeStandsInTheTable() {
        let codes = page.compactMap { line -> String? in
            let cells = line.split(separator: "|").map { $0.trimmed }
            guard cells.count == 4, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else { return nil }
            return String(cells[0].dropFirst().dropLast())
        }
        #expect(codes == FaultCode.allCases.map(\.rawValue))
    }

    @Test func everyStageStandsInIt() {
        for stage in Stage.allCases {
            #expect(page.contains { $0.hasPrefix("| `city.error.stage` |") && $0.contains("`\(stage.rawValue)`") })
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// docs/profiles.md says why events are skipped as the code does.
@Suite struct SkipDocumentationTests {
    @Test func everyReasonStandsInTheTable() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: "/\(root)/docs/profiles.md", encoding: .utf8).split(separator: "\n")
        let start = try #require(page.firstIndex { $0 == "| reason | what it means |" })
        let rows = page[(start + 2)...].prefix { $0.hasPrefix("|") }.map(String.init)
        #expect(rows == SkipReason.allCases.map { "| `\($0.rawValue)` | \($0.meaning) |" })
    }
}
