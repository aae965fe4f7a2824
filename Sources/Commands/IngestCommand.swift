import Glibc
import JSON
import Kafka
import Pipeline

extension Command {
    /// `ingest`: events from a file to the department's topic.
    static let ingest = Command(
        name: "ingest",
        summary: "Send the events of an NDJSON file to the department's topic.",
        usage: """
            ingest [--key PATH] [--bad FILE] --department NAME [--config FILE] [--KEY VALUE]… FILE|-

            One JSON document a line; blank lines are passed over, and `-` is standard input. The Kafka key of an event
            is the source record's id: $.subject, otherwise $.id, or what --key says. Lines that are no JSON go to --bad
            with their number and why, and so do those that are longer than kafka.message.max.bytes, 10485760 unless
            set. The file may be of any size: it is read as it is sent.
            """,
        options: [
            CommandOption("key", value: "PATH", "The path of the source record's id."),
            CommandOption("bad", value: "FILE", "Receives a JSON line for each line that was not sent."),
        ]
    ) { context in
        guard context.arguments.positionals.count == 1, let path = context.arguments.positionals.first else {
            return context.misused("ingest: expected one file, or - for standard input")
        }
        guard let settings = context.workerSettings() else { return ExitCode.configuration }
        let keys: [SimplePath]
        do throws(PathSyntaxError) {
            keys = try (context.arguments["key"].map { [$0] } ?? ["$.subject", "$.id"]).map(IngestCommand.path)
        } catch {
            return context.misused("ingest: --key: \(error)")
        }
        guard let file = InputFile(path, standardInput: context.input) else {
            return context.misused("ingest: \(path): the file cannot be read: \(InputFile.reason)")
        }
        if let bad = context.arguments["bad"], file.isSame(as: bad) {
            return context.misused("ingest: expected --bad to be another file than the one that is read")
        }
        return IngestCommand(settings: settings, keys: keys).send(file, &context)
    }
}

private struct IngestCommand {
    /// Lines between two looks at the clock, and at what the client has to say.
    private static let linesBetweenLooks: Int64 = 1024

    let settings: WorkerSettings
    let keys: [SimplePath]

    static func path(_ text: String) throws(PathSyntaxError) -> SimplePath { try SimplePath(text) }

    func send(_ file: borrowing InputFile, _ context: inout CommandContext) -> Int32 {
        var bad = BadLines(path: context.arguments["bad"])
        var progress = ProgressLine(context)
        var sent = 0
        do throws(KafkaError) {
            let client = client()
            let sender = try LineSender(client, topic: settings.events, keys: keys)
            var reader = LineReader(file.descriptor, lineBytesMax: sender.lineBytesMax)
            while let line = reader.next() {
                if reader.index % IngestCommand.linesBetweenLooks == 0 {
                    sender.poll()
                    progress.show { _ in "\(sent) sent, \(bad.count) bad" }
                }
                if line.isBlank { continue }
                if let reason = try sender.send(line) {
                    bad.add(line: reader.index + 1, reason: reason)
                } else {
                    sent += 1
                }
            }
            let failures = try sender.finish()
            progress.clear()
            if let error = failures.firstError {
                context.note("ingest: \(failures.count) events were not accepted: \(error.description)\n")
            }
            if reader.failure != 0 {
                let reason = String(cString: strerror(reader.failure))
                context.note("ingest: \(file.name): the file cannot be read to its end: \(reason)\n")
            }
            let isWhole = failures.isEmpty && reader.failure == 0
            let code = conclude(sent - failures.count, &bad, &context)
            return isWhole ? code : ExitCode.findings
        } catch {
            progress.clear()
            _ = bad.finish()
            context.note("ingest: \(error.description); tried \(settings.kafka["bootstrap.servers"] ?? "")\n")
            return ExitCode.unavailable
        }
    }

    /// The configuration of the client: what is queued is bounded in bytes too, since lines may be long.
    private func client() -> ClientConfiguration {
        var client = ClientConfiguration(settings.kafka)
        client.setDefault("enable.idempotence", "true")
        client.setDefault("message.max.bytes", "10485760")
        client.setDefault("queue.buffering.max.kbytes", "65536")
        return client
    }

    private func conclude(_ sent: Int, _ bad: inout BadLines, _ context: inout CommandContext) -> Int32 {
        context.print("\(settings.events): \(sent) sent, \(bad.count) bad\n")
        if bad.count == 0 { return ExitCode.done }
        if let path = bad.path {
            if !bad.finish() { context.note("ingest: \(path): the file cannot be written\n") }
        } else {
            for (line, reason) in bad.first { context.note("line \(line): \(reason)\n") }
        }
        return ExitCode.findings
    }
}

/// Sends lines, each under the key that stands in it.
private struct LineSender: ~Copyable {
    /// The longest line that is sent.
    let lineBytesMax: Int
    private let extractor: Extractor
    private let plan: ExtractionPlan
    private let producer: Producer
    private let topic: ProducerTopic

    init(_ client: ClientConfiguration, topic: String, keys: [SimplePath]) throws(KafkaError) {
        let producer = try Producer(client) { _ in }
        let topic = try producer.topic(topic)
        lineBytesMax = client["message.max.bytes"].flatMap { Int($0) } ?? 1_000_000
        extractor = Extractor(maximumBytes: lineBytesMax, maximumDepth: 1024)
        plan = ExtractionPlan(keys)
        self.producer = producer
        self.topic = topic
    }

    /// Sends a line, which the reader holds; gives the reason where it is none that can be sent.
    func send(_ line: UnsafeRawBufferPointer) throws(KafkaError) -> String? {
        guard line.count <= lineBytesMax else { return tooLong }
        let values: ExtractedValues
        do throws(JSONError) {
            values = try extractor.extract(padded: line, plan)
        } catch {
            return error.message
        }
        // Of the paths the first one that is there counts, and of its values the last.
        var best: ExtractedValue?
        for value in values where value.kind == .string || value.kind == .integer {
            if value.slot <= best?.slot ?? .max { best = value }
        }
        do throws(KafkaError) {
            switch best {
            case .some(let value) where value.kind == .integer:
                try Array(String(value.integer).utf8).withUnsafeBufferPointer { (key) throws(KafkaError) in
                    try send(line, key: UnsafeRawBufferPointer(key))
                }
            case .some(let value) where !value.text.isEmpty: try send(line, key: value.text)
            default: return "expected the source record's id at the path of --key"
            }
        } catch {
            guard error.code == .messageSizeTooLarge else { throw error }
            return tooLong
        }
        return nil
    }

    private var tooLong: String { "expected at most \(lineBytesMax) bytes with the key (kafka.message.max.bytes)" }

    private func send(_ line: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) throws(KafkaError) {
        try producer.produce(to: topic, key: key, payload: line)
    }

    /// Serves what the client has to say.
    func poll() { producer.poll() }

    /// Waits until everything is delivered, or is not.
    func finish() throws(KafkaError) -> DeliveryFailures {
        try producer.flush(timeoutMilliseconds: 60_000)
        return producer.takeDeliveryFailures()
    }
}

/// Lines that were not sent: written to a file as they come, or the first ones kept.
private struct BadLines: ~Copyable {
    private static let keptMax = 20

    /// The file that they are written to.
    let path: String?
    /// How many there are.
    private(set) var count = 0
    /// The first ones, where there is no file.
    private(set) var first: [(line: Int64, reason: String)] = []
    private var output: OutputBuffer?

    init(path: String?) {
        self.path = path
    }

    mutating func add(line: Int64, reason: String) {
        count += 1
        guard let path else {
            if first.count < BadLines.keptMax { first.append((line, reason)) }
            return
        }
        // Not before there is something to write: a run without a bad line leaves the file alone.
        if count == 1 { output = OutputBuffer(path: path) }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("line")
        writer.integer(line)
        writer.key("reason")
        writer.string(reason)
        writer.endObject()
        output?.appendLine(writer.bytes)
    }

    /// Writes what is left; false where not all could be written.
    mutating func finish() -> Bool {
        output?.flush()
        return output?.isWritten ?? false
    }
}

extension InputFile {
    /// True where a path leads to the file that is open here.
    fileprivate func isSame(as path: String) -> Bool {
        var (own, other) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, stat(path, &other) == 0 else { return false }
        return own.st_dev == other.st_dev && own.st_ino == other.st_ino
    }
}
