import Attribution
import Intake
import Operations
import Pipeline
import Primitives

extension Command {
    /// `run`: a worker over files.
    static let run = Command(
        name: "run", summary: "Attribute the events of files, without Kafka: NDJSON in, NDJSON out.",
        usage: """
            run --department NAME --registry PATH [--profile NAME|FILE] [OPTION]… [FILE|-]…

            Reads events and writes their attribution records, one a line. `-`, or no file, is standard input. A file is
            NDJSON, one event a line; *.json is one document, of which the elements of an array, or those that the
            profile's files.each selects, are events; *.csv has a row for each; a folder of CSV files is joined by the
            profile's files.query; where the profile reads rows (body: csv-row), every file holds rows.
            Partition 0 and the number of the event (of NDJSON the line's), from 0 over all files, stand in the records
            for partition and offset.
            What was done is summed up on standard error. Exit code 1 where an event went to the dead letters.
            Without outcome.key the outcome keys are made with a trial key, and are no pseudonyms: not for publishing.
            """,
        options: [
            CommandOption("format", value: "ndjson|json|csv|folder", "Otherwise by the file's name."),
            CommandOption("output", value: "FILE", "Where records go; otherwise standard output."),
            CommandOption(
                "dead-letters", value: "FILE",
                "Where events that cannot be used are listed: line, code, stage and message, never the event."),
        ]
    ) { context in
        let paths = context.arguments.positionals.isEmpty ? ["-"] : context.arguments.positionals
        let written = [context.arguments["output"], context.arguments["dead-letters"]].compactMap { $0 }
        // A file is emptied before it is written.
        if written.contains(where: paths.contains) || Set(written).count < written.count {
            return context.misused("run: expected --output, --dead-letters and the files to be different files")
        }
        do throws(CommandFailure) {
            let format = try EventFormat.asked(context.arguments)
            let configuration = context.configuration()
            guard let engine = try context.engine(configuration) else { return ExitCode.configuration }
            let (counters, badRows) = try process(paths, format, engine, context)
            context.note(RunSummary.text(counters, badRows: badRows))
            return counters.deadLetters.isEmpty && badRows == 0 ? ExitCode.done : ExitCode.findings
        } catch {
            return context.failed("run", error)
        }
    }

    private static func process(
        _ paths: [String], _ format: EventFormat?, _ engine: Engine, _ context: CommandContext
    ) throws(CommandFailure) -> (counters: Counters, badRows: Int) {
        let records = try output(context.arguments["output"]) ?? OutputBuffer(context.output)
        var run = FileRun(engine, records: records, deadLetters: try output(context.arguments["dead-letters"]))
        for path in paths {
            do throws(CommandFailure) {
                let source = try EventFormat.open(
                    path, format, engine.profile, input: context.input, bytesMax: engine.limits.bytes
                ) { file, error in context.note("\(file), \(error); the row is left out\n") }
                try run.process(source)
            } catch {
                try run.finish()
                throw error
            }
        }
        try run.finish()
        return (run.counters, run.badRows)
    }

    private static func output(_ path: String?) throws(CommandFailure) -> OutputBuffer? {
        guard let path else { return nil }
        guard let buffer = OutputBuffer(path: path) else {
            throw CommandFailure("\(path): the file cannot be written: \(InputFile.reason)")
        }
        return buffer
    }
}

extension CommandContext {
    /// The engine that a configuration names, for trying out; nil where there is an error, which has been written.
    func engine(_ configuration: Configuration) throws(CommandFailure) -> Engine? {
        let rows = try RegistryRowsOfTopics.ask(configuration)
        let (engine, findings) = EngineLoader.load(configuration, rows: rows, allowsTrialSecret: true)
        note(configuration.findings + findings)
        if configuration.hasErrors { return nil }
        if engine != nil, configuration.text("outcome.key") == nil {
            note("outcome.key is not set: outcome keys are made with a trial key, not for publishing\n")
        }
        return engine
    }
}

/// What a run did, for people.
enum RunSummary {
    /// A line for each number.
    static func text(_ counters: Counters, badRows: Int = 0) -> String {
        var lines: [(String, Int)] = [("received", counters.received), ("outcomes", counters.outcomes)]
        for verdict in Verdict.allCases where verdict != .retracted {
            lines.append(("  \(verdict.name)", counters.count(of: verdict)))
        }
        if counters.unpublished > 0 { lines.append(("  not published", counters.unpublished)) }
        lines.append(("retracted", counters.count(of: .retracted)))
        lines.append(("skipped", counters.skipped.values.reduce(0, +)))
        for reason in SkipReason.allCases {
            if let count = counters.skipped[reason] { lines.append(("  \(reason.rawValue)", count)) }
        }
        lines.append(("dead letters", counters.deadLetters.values.reduce(0, +)))
        for code in FaultCode.allCases {
            if let count = counters.deadLetters[code] { lines.append(("  \(code.rawValue)", count)) }
        }
        if badRows > 0 { lines.append(("bad rows of files", badRows)) }
        return lines.map { "\($0.0.padded(to: 32)) \(String($0.1).aligned(to: 12))\n" }.joined()
    }
}
