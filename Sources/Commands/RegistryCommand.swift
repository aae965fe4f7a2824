import Connections
import YAML

extension Command {
    /// `registry`: what concerns the list of connections.
    static let registry = Command(
        name: "registry", summary: "Check, compare, import or publish a registry of connections.",
        usage: """
            registry check PATH…
            registry diff OLD NEW [--config FILE] [--KEY VALUE]…
            registry import FILE.csv [--map COLUMN=KEY]… [--type TYPE] [--prefix WORD] [--city NAME]
                            [--edited-by NAME] [--source TEXT] [--dates FORM] [--delimiter CHARACTER]
            registry publish PATH… [--remove] [--dry-run] [--config FILE] [--KEY VALUE]…

            check prints every finding of each file or folder as `file:line: key: message`, and their number; also how
            many rows say `verified: true` and not who looked.
            diff compares two files, folders or topics (topic:NAME), row by row and key by key.
            import makes a registry file of a spreadsheet that was saved as CSV, on standard output. Columns are found
            by their names, in English or Spanish, or by --map, whose KEY is a key of a connection, or
            identifiers.SCHEME. Nothing is written while a row has an error.
            publish sends what has changed in files or folders to the topics that `registry` and `activities` name
            (otherwise city.connections and city.activities), all of it in one transaction. What would take connections
            away is refused without --remove.
            exit codes: 0 done; diff: 1 where they differ; the others: 1 where there is an error, and nothing was done
            """,
        options: RegistryImport.options + [
            CommandOption("remove", "publish: take away the connections of the topic that the files do not have."),
            CommandOption("dry-run", "publish: say what would be sent, and send nothing."),
        ]
    ) { context in
        let words = context.arguments.positionals
        let rest = Array(words.dropFirst())
        do throws(CommandFailure) {
            switch words.first {
            case "check" where !rest.isEmpty: return check(rest, &context)
            case "diff" where rest.count == 2: return try RegistryDiff.run(rest[0], rest[1], &context)
            case "import" where rest.count == 1: return try RegistryImport(context.arguments).run(rest[0], &context)
            case "publish" where !rest.isEmpty: return try RegistryPublish(context).run(rest, &context)
            case "check", "publish": throw .usage("\(words[0]): expected a file or folder; see --help")
            case "diff": throw .usage("diff: expected two files, folders or topics; see --help")
            case "import": throw .usage("import: expected one CSV file; see --help")
            default: throw .usage("expected check, diff, import or publish; see --help")
            }
        } catch {
            return context.failed("registry", error)
        }
    }

    private static func check(_ paths: [String], _ context: inout CommandContext) -> Int32 {
        let readings = paths.map { RegistryLoader.read(path: $0) }
        let findings = readings.flatMap(\.findings)
        for finding in findings { context.print(FindingsReport.line(finding) + "\n") }
        context.print(FindingsReport.count(findings) + "\n")
        let words = readings.compactMap(\.registry).flatMap(\.connections).count { $0.isVerifiedByWord }
        if words > 0 {
            context.print(
                "\(words) of the rows say verified: true and not who looked, and are taken at their word; for rows of "
                    + "the office's own name two people, with edited_by, verified_by and verified_on\n")
        }
        return FindingsReport.hasErrors(findings) ? ExitCode.findings : ExitCode.done
    }
}
