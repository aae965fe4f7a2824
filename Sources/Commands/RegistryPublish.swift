import Connections
import JSON
import Kafka
import Operations
import Pipeline
import Primitives
import YAML

/// `registry publish`: sends the rows of files that differ from those of the topics.
struct RegistryPublish {
    /// Of all who publish, the last one wins, and what another has begun is given up.
    private static let transactionalID = "city-attribution.registry"
    private static let timeoutMilliseconds: Int32 = 30_000

    /// What one topic holds, and is to hold.
    private struct Part {
        let kind: String
        let topic: String
        let form: RegistryDocument.Form
        let held: [RegistryDocument]
        /// The values to send, by key; nil takes a key away.
        var changes: [(key: String, value: [UInt8]?)] = []
        var difference: RegistryDifference
    }

    private let configuration: Configuration
    private let removes: Bool
    private let isDryRun: Bool

    init(_ context: CommandContext) throws(CommandFailure) {
        configuration = context.configuration()
        guard !configuration.hasErrors else {
            context.note(configuration.findings)
            throw CommandFailure(code: ExitCode.configuration, message: "publish: nothing was sent")
        }
        removes = context.arguments.has("remove")
        isDryRun = context.arguments.has("dry-run")
    }

    func run(_ paths: [String], _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let found = paths.map { RegistryLoader.documents(path: $0) }
        let reading = RegistryLoader.read(found.flatMap(\.documents))
        let findings = found.flatMap(\.findings) + reading.findings
        context.note(findings)
        guard !FindingsReport.hasErrors(findings) else {
            throw CommandFailure("publish: \(FindingsReport.count(findings)); nothing was sent")
        }
        let connections = try part(
            "connection", topic("registry", else: "city.connections"), .connection, reading.entries.connections)
        var parts = [connections]
        if !reading.entries.activities.isEmpty {
            parts.append(
                try part(
                    "activity", topic("activities", else: "city.activities"), .activity, reading.entries.activities))
        }
        for part in parts { RegistryDiff.tell(part.kind, shown(part), &context) }
        let removed = connections.difference.removed.count
        guard removed == 0 || removes else {
            throw CommandFailure(
                "publish: the files do not have \(removed) of the connections of \(connections.topic), marked - above; "
                    + "nothing was sent. Add --remove to take them away, or the files that have them")
        }
        let count = parts.reduce(0) { $0 + $1.changes.count }
        if isDryRun {
            context.print("\(count) rows would be sent\n")
            return ExitCode.done
        }
        if count > 0 { try send(parts) }
        for part in parts { context.print("\(part.topic): \(part.changes.count) rows sent\n") }
        return try confirm(parts, &context)
    }

    private func topic(_ key: String, else standard: String) -> String {
        guard let text = configuration.text(key), text.hasPrefix("topic:") else { return standard }
        return String(text.dropFirst(6))
    }

    /// Other systems write to the log, too: what the files do not have of it stays, and is not shown.
    private func shown(_ part: Part) -> RegistryDifference {
        part.form == .activity ? part.difference.withoutRemoved : part.difference
    }

    private func part(
        _ kind: String, _ topic: String, _ form: RegistryDocument.Form, _ entries: [RegistryEntries.Entry]
    ) throws(CommandFailure) -> Part {
        let held = try RegistryTopicRows.documents(topic, form, configuration)
        let known = RegistryLoader.read(held).entries
        let old = form == .activity ? known.activities : known.connections
        var part = Part(
            kind: kind, topic: topic, form: form, held: held,
            difference: RegistryDifference(from: old, to: entries))
        let values = Dictionary(held.map { ($0.name, $0.bytes) }) { first, _ in first }
        for entry in entries {
            let value = RegistryPublish.value(entry)
            // A row that is written otherwise and says the same has another digest, and no other meaning.
            if values[entry.id] != value { part.changes.append((entry.id, value)) }
        }
        if form == .connection {
            // What cannot be read as a row is in no difference, and is to go all the same.
            let kept = Set(entries.map(\.id))
            part.changes += held.map(\.name).filter { !kept.contains($0) }.map { ($0, nil) }
        }
        return part
    }

    /// The row as JSON; a list of rows where there are several.
    static func value(_ entry: RegistryEntries.Entry) -> [UInt8] {
        var writer = JSONWriter()
        if entry.rows.count > 1 { writer.beginArray() }
        for row in entry.rows { row.write(to: &writer) }
        if entry.rows.count > 1 { writer.endArray() }
        return Array(writer.bytes)
    }

    private func send(_ parts: [Part]) throws(CommandFailure) {
        var client = WorkerSettings.writer(configuration)
        client["transactional.id"] = RegistryPublish.transactionalID
        do throws(KafkaError) {
            let producer = try Producer(client) { _ in }
            try producer.initTransactions(timeoutMilliseconds: RegistryPublish.timeoutMilliseconds)
            try producer.beginTransaction()
            for part in parts {
                let topic = try producer.topic(part.topic)
                for (key, value) in part.changes {
                    try Array(key.utf8).withUnsafeBufferPointer { (key) throws(KafkaError) in
                        let key = UnsafeRawBufferPointer(key)
                        guard let value else { return try producer.produce(to: topic, key: key, payload: nil) }
                        try value.withUnsafeBufferPointer { (value) throws(KafkaError) in
                            try producer.produce(to: topic, key: key, payload: UnsafeRawBufferPointer(value))
                        }
                    }
                }
            }
            try producer.commitTransaction(timeoutMilliseconds: RegistryPublish.timeoutMilliseconds)
        } catch {
            throw CommandFailure(error, brokers: configuration.kafka["bootstrap.servers"], seconds: 30)
        }
    }

    /// Reads the topics again: what workers will read is what counts.
    private func confirm(_ parts: [Part], _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        var documents: [RegistryDocument] = []
        for part in parts { documents += try RegistryTopicRows.documents(part.topic, part.form, configuration) }
        let reading = RegistryLoader.read(documents)
        guard let registry = reading.registry else {
            context.note(reading.findings.filter { $0.severity == .error })
            throw CommandFailure(
                "publish: the topics hold an error all the same: workers go on with the registry that they have")
        }
        context.print(
            "the topics hold \(registry.connections.count) rows of connections and \(registry.activities.count) "
                + "activities, version sha256:\(registry.digest)\n")
        return ExitCode.done
    }
}

extension RegistryDifference {
    /// The same without what only the older version has.
    fileprivate var withoutRemoved: RegistryDifference { RegistryDifference(added: added, changed: changed) }
}
