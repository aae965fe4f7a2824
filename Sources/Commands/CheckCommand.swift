import Operations
import Pipeline
import YAML

extension Command {
    /// `check`: everything that can be looked at without a network.
    static let check = Command(
        name: "check",
        summary: "Check configuration, Kafka properties, profile, rules and registry, without a network.",
        usage: """
            check [--config FILE] [--KEY VALUE]…

            Prints every finding as `file:line: key: message` and their number.
            Exit code 78 where there is an error, 0 with warnings only.
            """
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("check: expected options only") }
        var configuration = context.configuration()
        let findings = findings(of: &configuration)
        for finding in findings { context.print(FindingsReport.line(finding) + "\n") }
        context.print(FindingsReport.count(findings) + "\n")
        return FindingsReport.hasErrors(findings) ? ExitCode.configuration : ExitCode.done
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
