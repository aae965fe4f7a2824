import Connections
import FoundationEssentials
import Primitives
import Testing
import YAML

/// What comes of reading a text as a registry file.
func reading(_ text: String, name: String = "registry.yaml") -> RegistryReading {
    RegistryLoader.read([RegistryDocument(name: name, bytes: Array(text.utf8))])
}

/// The registry of a text, which must have no errors.
func registry(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Registry {
    let result = reading(text)
    return try #require(result.registry, "\(result.findings)", sourceLocation: sourceLocation)
}

/// The errors of a text, one a line.
func errors(_ text: String) -> [String] {
    reading(text).findings.filter { $0.severity == .error }.map(\.description)
}

/// The warnings of a text, one a line.
func warnings(_ text: String) -> [String] {
    reading(text).findings.filter { $0.severity == .warning }.map(\.description)
}

/// A connection as YAML with the given lines below id, type and partner; verified unless the lines say otherwise.
func row(_ id: String, _ lines: String...) -> String {
    var text = "  - id: \(id)\n    type: network\n    partner: Partner of \(id)\n"
    for line in lines { text += "    \(line)\n" }
    if !lines.contains(where: { $0.hasPrefix("status:") }) { text += "    status: active\n" }
    if !lines.contains(where: { $0.hasPrefix("verified") }) { text += "    verified: true\n" }
    if !lines.contains(where: { $0.hasPrefix("since:") || $0.hasPrefix("attested_from:") }) {
        text += "    since: 2001\n"
    }
    return text
}

/// The day of a text that is one.
func day(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
    try #require(CivilDate(text), sourceLocation: sourceLocation)
}

/// A folder that is removed with the test's end.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/registry-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String) -> String {
        let file = path + "/" + name
        #expect(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
        return file
    }
}
