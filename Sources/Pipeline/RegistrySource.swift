import Connections
public import Kafka
public import Operations
import YAML

/// Where a part of the registry comes from, as a configuration says it: a path, or `topic:` and a name.
enum RegistrySource {
    case path(String)
    case topic(String)

    init(_ text: String) {
        self = text.hasPrefix("topic:") ? .topic(String(text.dropFirst(6))) : .path(text)
    }

    var topic: String? {
        guard case .topic(let name) = self else { return nil }
        return name
    }
}

/// What the topics of a registry held at their ends, when they were read: one document for each key.
public struct RegistryRowsOfTopics: Sendable {
    /// The keys of a configuration that may name a topic, and what its values are.
    private static let parts: [(key: String, form: RegistryDocument.Form)] = [
        ("registry", .connection), ("activities", .activity),
    ]

    /// By the key that names the topic.
    private var documents: [String: [RegistryDocument]] = [:]

    /// The keys of a configuration that name the sources of a registry.
    static let keys = parts.map(\.key)

    /// The topics that a configuration names.
    public static func topics(_ configuration: Configuration) -> [String] {
        parts.compactMap { topic($0.key, configuration) }
    }

    private static func topic(_ key: String, _ configuration: Configuration) -> String? {
        configuration.text(key).flatMap { RegistrySource($0).topic }
    }

    /// Reads the topics that a configuration names, each to its end; asks no broker where it names none.
    ///
    /// - Parameter timeoutMilliseconds: for each step of each topic.
    public static func read(
        _ configuration: Configuration, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> RegistryRowsOfTopics {
        var rows = RegistryRowsOfTopics()
        for (key, form) in parts {
            guard let name = topic(key, configuration) else { continue }
            let topic = CompactedTopic(name, WorkerSettings.reader(configuration))
            let records = try topic.read(timeoutMilliseconds: timeoutMilliseconds)
            rows.documents[key] = records.map { record in
                RegistryDocument(
                    name: String(decoding: record.key, as: UTF8.self), file: record.place.description,
                    bytes: record.value, form: form)
            }
        }
        return rows
    }

    /// Whether a finding is about a row of these topics, and not about a file.
    func contain(_ finding: Finding) -> Bool {
        documents.values.contains { $0.contains { $0.file == finding.file } }
    }

    /// The documents of the topic that a key names; nil where none was read.
    subscript(key: String) -> [RegistryDocument]? { documents[key] }
}
