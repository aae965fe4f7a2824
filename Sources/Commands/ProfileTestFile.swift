import Attribution
import Connections
import Intake
import JSON
import Operations
import Pipeline
import Primitives
import YAML

/// The tests of a profile, as the file beside it states them (docs/profiles.md, "Testing").
struct ProfileTestFile {
    /// The name of the file.
    let file: String
    /// What decides about the events.
    let engine: Engine
    /// The tests, in their order.
    let tests: [ProfileTest]

    /// The file that tests a profile: `x_test.yaml` beside `x.yaml`.
    static let suffix = "_test.yaml"

    static let fields: [FieldSpec] = [
        FieldSpec("profile", .text, summary: "The profile's file; otherwise the one of the same name."),
        FieldSpec("department", .text, required: true, summary: "The department whose worker reads the events."),
        FieldSpec(
            "registry", .either([.mapping(registryFields), .text]),
            summary: "Connections, or the file or folder of a registry."),
        FieldSpec("tests", .list(.mapping(testFields)), required: true, summary: "Events and what comes of them."),
    ]
    private static let registryFields = [
        FieldSpec("connections", .list(.anything), required: true), FieldSpec("activities", .list(.anything)),
        FieldSpec("city", .anything),
    ]
    private static let testFields = [
        FieldSpec("name", .text, required: true, summary: "What the event is meant to show."),
        FieldSpec("event", .anything, summary: "The payload, written as YAML; it is sent as JSON."),
        FieldSpec("payload", .anyText, summary: "The payload as it is, byte for byte."),
        FieldSpec("tombstone", .enumeration(["true"]), summary: "True for a message without a payload."),
        FieldSpec("key", .text, summary: "The Kafka key."),
        FieldSpec("headers", .table(.text), summary: "The Kafka headers."),
        FieldSpec("file", .text, summary: "In place of one event: a file with one a line."),
        FieldSpec("expect", .table(.anything), summary: "What comes of it; needed."),
    ]

    /// Reads the tests, and the profile that they are of.
    /// - Returns: nil with at least one error among the findings.
    static func read(_ path: String) -> (file: ProfileTestFile?, findings: [Finding]) {
        guard let bytes = Files.read(path) else {
            return (
                nil, [Finding(file: path, line: 1, key: "", message: "the file cannot be read: \(InputFile.reason)")]
            )
        }
        var (document, tests, reader) = read(bytes, path)
        guard let document, !reader.hasErrors else { return (nil, reader.findings) }
        let (engine, findings) = engine(document, path, &reader)
        if engine?.profile.columns != nil { reader.refuseMappings(document) }
        let all = reader.findings + findings
        guard let engine, !FindingsReport.hasErrors(all) else { return (nil, all) }
        return (ProfileTestFile(file: path, engine: engine, tests: tests), all)
    }

    /// Reads the tests alone.
    static func read(
        _ bytes: [UInt8], _ path: String
    ) -> (document: YAMLNode?, tests: [ProfileTest], reader: FieldReader) {
        var (document, reader) = FieldReader.open(bytes, file: path, fields)
        let tests = (document?["tests"]?.items ?? []).enumerated().compactMap { index, node in
            ProfileTest(node, at: "tests[\(index)]", folder: folder(of: path), &reader)
        }
        return (document, tests, reader)
    }

    /// The folder of a file, with a slash behind it where there is one.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private static func engine(
        _ document: YAMLNode, _ path: String, _ reader: inout FieldReader
    ) -> (engine: Engine?, findings: [Finding]) {
        let name = document["profile"]?.scalar.map { folder(of: path) + $0 } ?? path.dropLast(suffix.count) + ".yaml"
        guard let bytes = Files.read(name) else {
            reader.report(document, "profile", "the file \(name) cannot be read; expected the profile of these tests")
            return (nil, [])
        }
        let profile = ProfileFile.read(bytes, file: name)
        let rules = BuiltInRules.reading
        let registry = registry(document["registry"], path)
        let findings = profile.findings + rules.findings + registry.findings.filter { $0.severity == .error }
        guard let profile = profile.profile, let rules = rules.rules, let registry = registry.registry else {
            return (nil, findings)
        }
        let engine = Engine(
            profile: profile, rules: rules, registry: RegistryIndex(registry), city: "test",
            department: document["department"]?.scalar ?? "", secret: EngineLoader.trialSecret)
        return (engine, findings)
    }

    private static func registry(_ node: YAMLNode?, _ path: String) -> RegistryReading {
        if let name = node?.scalar { return RegistryLoader.read(path: folder(of: path) + name) }
        var writer = JSONWriter()
        if let node { node.write(to: &writer) } else { writer.raw("{\"connections\":[]}") }
        return RegistryLoader.read([RegistryDocument(name: "\(path), registry", bytes: Array(writer.bytes))])
    }
}

/// One test of a profile.
struct ProfileTest {
    enum Input {
        case message(payload: [UInt8]?, key: [UInt8]?, headers: [(name: [UInt8], value: [UInt8])])
        case file(String)
    }

    /// What the event is meant to show.
    let name: String
    /// Where the test stands in its file.
    let line: Int
    /// What is read.
    let input: Input
    /// What has to come of it.
    let expected: ProfileTestFacts

    init?(_ node: YAMLNode, at key: String, folder: String, _ reader: inout FieldReader) {
        name = node["name"]?.scalar ?? ""
        line = node.line
        expected = ProfileTestFacts(expected: node["expect"])
        let given = ["event", "payload", "tombstone", "file"].filter { node[$0] != nil }
        guard given.count == 1 else {
            reader.report(node, key, "expected one of event, payload, tombstone, file")
            return nil
        }
        ProfileTest.checkExpectation(of: node, at: "\(key).expect", &reader)
        if let file = node["file"]?.scalar {
            if let other = node["key"] ?? node["headers"] {
                reader.report(other, key, "expected no key and no headers beside file: they are of one message")
            }
            input = .file(folder + file)
            return
        }
        var payload: [UInt8]?
        if let event = node["event"] {
            var writer = JSONWriter()
            event.write(to: &writer)
            payload = Array(writer.bytes)
        } else if let text = node["payload"]?.scalar {
            payload = Array(text.utf8)
        }
        let headers = (node["headers"]?.members ?? []).map { name, value in
            (name: Array((name.scalar ?? "").utf8), value: Array((value.scalar ?? "").utf8))
        }
        input = .message(payload: payload, key: node["key"]?.scalar.map { Array($0.utf8) }, headers: headers)
    }

    private static func checkExpectation(of test: YAMLNode, at key: String, _ reader: inout FieldReader) {
        guard let node = test["expect"], !node.isNull else {
            reader.report(test, key, "the key is missing; expected what comes of it, such as decision: domestic")
            return
        }
        let isOfFile = test["file"] != nil
        reader.check(node, isOfFile ? ProfileTestFacts.fileFields : ProfileTestFacts.messageFields, at: key)
        if case .mapping(let members) = node.content, members.isEmpty {
            reader.report(node, key, "expected something that comes of it: whatever happens would be right")
        }
    }
}

extension FieldReader {
    /// Refuses events that are written as YAML, where messages hold rows.
    fileprivate mutating func refuseMappings(_ document: YAMLNode) {
        for (index, test) in (document["tests"]?.items ?? []).enumerated() {
            guard let event = test["event"] else { continue }
            report(
                event, "tests[\(index)].event",
                "expected payload, a row such as 'a,b': the profile reads rows (body: csv-row)")
        }
    }
}

extension JSONWriter {
    fileprivate mutating func raw(_ json: StaticString) {
        raw(UnsafeRawBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }
}
