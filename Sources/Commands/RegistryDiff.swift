import Connections
import Kafka
import Operations
import Pipeline
import YAML

/// `registry diff`: what makes two versions of the registry differ.
enum RegistryDiff {
    /// Compares two sources and prints what differs.
    static func run(_ old: String, _ new: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        guard let before = try entries(old, &context), let after = try entries(new, &context) else {
            return ExitCode.findings
        }
        let parts = [
            ("connection", RegistryDifference(from: before.connections, to: after.connections)),
            ("activity", RegistryDifference(from: before.activities, to: after.activities)),
        ]
        for (kind, difference) in parts { tell(kind, difference, &context) }
        let isSame = parts.allSatisfy { $0.1.isEmpty }
        if isSame { context.print("no difference\n") }
        return isSame ? ExitCode.done : ExitCode.findings
    }

    /// Prints what differs: `+` what was added, `-` what was removed, `~` each key that changed.
    static func tell(_ kind: String, _ difference: RegistryDifference, _ context: inout CommandContext) {
        for id in difference.added { context.print("+ \(kind) \(id)\n") }
        for id in difference.removed { context.print("- \(kind) \(id)\n") }
        for change in difference.changed {
            for key in change.keys {
                context.print(
                    "~ \(kind) \(change.id): \(key.key): \(key.old ?? "(nothing)") -> \(key.new ?? "(nothing)")\n")
            }
        }
    }

    /// The rows of a file, a folder or a topic; nil, with the findings told, where they have an error.
    private static func entries(
        _ source: String, _ context: inout CommandContext
    ) throws(CommandFailure) -> RegistryEntries? {
        let reading: RegistryReading
        if source.hasPrefix("topic:") {
            let name = source.dropFirst(6)
            guard TopicName.isValid(name) else { throw .usage("diff: expected a topic as topic:NAME") }
            let configuration = context.configuration()
            guard !configuration.hasErrors else {
                context.note(configuration.findings)
                return nil
            }
            reading = RegistryLoader.read(
                try RegistryTopicRows.documents(String(name), .connection, configuration))
        } else {
            reading = RegistryLoader.read(path: source)
        }
        let errors = reading.findings.filter { $0.severity == .error }
        context.note(errors)
        return errors.isEmpty ? reading.entries : nil
    }
}

/// What a topic of the registry holds, for commands.
enum RegistryTopicRows {
    /// Milliseconds for each step of reading it.
    private static let timeoutMilliseconds: Int32 = 10_000

    /// The newest row of each key, as documents for the loader.
    static func documents(
        _ topic: String, _ form: RegistryDocument.Form, _ configuration: Configuration
    ) throws(CommandFailure) -> [RegistryDocument] {
        do throws(KafkaError) {
            return try CompactedTopic(topic, WorkerSettings.reader(configuration))
                .read(timeoutMilliseconds: timeoutMilliseconds).map { record in
                    RegistryDocument(
                        name: String(decoding: record.key, as: UTF8.self), file: record.place.description,
                        bytes: record.value, form: form)
                }
        } catch {
            throw CommandFailure(error, brokers: configuration.kafka["bootstrap.servers"], seconds: 10)
        }
    }
}
