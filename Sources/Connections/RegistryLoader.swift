import FoundationEssentials
import Primitives
public import YAML

/// A piece that a registry is read from: a file, or one row of a topic.
public struct RegistryDocument: Sendable {
    /// What a document holds.
    public enum Form: Sendable {
        /// A registry file with `connections` and `activities`.
        case file
        /// One connection, or (where it has `kind` in place of `type`) one activity.
        case row
    }

    /// The name for findings and for the digest.
    public let name: String
    /// YAML or JSON.
    public let bytes: [UInt8]
    /// What it holds.
    public let form: Form

    /// Makes a document.
    public init(name: String, bytes: [UInt8], form: Form = .file) {
        self.name = name
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
        let files = FileManager.default
        var isFolder = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
            return refused(path, "there is no such file or folder; set registry to where it is")
        }
        guard isFolder else {
            guard let content = files.contents(atPath: path) else {
                return refused(path, "the file cannot be read; check its permissions")
            }
            return read([RegistryDocument(name: path, bytes: [UInt8](content))])
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
            documents.append(RegistryDocument(name: name, bytes: [UInt8](content)))
        }
        guard !documents.isEmpty else { return refused(path, "the folder holds no *.yaml, *.yml or *.json file") }
        return read(documents, folder: folder, isFolder: true)
    }

    /// Reads documents that are at hand, such as the rows of a topic. The digest of one file is that of its bytes; that
    /// of rows or of several files is that of a folder of them.
    public static func read(_ documents: [RegistryDocument]) -> RegistryReading {
        read(documents, folder: "", isFolder: documents.count != 1 || documents.first?.form == .row)
    }

    private static func read(_ documents: [RegistryDocument], folder: String, isFolder: Bool) -> RegistryReading {
        let sorted = documents.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var rows = RegistryRows()
        for document in sorted { rows.add(document, folder: folder) }
        var check = RegistryCheck(rows)
        check.run()
        let findings = (rows.findings + check.findings).sorted()
        guard !findings.contains(where: { $0.severity == .error }) else {
            return RegistryReading(registry: nil, findings: findings)
        }
        let registry = Registry(
            city: rows.cities.first?.city, connections: rows.connections.map(\.row),
            activities: rows.activities.map(\.row), digest: digest(sorted, isFolder: isFolder))
        return RegistryReading(registry: registry, findings: findings)
    }

    private static func digest(_ documents: [RegistryDocument], isFolder: Bool) -> String {
        var lines: [UInt8] = []
        for document in documents {
            let digest = Hexadecimal.text(SHA256.digest(of: document.bytes))
            if !isFolder { return digest }
            lines += "\(digest)  \(document.name)\n".utf8
        }
        return Hexadecimal.text(SHA256.digest(of: lines))
    }

    private static func isRegistryFile(_ name: String) -> Bool {
        !name.hasPrefix(".") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    private static func refused(_ file: String, _ message: String) -> RegistryReading {
        RegistryReading(registry: nil, findings: [Finding(file: file, line: 1, key: "", message: message)])
    }
}
