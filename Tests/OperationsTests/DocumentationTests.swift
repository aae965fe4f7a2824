import FoundationEssentials
import Testing

@testable import Operations

/// docs/configuration.md says what the table of settings says.
@Suite struct DocumentationTests {
    private let page: [Substring]

    init() throws {
        var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        components.removeLast(3)
        let path = components.joined(separator: "/") + "/docs/configuration.md"
        page = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    }

    @Test(arguments: Setting.all.map(\.key)) func everyKeyStandsInTheTableWithItsDefaultAndItsVariable(
        key: String
    ) throws {
        let setting = try #require(Setting.named(key))
        let standard = setting.standard.map { "`\($0)`" } ?? "—"
        let row = "| `\(key)` | \(standard) | `\(Setting.environmentName(of: key))` | "
        #expect(page.count { $0.hasPrefix(row) } == 1, "expected a row: \(row)")
    }

    @Test func noOtherKeyStandsInTheTable() {
        let keys = page.compactMap { line -> String? in
            guard line.hasPrefix("| `"), line.contains("| `CITY_") else { return nil }
            return line.dropFirst(3).split(separator: "`").first.map(String.init)
        }
        #expect(keys.filter { !$0.hasPrefix("kafka.") } == Setting.all.map(\.key))
    }
}
