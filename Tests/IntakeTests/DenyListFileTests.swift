import Testing
import YAML

@testable import Intake

/// What the check of the file finds.
@Suite struct DenyListFileTests {
    private static let good = """
        version: 1
        persons: [client]
        records: [data]
        value_names: [url]
        categories:
          - category: name
            title: Names
            reason: They say who.
            names: [first name]
            of_a_person: [name]
            paths: { subject.display: FHIR }
        innocent:
          names: [client count]
          paths: { column.name: columns }
        """

    private func findings(_ replacing: (String, String)...) -> [String] {
        let lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            for (from, to) in replacing {
                guard let range = line.firstRange(of: from) else { continue }
                return String(line[..<range.lowerBound] + to + line[range.upperBound...])
            }
            return String(line)
        }
        let text = lines.joined(separator: "\n")
        return DenyListFile.read(Array(text.utf8), file: "list.yaml").findings.map(\.description)
    }

    @Test func theFileIsRight() {
        let reading = DenyListFile.read(PackageResources.deny_list_yaml, file: "deny-list.yaml")
        for finding in reading.findings { Issue.record("\(finding)") }
        #expect(reading.list?.categories.count == 15)
    }

    @Test func aGoodOne() {
        #expect(findings() == [])
        #expect(DenyListFile.read(Array(Self.good.utf8), file: "list.yaml").list != nil)
    }

    @Test func faults() {
        #expect(
            findings(("[first name]", "[first name, FirstName]")) == [
                "list.yaml:9: categories[0].names[1]: FirstName: expected once; it stands here already as first name"
            ])
        #expect(
            findings(("[first name]", "[__]")) == [
                "list.yaml:9: categories[0].names[0]: expected 1 to 64 letters and digits"
            ])
        #expect(
            findings(("client count", "bed count")) == [
                "list.yaml:13: innocent.names[0]: expected words of which a category or persons has some"
            ])
        #expect(
            findings(("subject.display", "display")) == [
                "list.yaml:11: categories[0].paths.display: expected names with a point between; a name alone belongs "
                    + "to names"
            ])
        #expect(findings(("of_a_person", "of_person")).first?.contains("did you mean of_a_person?") == true)
        #expect(findings(("version: 1", "version: 2")).count == 1)
        #expect(DenyListFile.read(Array("a: [".utf8), file: "list.yaml").findings.count == 1)
    }
}
