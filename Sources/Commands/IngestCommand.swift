import Glibc
import Intake
import JSON
import Kafka
import Operations
import Pipeline
import Tables

extension Command {
    /// `ingest`: events from files to the department's topic.
    static let ingest = Command(
        name: "ingest",
        summary: "Send the events of a file to the department's topic.",
        usage: """
            ingest [--format NAME] [--key PATH] [--bad FILE] [--from NUMBER]
                   --department NAME [--profile NAME|FILE] [--config FILE] [--KEY VALUE]… FILE|FOLDER|-

            NDJSON has one event a line, and `-` is standard input. Of one JSON document (*.json) the elements of an
            array are events, or those that the profile's files.each selects. Of a table (*.csv) each row is one, as
            an object of texts by the names of the columns; where the profile reads rows (body: csv-row), each row as it
            stands, and one that names the columns is left out. A folder of CSV files is joined by the profile's
            files.query.
            The Kafka key of an event is the source record's id: what the profile's outcome.key says, $.subject or $.id
            of a CloudEvent, or what --key says. What is no event goes to --bad with its line and why, and so do events
            that are longer than kafka.message.max.bytes, 10485760 unless set. NDJSON and tables may be of any size.
            Where sending breaks off, the number is said with which --from goes on.
            """,
        options: [
            CommandOption("format", value: "ndjson|json|csv|folder", "Otherwise by the file's name."),
            CommandOption("key", value: "PATH", "The path of the source record's id."),
            CommandOption("bad", value: "FILE", "Receives a JSON line for each line or row that was not sent."),
            CommandOption("from", value: "NUMBER", "Leave out the events before this one; the first is 1."),
        ]
    ) { context in
        guard context.arguments.positionals.count == 1, let path = context.arguments.positionals.first else {
            return context.misused("ingest: expected one file or folder, or - for standard input")
        }
        do throws(CommandFailure) {
            let plan = try IngestPlan(context.arguments)
            if let bad = plan.bad, InputFile.isSame(path, as: bad, standardInput: context.input) {
                throw .usage("expected --bad to be another file than the one that is read")
            }
            guard let settings = context.workerSettings() else { return ExitCode.configuration }
            var configuration = context.configuration()
            let before = configuration.findings.count
            let (profile, findings) = EngineLoader.profile(&configuration)
            guard let profile, !FindingsReport.hasErrors(findings) else {
                context.note(Array(configuration.findings[before...]) + findings)
                return ExitCode.configuration
            }
            return IngestCommand(settings: settings, plan: plan, profile: profile).send(path, &context)
        } catch {
            return context.failed("ingest", error)
        }
    }
}

/// What the command line says of an ingestion.
private struct IngestPlan {
    let format: EventFormat?
    let key: JSONPath?
    let bad: String?
    let from: Int64

    init(_ arguments: Arguments) throws(CommandFailure) {
        bad = arguments["bad"]
        format = try EventFormat.asked(arguments)
        from = Int64(try arguments.number("from", in: 1...Int.max, else: 1))
        do throws(PathSyntaxError) {
            if let text = arguments["key"] { key = try JSONPath(text) } else { key = nil }
        } catch {
            throw .usage("--key: \(error)")
        }
    }
}

private struct IngestCommand {
    /// Events between two looks at the clock, and at what the client has to say.
    private static let eventsBetweenLooks: Int64 = 1024
    /// How often it is made sure that what was sent has arrived.
    private static let settlingMilliseconds: Int64 = 2000

    let settings: WorkerSettings
    let plan: IngestPlan
    let profile: Profile

    func send(_ path: String, _ context: inout CommandContext) -> Int32 {
        var bad = BadLines(path: plan.bad)
        var progress = ProgressLine(context)
        /// The events of which it is known that they have arrived, or were bad.
        var settled: Int64 = plan.from - 1
        do throws(CommandFailure) {
            let source = try open(path, &bad, context)
            let sender = try EventSender(client(), topic: settings.events, asked: plan.key, profile)
            try send(source, sender, &bad, &settled, &progress)
            progress.clear()
            return conclude(sender, &bad, &context)
        } catch {
            progress.clear()
            _ = bad.finish()
            let code = context.failed("ingest", error)
            if settled > 0 { context.note("To go on behind what has arrived, add --from \(settled + 1)\n") }
            return code
        }
    }

    private func open(
        _ path: String, _ bad: inout BadLines, _ context: CommandContext
    ) throws(CommandFailure) -> any EventSource {
        var found: [(Int64, String)] = []
        let source = try EventFormat.open(
            path, plan.format, profile, input: context.input, bytesMax: EventSender.bytesMax(client())
        ) { file, error in
            found.append((Int64(error.line), "\(file): \(error.column.map { "column \($0): " } ?? "")\(error.message)"))
        }
        for (line, reason) in found { bad.add(line: line, reason: reason) }
        return source
    }

    private func send(
        _ source: any EventSource, _ sender: EventSender, _ bad: inout BadLines, _ settled: inout Int64,
        _ progress: inout ProgressLine
    ) throws(CommandFailure) {
        var settledAt = SystemClock.monotonicMilliseconds()
        while true {
            switch try source.next() {
            case .end: return try settle(sender, source, &settled)
            case .bad(let reason): if source.index + 1 >= plan.from { bad.add(line: source.line, reason: reason) }
            case .event(let event):
                if source.index + 1 < plan.from { continue }
                if let reason = try sender.send(event) { bad.add(line: source.line, reason: reason) }
            }
            if source.index % IngestCommand.eventsBetweenLooks != 0 { continue }
            sender.poll()
            progress.show { width in
                let what = "\(sender.sent) sent, \(bad.count) bad"
                guard let share = source.share else { return what }
                return ProgressLine.bar(Int(share * 100), of: 100, "%, \(what)", width: width)
            }
            let now = SystemClock.monotonicMilliseconds()
            if now - settledAt >= IngestCommand.settlingMilliseconds {
                try settle(sender, source, &settled)
                settledAt = now
            }
        }
    }

    /// Waits until what was sent has arrived.
    private func settle(
        _ sender: EventSender, _ source: any EventSource, _ settled: inout Int64
    ) throws(CommandFailure) {
        try sender.settle()
        settled = max(settled, source.index + 1)
    }

    /// The configuration of the client: what is queued is bounded in bytes too, since events may be long.
    private func client() -> ClientConfiguration {
        var client = ClientConfiguration(settings.kafka)
        client.setDefault("enable.idempotence", "true")
        client.setDefault("message.max.bytes", "10485760")
        client.setDefault("queue.buffering.max.kbytes", "65536")
        return client
    }

    private func conclude(_ sender: EventSender, _ bad: inout BadLines, _ context: inout CommandContext) -> Int32 {
        let headers = sender.headers == 0 ? "" : "; left out for naming the columns: \(sender.headers)"
        context.print("\(settings.events): \(sender.sent) sent, \(bad.count) bad\(headers)\n")
        if bad.count == 0 { return ExitCode.done }
        if let path = bad.path {
            if !bad.finish() { _ = context.failed("ingest", CommandFailure("\(path): the file cannot be written")) }
        } else {
            for (line, reason) in bad.first { context.note("line \(line): \(reason)\n") }
        }
        return ExitCode.findings
    }
}

extension InputFile {
    /// True where two words of a command line lead to one file; `-` is the given descriptor. Neither is opened: whoever
    /// writes into a pipe would be told that its reader has gone.
    fileprivate static func isSame(_ word: String, as path: String, standardInput: Int32) -> Bool {
        var (own, other) = (stat(), stat())
        guard (word == "-" ? fstat(standardInput, &own) : stat(word, &own)) == 0, stat(path, &other) == 0 else {
            return false
        }
        return own.st_dev == other.st_dev && own.st_ino == other.st_ino
    }
}
