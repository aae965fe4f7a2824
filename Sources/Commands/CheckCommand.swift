import Operations
import Pipeline
import YAML

extension Command {
    /// `check`: everything that can be looked at without a network, and with `--connect` what a cluster says.
    static let check = Command(
        name: "check",
        summary: "Check configuration, Kafka properties, profile, rules and registry; with --connect the cluster too.",
        usage: """
            check [--connect [--as NAME] [--principal NAME]] [--config FILE] [--KEY VALUE]…

            Prints every finding as `file:line: key: message` and their number.
            Exit code 78 where there is an error, 0 with warnings only.

            Without --connect no network is used. With it, and where there was no error, it asks the cluster whether a
            broker answers and lets this client in, whether topics are there, and whether the client has the rights that
            a program needs; a right that is missing is named with the command of Kafka that grants it. Nothing is
            written, joined or committed. Exit code 69 where no broker answers or lets the client in, 1 where a topic
            or a right is missing.
            """,
        options: [
            CommandOption("connect", "Ask the cluster too."),
            CommandOption(
                "as", value: "NAME",
                "Whose rights: worker, kpi-service, ingest, explain, topics; otherwise worker."),
            CommandOption(
                "principal", value: "NAME", "Whom the brokers take this client for, such as User:housing-worker."),
        ]
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("check: expected options only") }
        guard let user = KafkaUser(rawValue: context.arguments["as"] ?? KafkaUser.worker.rawValue) else {
            let names = KafkaUser.allCases.map(\.rawValue).joined(separator: ", ")
            return context.misused("check: --as: expected one of \(names)")
        }
        var configuration = context.configuration()
        // The service decides about no event: it has neither a department nor a key.
        let findings = user == .kpiService ? configuration.findings.sorted() : findings(of: &configuration)
        for finding in findings { context.print(FindingsReport.line(finding) + "\n") }
        guard context.arguments.has("connect"), !FindingsReport.hasErrors(findings) else {
            context.print(FindingsReport.count(findings) + "\n")
            return FindingsReport.hasErrors(findings) ? ExitCode.configuration : ExitCode.done
        }
        var cluster = ConnectionCheck(user, configuration, principal: context.arguments["principal"])
        let code = cluster.carryOut()
        for note in cluster.notes { context.print("kafka: \(note)\n") }
        for finding in cluster.findings { context.print(FindingsReport.line(finding) + "\n") }
        context.print(FindingsReport.count(findings + cluster.findings) + "\n")
        return code
    }

    /// Every finding once, in the order of files and lines.
    private static func findings(of configuration: inout Configuration) -> [Finding] {
        var findings = EngineLoader.load(configuration, allowsTrialSecret: true).findings
        findings += EngineLoader.registry(&configuration, nil).findings
        if configuration.text("outcome.key") == nil {
            configuration.report(
                "outcome.key", "the key is missing; a worker does not start without it", severity: .warning)
        }
        return Set(findings + configuration.findings).sorted()
    }
}
