import Kafka
import Operations
import Pipeline

extension Command {
    /// `reprocess`: old events by the rules, the registry and the profile of now.
    static let reprocess = Command(
        name: "reprocess",
        summary: "Decide old events anew, report what changes, and publish it with --publish.",
        usage: """
            reprocess --from beginning|TIME|P:OFFSET,… [--json] --department NAME [--config FILE] [--KEY VALUE]…
            reprocess --from beginning|TIME|P:OFFSET,… --publish --group NAME [--json] …

            Reads the department's events from there to the end that they have at the start, beside the live workers,
            and decides them by the profile, rules and registry of the configuration. Compares that with the records
            that count now, and reports: how many outcomes stay as they are, from which decision to which others go,
            and each connection's outcomes and credit before and now. The report holds counts and connections, and no
            key; small counts are not withheld, so it is for the office and not for publication.
            With --publish it sends the records that change, each once: they supersede those of the same events, and
            a later event goes on superseding them. How far it came is committed under --group in the same transaction,
            so that the same command goes on where it was stopped or killed; a new name begins anew.
            Give the workers the new rules first, and wait until they have started; then nothing is decided by old
            rules that is not read here. Needs some 400 bytes of memory an outcome.
            Exit code 1 where there is a record whose event makes none any more, since it is refused or no outcome now;
            such records stay.
            """,
        options: [
            CommandOption("from", value: "PLACE", "beginning, a time (of the events in their topic), or P:OFFSET,…"),
            CommandOption("publish", "Send the records that change."),
            CommandOption("group", value: "NAME", "Under which name --publish notes how far it came."),
            CommandOption("json", "Print the report as a JSON object."),
        ]
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("reprocess: expected options only") }
        do throws(CommandFailure) {
            let start = try ReprocessStart(context.arguments["from"])
            let publishes = context.arguments.has("publish")
            let group = context.arguments["group"]
            guard !publishes || group?.isEmpty == false else {
                throw .usage("--publish: expected --group NAME, under which it notes how far it came")
            }
            guard let cluster = DepartmentCluster(context), let engine = try context.publishingEngine() else {
                return ExitCode.configuration
            }
            let live = context.configuration().kafka["group.id"] ?? "city-attribution.\(cluster.department)"
            guard group != live else {
                throw .usage("--group: expected another name than that of the workers' group")
            }
            let reprocessing = Reprocessing(
                cluster: cluster, engine: engine, start: start, group: publishes ? group : nil)
            return try carryOut(reprocessing, &context)
        } catch {
            return context.failed("reprocess", error)
        }
    }

    private static func carryOut(
        _ reprocessing: Reprocessing, _ context: inout CommandContext
    ) throws(CommandFailure) -> Int32 {
        var tally = ReprocessTally()
        var progress = ProgressLine(context)
        do throws(CommandFailure) {
            try reprocessing.carryOut(&tally, &progress)
        } catch {
            progress.clear()
            if reprocessing.group != nil, tally.published > 0 {
                context.note("\(tally.published) records published for good; the same command goes on behind them\n")
            }
            throw error
        }
        progress.clear()
        let settings = reprocessing.cluster.settings
        let report = ReprocessReport(
            tally: tally, topic: settings.events, attributions: settings.attributions,
            isPublished: reprocessing.group != nil)
        context.print(context.arguments.has("json") ? report.json : report.text)
        return tally.orphans == 0 ? ExitCode.done : ExitCode.findings
    }
}

extension CommandContext {
    /// The engine that a configuration names, whose records may be published; nil where there is an error, which has
    /// been written.
    fileprivate func publishingEngine() throws(CommandFailure) -> Engine? {
        let configuration = configuration()
        let (engine, findings) = EngineLoader.load(configuration, rows: try RegistryRowsOfTopics.ask(configuration))
        note(configuration.findings + findings)
        return configuration.hasErrors ? nil : engine
    }
}
