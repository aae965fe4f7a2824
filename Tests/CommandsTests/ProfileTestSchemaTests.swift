import Attribution
import Connections
import FoundationEssentials
import Intake
import Testing
import YAML

@testable import Commands

/// The files of a folder of examples, in order.
private func examples(_ folder: String) -> [String] {
    let folder = path("schemas/examples/profile-test/\(folder)")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }
}

/// The schema of test files and the tables of their keys describe one format.
@Suite struct ProfileTestSchemaTests {
    private let schema: YAMLNode

    init() throws {
        let file = path("schemas/profile-test.schema.json")
        schema = try YAMLDocument.parse([UInt8](try #require(FileManager.default.contents(atPath: file))), file: file)
    }

    private func agrees(_ node: YAMLNode?, _ fields: [FieldSpec], requires: Set<String> = []) {
        #expect(node?["properties"]?.members.compactMap(\.key.scalar).sorted() == fields.map(\.name).sorted())
        let required = Set(node?["required"]?.items.compactMap(\.scalar) ?? [])
        #expect(required == requires.union(fields.filter(\.isRequired).map(\.name)))
    }

    private func keys(of name: String, in fields: [FieldSpec]) throws -> [FieldSpec] {
        switch try #require(fields.first { $0.name == name }).kind {
        case .mapping(let fields), .list(.mapping(let fields)): return fields
        case let kind:
            Issue.record("expected keys, found \(kind)")
            return []
        }
    }

    @Test func namesTheKeysOfTheTables() throws {
        let definitions = try #require(schema["$defs"])
        agrees(schema, ProfileTestFile.fields)
        agrees(definitions["test"], try keys(of: "tests", in: ProfileTestFile.fields), requires: ["expect"])
        agrees(definitions["expectation"], ProfileTestFacts.messageFields)
        agrees(definitions["fileExpectation"], ProfileTestFacts.fileFields)
        for (definition, key) in [
            ("outcome", "outcome"), ("reference", "references"), ("named", "named"), ("nearMiss", "nearMisses"),
        ] {
            agrees(definitions[definition], try keys(of: key, in: ProfileTestFacts.messageFields))
        }
    }

    @Test func namesTheSameWords() throws {
        let definitions = try #require(schema["$defs"])
        func words(_ node: YAMLNode?) -> [String] {
            node?["enum"]?.items.filter { !$0.isNull }.compactMap(\.scalar) ?? []
        }
        #expect(words(definitions["skipReason"]) == SkipReason.allCases.map(\.rawValue))
        #expect(words(definitions["faultCode"]) == FaultCode.allCases.map(\.rawValue))
        #expect(words(definitions["decision"]) == Verdict.allCases.map { "\($0.name)" })
        #expect(Set(words(definitions["mechanism"])) == Set(Mechanism.allCases.map { "\($0.name)" }))
        #expect(
            words(definitions["nearMiss"]?["properties"]?["reason"]) == NearMiss.Reason.allCases.map { "\($0.name)" })
    }

    private func findings(_ file: String) throws -> [Finding] {
        let bytes = [UInt8](try #require(FileManager.default.contents(atPath: file)))
        return ProfileTestFile.read(bytes, file).reader.findings
    }

    @Test(arguments: examples("valid")) func takes(_ file: String) throws {
        #expect(try findings(file) == [])
    }

    @Test(arguments: examples("invalid")) func refuses(_ file: String) throws {
        let found = try findings(file)
        #expect((1...2).contains(found.count) && found.allSatisfy { $0.severity == .error && $0.line > 0 }, "\(found)")
    }

    @Test func hasExamplesOfBothKinds() {
        #expect(examples("valid").count >= 3 && examples("invalid").count >= 30)
    }
}
