import Glibc
import Intake
import JSON
import Kafka
import Operations
import Pipeline
import Primitives

extension Command {
    /// `ingest`: events from a file to the department's topic.
    static let ingest = Command(
        name: "ingest",
        summary: "Send the events of an NDJSON file to the department's topic.",
        usage: """
            ingest [--key PATH] [--bad FILE] --department NAME [--config FILE] [--KEY VALUE]… FILE

            One JSON document a line; blank lines are passed over. The Kafka key of an event is the source record's id:
            $.subject, otherwise $.id, or what --key says. Lines that are no JSON go to --bad with their number and why.
            """,
        options: [
            CommandOption("key", value: "PATH", "The path of the source record's id."),
            CommandOption("bad", value: "FILE", "Receives a JSON line for each line that was not sent."),
        ]
    ) { context in
        guard context.arguments.positionals.count == 1, let path = context.arguments.positionals.first else {
            return context.misused("ingest: expected one file")
        }
        guard let settings = context.workerSettings() else { return ExitCode.configuration }
        let paths: [SimplePath]
        do throws(PathSyntaxError) {
            paths = try (context.arguments["key"].map { [$0] } ?? ["$.subject", "$.id"]).map(IngestCommand.path)
        } catch {
            return context.misused("ingest: --key: \(error)")
        }
        guard let content = Files.read(path) else {
            return context.misused("ingest: \(path): the file cannot be read")
        }
        return IngestCommand(settings: settings, keys: paths).send(content, &context)
    }
}

private struct IngestCommand {
    let settings: WorkerSettings
    let keys: [SimplePath]

    static func path(_ text: String) throws(PathSyntaxError) -> SimplePath { try SimplePath(text) }

    func send(_ content: [UInt8], _ context: inout CommandContext) -> Int32 {
        var sent = 0
        var bad: [(line: Int, reason: String)] = []
        let extractor = Extractor(maximumBytes: 100_000_000, maximumDepth: 1024)
        let plan = ExtractionPlan(keys)
        let isTerminal = isatty(STDERR_FILENO) == 1
        let progress = context
        do throws(KafkaError) {
            var client = ClientConfiguration(settings.kafka)
            client.setDefault("enable.idempotence", "true")
            client.setDefault("message.max.bytes", "10485760")
            let producer = try Producer(client) { _ in }
            let topic = try producer.topic(settings.events)
            for (number, line) in content.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
                if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
                if let reason = try produce(Array(line), extractor, plan, producer, topic) {
                    bad.append((number + 1, reason))
                } else {
                    sent += 1
                }
                if isTerminal, number % 10_000 == 9_999 { progress.note("\r\(sent) sent, \(bad.count) bad") }
            }
            try producer.flush(timeoutMilliseconds: 60_000)
            let failures = producer.takeDeliveryFailures()
            if let error = failures.firstError {
                context.note("ingest: \(failures.count) events were not accepted: \(error.description)\n")
                return ExitCode.findings
            }
        } catch {
            context.note("ingest: \(error.description); tried \(settings.kafka["bootstrap.servers"] ?? "")\n")
            return ExitCode.unavailable
        }
        return conclude(sent, bad, &context)
    }

    /// Sends a line; gives the reason where it is none that can be sent.
    private func produce(
        _ line: [UInt8], _ extractor: Extractor, _ plan: ExtractionPlan, _ producer: borrowing Producer,
        _ topic: borrowing ProducerTopic
    ) throws(KafkaError) -> String? {
        var key: [UInt8]?
        do throws(JSONError) {
            let values = try line.withUnsafeBufferPointer { (bytes) throws(JSONError) in
                try extractor.extract(UnsafeRawBufferPointer(bytes), plan)
            }
            for slot in keys.indices where key == nil {
                for value in values where value.slot == slot {
                    if value.kind == .string { key = [UInt8](value.text) }
                    if value.kind == .integer { key = Array(String(value.integer).utf8) }
                }
            }
        } catch {
            return error.message
        }
        guard let key, !key.isEmpty else { return "expected the source record's id at the path of --key" }
        try key.withUnsafeBufferPointer { (key) throws(KafkaError) in
            try line.withUnsafeBufferPointer { (payload) throws(KafkaError) in
                try producer.produce(
                    to: topic, key: UnsafeRawBufferPointer(key), payload: UnsafeRawBufferPointer(payload))
            }
        }
        return nil
    }

    private func conclude(_ sent: Int, _ bad: [(line: Int, reason: String)], _ context: inout CommandContext) -> Int32 {
        context.print("\(settings.events): \(sent) sent, \(bad.count) bad\n")
        if bad.isEmpty { return ExitCode.done }
        var writer = JSONWriter()
        for entry in bad {
            writer.beginObject()
            writer.key("line")
            writer.integer(entry.line)
            writer.key("reason")
            writer.string(entry.reason)
            writer.endObject()
            writer.newLine()
        }
        if let path = context.arguments["bad"] {
            guard Files.write([UInt8](writer.bytes), to: path) else {
                context.note("ingest: \(path): the file cannot be written\n")
                return ExitCode.findings
            }
        } else {
            for entry in bad.prefix(20) { context.note("line \(entry.line): \(entry.reason)\n") }
        }
        return ExitCode.findings
    }
}
