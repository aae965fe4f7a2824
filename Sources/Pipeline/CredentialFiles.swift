public import Kafka
public import Operations
import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// The files that hold the credentials of Kafka clients: certificates, keys, and secrets that the configuration names
/// by file. They may be renewed while a process runs.
///
/// librdkafka reads certificates and keys when a client is made, and never again. The file of a token is not among
/// them: each client reads it anew by itself.
public struct CredentialFiles: Sendable, Equatable {
    /// A digest of each file, by the property of librdkafka that it is for.
    public typealias Digests = [String: [UInt8]]

    /// The properties of librdkafka that name files or folders.
    private static let locations = [
        "ssl.ca.location", "ssl.certificate.location", "ssl.crl.location", "ssl.key.location", "ssl.keystore.location",
    ]

    /// Paths by property: those whose content is the value, and those that librdkafka reads.
    private let secrets: [String: String]
    private let read: [String: String]

    /// The files that a configuration names for Kafka.
    public init(_ configuration: Configuration) {
        let kafka = configuration.kafka
        secrets = Dictionary(
            uniqueKeysWithValues: configuration.secretFiles.filter { $0.key.hasPrefix("kafka.") }
                .map { (String($0.key.dropFirst("kafka.".count)), $0.value) })
        read = kafka.filter { CredentialFiles.locations.contains($0.key) && $0.value != "probe" }
    }

    /// True where there is nothing to look at.
    public var isEmpty: Bool { secrets.isEmpty && read.isEmpty }

    /// What stands in the files now; a file that cannot be read has an empty digest.
    public func digests() -> Digests {
        secrets.merging(read) { $1 }.mapValues { path in
            if let content = Files.read(path) { return SHA256.digest(of: content) }
            let files = CredentialFiles.files(in: path)
            return files.isEmpty ? [] : SHA256.digest(of: files.flatMap { Array($0.utf8) + (Files.read($0) ?? []) })
        }
    }

    /// The properties of librdkafka that name a file or folder that cannot be read.
    public var unreadable: [String] { digests().filter { $0.value.isEmpty && read[$0.key] != nil }.keys.sorted() }

    /// Properties with the secrets as they stand in their files now; one whose file cannot be read stays as it is.
    public func renewed(_ properties: [String: String]) -> [String: String] {
        var properties = properties
        for (property, path) in secrets {
            if let content = Files.read(path) { properties[property] = Configuration.secret(content) }
        }
        return properties
    }

    /// The same of a client's properties.
    public func renewed(_ client: ClientConfiguration) -> ClientConfiguration {
        ClientConfiguration(renewed(client.properties))
    }

    private static func files(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var files: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { files.append("\(folder)/\(name)") }
        }
        return files.sorted()
    }
}
