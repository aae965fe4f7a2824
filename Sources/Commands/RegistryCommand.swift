import Connections
import YAML

extension Command {
    /// `registry`: what concerns the list of connections.
    static let registry = Command(
        name: "registry", summary: "Check a registry of connections.",
        usage: """
            registry check PATH…

            Prints every finding of each file or folder as `file:line: key: message`, and their number.
            Exit code 1 where there is an error.
            """,
        takesConfiguration: false
    ) { context in
        let words = context.arguments.positionals
        guard words.first == "check" else { return context.misused("registry: expected `check`; see --help") }
        guard words.count > 1 else { return context.misused("registry check: expected a file or folder") }
        let findings = words.dropFirst().flatMap { RegistryLoader.read(path: $0).findings }
        for finding in findings { context.print(FindingsReport.line(finding) + "\n") }
        context.print(FindingsReport.count(findings) + "\n")
        return FindingsReport.hasErrors(findings) ? ExitCode.findings : ExitCode.done
    }
}
