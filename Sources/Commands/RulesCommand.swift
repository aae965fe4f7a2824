import Attribution
import Evaluation
import YAML

extension Command {
    /// `rules`: what concerns rule sets.
    static let rules = Command(
        name: "rules", summary: "Check rule sets, and propose strengths from reviewed claims.",
        usage: """
            rules check FILE…
            rules calibrate REVIEWED [--rules FILE] [--records FILE]

            check prints every finding of each file as `file:line: key: message`, and their number.
            calibrate proposes a strength for every rule that at least 30 reviewed claims rest on, with its interval,
            and keeps the order of the rules (docs/evaluation.md). With --records it says what would change in the
            decisions of those records. It changes no file.
            Exit code 1 where a file has errors or cannot be read.
            """,
        options: [
            CommandOption("rules", value: "FILE", "The rule set; the built-in one where left out."),
            CommandOption("records", value: "FILE", "Attribution records, one a line."),
        ],
        takesConfiguration: false
    ) { context in
        let words = context.arguments.positionals
        do throws(CommandFailure) {
            switch words.first {
            case "check" where words.count > 1: return try check(Array(words.dropFirst()), &context)
            case "calibrate" where words.count == 2: return try calibrate(words[1], &context)
            default: return context.misused("rules: expected `check FILE…` or `calibrate REVIEWED`; see --help")
            }
        } catch {
            return context.failed("rules", error)
        }
    }

    private static func check(_ files: [String], _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        var findings: [Finding] = []
        for file in files { findings += RulesFile.read(try CommandFailure.read(file), file: file).findings }
        for finding in findings { context.print(FindingsReport.line(finding) + "\n") }
        context.print(FindingsReport.count(findings) + "\n")
        return FindingsReport.hasErrors(findings) ? ExitCode.findings : ExitCode.done
    }

    private static func calibrate(_ file: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let name = context.arguments["rules"]
        let bytes = try name.map { name throws(CommandFailure) in try CommandFailure.read(name) } ?? BuiltInRules.bytes
        let (rules, findings) = RulesFile.read(bytes, file: name ?? "default rules")
        context.note(findings)
        let (rows, found) = ReviewFile.read(try CommandFailure.read(file), file: file)
        context.note(found)
        guard let rules, let rows else { throw CommandFailure("nothing can be proposed from these files") }
        let calibration = RuleCalibration(rules.rules, rows)
        context.print(ReviewText.report(calibration))
        guard let records = context.arguments["records"] else { return ExitCode.done }
        let changes = Dictionary(calibration.changes.map { ($0.rule, $0.new) }, uniquingKeysWith: { first, _ in first })
        context.print("\n" + (try RecordSet.read(records, context)).effect(of: changes, rules).report)
        return ExitCode.done
    }
}
