import Connections
import Kafka
import Operations
import Primitives
import YAML

/// What the sources of a registry show without being read as one: the digests and names of the files, and how far the
/// topics reach.
struct RegistryMarks: Sendable, Equatable {
    var files: [String] = []
    var topics: [TopicExtent] = []
}

/// Looks at the sources that a configuration names for the registry. For one thread.
final class RegistryLook {
    private static let timeoutMilliseconds: Int32 = 5000
    private let paths: [(key: String, path: String)]
    private let topics: [String]
    private let configuration: Configuration
    private var watch: TopicWatch?

    /// - Throws: what librdkafka refuses about its properties.
    init(_ configuration: Configuration) throws(KafkaError) {
        paths = RegistryRowsOfTopics.keys.compactMap { key in
            guard let text = configuration.text(key), case .path(let path) = RegistrySource(text) else { return nil }
            return (key, path)
        }
        topics = RegistryRowsOfTopics.topics(configuration)
        self.configuration = configuration
        if !topics.isEmpty { watch = try TopicWatch(WorkerSettings.reader(configuration)) }
    }

    /// What they show now.
    /// - Throws: why one of them cannot be looked at.
    func marks() throws(RegistryUnavailable) -> RegistryMarks {
        var marks = RegistryMarks()
        for (key, path) in paths {
            let (documents, findings) = RegistryLoader.documents(path: path, key: key)
            if let finding = findings.first { throw RegistryUnavailable(reason: finding.description) }
            marks.files += documents.map { "\(Hexadecimal.text(SHA256.digest(of: $0.bytes)))  \($0.name)" }
        }
        for topic in topics {
            do throws(KafkaError) {
                if self.watch == nil { self.watch = try TopicWatch(WorkerSettings.reader(configuration)) }
                guard let watch else { continue }
                marks.topics.append(
                    try watch.extent(of: topic, timeoutMilliseconds: RegistryLook.timeoutMilliseconds))
            } catch {
                // The next one has what stands in the files of credentials then.
                watch = nil
                throw RegistryUnavailable(reason: error.description)
            }
        }
        return marks
    }
}

/// Why a source of the registry could not be looked at or read.
struct RegistryUnavailable: Error {
    let reason: String
}
