import FoundationEssentials
import Primitives
public import YAML

/// A piece that a registry is read from: a file, or the value of a key in a topic.
public struct RegistryDocument: Sendable {
    /// What a document holds.
    public enum Form: Sendable {
        /// A registry file with `connections` and `activities`.
        case file
        /// The row of one connection, or a list of its rows where they followed one another.
        case connection
        /// One entry of the log.
        case activity
    }

    /// The name in the digest: that of the file in its folder, or the key in a topic, which is the id of the row.
    public let name: String
    /// The place for findings.
    public let file: String
    /// YAML or JSON.
    public let bytes: [UInt8]
    /// What it holds.
    public let form: Form

    /// Makes a document; its place is its name unless stated.
    public init(name: String, file: String? = nil, bytes: [UInt8], form: Form = .file) {
        self.name = name
        self.file = file ?? name
        self.bytes = bytes
        self.form = form
    }
}

/// What came of reading a registry.
public struct RegistryReading: Sendable {
    /// The registry; nil where a finding is an error.
    public let registry: Registry?
    /// Everything there is to say, sorted by file and line.
    public let findings: [Finding]
    /// Its rows as they are written, those with errors left out.
    public let entries: RegistryEntries
}

/// A registry that cannot be used, with all its findings.
public struct RegistryError: Error, CustomStringConvertible, Sendable {
    /// The findings, warnings included, sorted by file and line.
    public let findings: [Finding]

    /// The errors, one a line.
    public var description: String {
        findings.filter { $0.severity == .error }.map(\.description).joined(separator: "\n")
    }
}

/// Reading of the registry from a file, a folder or rows: all of it, or none where there is an error.
public enum RegistryLoader {
    /// The registry at a path.
    /// - Throws: `RegistryError` where there is an error among the findings.
    public static func load(path: String) throws(RegistryError) -> Registry {
        let reading = read(path: path)
        guard let registry = reading.registry else { throw RegistryError(findings: reading.findings) }
        return registry
    }

    /// Reads a file, or the files `*.yaml`, `*.yml` and `*.json` of a folder (not of folders in it) sorted by name.
    public static func read(path: String) -> RegistryReading {
        let found = documents(path: path)
        guard found.findings.isEmpty else {
            return RegistryReading(
                registry: nil, findings: found.findings, entries: RegistryEntries(RegistryRows()))
        }
        return read(found.documents)
    }

    /// The documents at a path, or a finding that says why there are none.
    /// - Parameter key: the key of the configuration that names the path.
    public static func documents(
        path: String, key: String = "registry"
    ) -> (documents: [RegistryDocument], findings: [Finding]) {
        let files = FileManager.default
        var isFolder = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
            return refused(path, "there is no such file or folder; set \(key) to where it is")
        }
        guard isFolder else {
            guard let content = files.contents(atPath: path) else {
                return refused(path, "the file cannot be read; check its permissions")
            }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return ([RegistryDocument(name: name, file: path, bytes: [UInt8](content))], [])
        }
        guard let names = try? files.contentsOfDirectory(atPath: path) else {
            return refused(path, "the folder cannot be read; check its permissions")
        }
        let folder = path.hasSuffix("/") ? path : path + "/"
        var documents: [RegistryDocument] = []
        for name in names.filter(isRegistryFile) {
            guard let content = files.contents(atPath: folder + name) else {
                return refused(folder + name, "the file cannot be read; check its permissions")
            }
            documents.append(RegistryDocument(name: name, file: folder + name, bytes: [UInt8](content)))
        }
        guard !documents.isEmpty else { return refused(path, "the folder holds no *.yaml, *.yml or *.json file") }
        return (documents, [])
    }

    /// Reads documents that are at hand. The digest of one file is that of its bytes; that of several files, and of
    /// rows, is that of a folder of them.
    public static func read(_ documents: [RegistryDocument]) -> RegistryReading {
        let sorted = documents.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var rows = RegistryRows()
        for document in sorted { rows.add(document) }
        var check = RegistryCheck(rows)
        check.run()
        let findings = (rows.findings + check.findings).sorted()
        let entries = RegistryEntries(rows)
        guard !findings.contains(where: { $0.severity == .error }) else {
            return RegistryReading(registry: nil, findings: findings, entries: entries)
        }
        let registry = Registry(
            city: rows.city, connections: rows.connections.map(\.row), activities: rows.activities.map(\.row),
            digest: digest(sorted))
        return RegistryReading(registry: registry, findings: findings, entries: entries)
    }

    private static func digest(_ documents: [RegistryDocument]) -> String {
        var lines: [UInt8] = []
        for document in documents {
            let digest = Hexadecimal.text(SHA256.digest(of: document.bytes))
            if documents.count == 1 && document.form == .file { return digest }
            lines += "\(digest)  \(document.name)\n".utf8
        }
        return Hexadecimal.text(SHA256.digest(of: lines))
    }

    private static func isRegistryFile(_ name: String) -> Bool {
        !name.hasPrefix(".") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    private static func refused(
        _ file: String, _ message: String
    ) -> (documents: [RegistryDocument], findings: [Finding]) {
        ([], [Finding(file: file, line: 1, key: "", message: message)])
    }
}
