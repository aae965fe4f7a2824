import Connections
import FoundationEssentials
import Testing
import YAML

/// The root of the package.
private let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

/// The paths of the files of a folder of examples, in order.
private func examples(_ folder: String) -> [String] {
    let path = "\(root)/schemas/examples/registry/\(folder)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted().map { "\(path)/\($0)" }
}

/// The schema and the field tables describe one format; these tests keep them from drifting apart.
@Suite struct SchemaTests {
    private func schema() throws -> YAMLNode {
        let path = "\(root)/schemas/registry.schema.json"
        let bytes = try #require(FileManager.default.contents(atPath: path))
        return try YAMLDocument.parse([UInt8](bytes), file: path)
    }

    private func agrees(_ node: YAMLNode?, _ fields: [FieldSpec]) {
        #expect(node?["properties"]?.members.compactMap(\.key.scalar).sorted() == fields.map(\.name).sorted())
        let required = node?["required"]?.items.compactMap(\.scalar) ?? []
        #expect(required.sorted() == fields.filter(\.isRequired).map(\.name).sorted())
    }

    @Test func namesTheKeysOfTheFieldTables() throws {
        let schema = try schema()
        let definitions = try #require(schema["$defs"])
        agrees(schema, RegistryFields.file)
        agrees(definitions["city"], RegistryFields.city)
        agrees(definitions["connection"], RegistryFields.connection)
        agrees(definitions["activity"], RegistryFields.activity)
        agrees(definitions["identifier"], RegistryFields.identifier)
    }

    @Test func namesTheSameWords() throws {
        let definitions = try #require(try schema()["$defs"])
        func words(_ node: YAMLNode?) -> Set<String> {
            Set(node?["enum"]?.items.filter { !$0.isNull }.compactMap(\.scalar) ?? [])
        }
        let connection = definitions["connection"]?["properties"]
        #expect(words(connection?["type"]) == Set(ConnectionType.allCases.map(\.rawValue)))
        #expect(words(connection?["status"]) == Set(ConnectionStatus.allCases.map(\.rawValue)))
        #expect(words(definitions["activity"]?["properties"]?["kind"]) == Set(ActivityKind.allCases.map(\.rawValue)))
        #expect(words(definitions["precision"]) == Set(PartialDate.Precision.allCases.map(\.rawValue)))
        #expect(words(definitions["country"]) == CountryCodes.all)
    }

    @Test(arguments: examples("valid"))
    func readsTheValidExamples(_ path: String) throws {
        let bytes = try #require(FileManager.default.contents(atPath: path))
        // The log may stand in a file of its own, beside one that lists the connections.
        let list = RegistryDocument(name: "zz.yaml", bytes: Array("connections: []".utf8))
        let result = RegistryLoader.read([RegistryDocument(name: path, bytes: [UInt8](bytes)), list])
        #expect(result.registry != nil, "\(result.findings)")
    }

    @Test(arguments: examples("invalid"))
    func refusesTheInvalidExamples(_ path: String) {
        let result = RegistryLoader.read(path: path)
        #expect(result.registry == nil)
        #expect((1...2).contains(result.findings.filter { $0.severity == .error }.count), "\(result.findings)")
    }

    @Test func hasExamplesOfBothKinds() {
        #expect(examples("valid").count >= 5)
        #expect(examples("invalid").count >= 30)
    }
}
