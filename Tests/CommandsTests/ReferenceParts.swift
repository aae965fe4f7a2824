import Intake
import KPIService
import Operations
import Pipeline

@testable import Commands

/// What stands in the documentation and comes from tables of the code.
enum ReferenceParts {
    /// The parts of each page, by the names of their markers.
    static let pages: [(page: String, parts: [(name: String, text: String)])] = [
        ("configuration.md", [("settings", settings)]),
        (
            "operations.md",
            [
                ("metrics", metrics(WorkerMetrics.families + [Log.eventsTotal])),
                ("log-events", logEvents(LogEvent.all.filter { !LogEvent.service.contains($0) })),
                ("log-fields", logFields), ("log-events-of-the-service", logEvents(LogEvent.service)),
            ]
        ),
        ("feeds.md", [("metrics-of-the-service", metrics(ServiceMetrics.families))]),
        ("dead-letters.md", [("headers", deadLetterHeaders), ("codes", codes)]),
        ("profiles.md", [("skip-reasons", skipReasons)]),
        ("reference.md", [("exit-codes", exitCodes), ("commands", commands), ("programs", programs)]),
    ]

    private static var settings: String {
        table(
            ["key", "default", "variable", "takes", "meaning"],
            Setting.all.map { setting in
                [
                    code(setting.key), setting.standard.map(code) ?? "—",
                    code(Setting.environmentName(of: setting.key)), setting.kind.expectation, setting.summary,
                ]
            })
    }

    private static func metrics(_ families: [MetricFamily]) -> String {
        table(
            ["metric", "type", "labels", "meaning"],
            families.map { family in
                let labels = family.labels.map { label in
                    let values = label.values.map(code).joined(separator: ", ")
                    return code(label.name) + (values.isEmpty ? "" : ": \(values)")
                }
                return [code(family.name), family.kind.rawValue, labels.joined(separator: "; "), family.help]
            })
    }

    private static func logEvents(_ events: [LogEvent]) -> String {
        table(
            ["log event", "level", "message", "fields", "do"],
            events.map { event in
                let fields = event.fields.map { code($0.name) }.joined(separator: ", ")
                return [code(event.name), event.level.name, event.message, fields.isEmpty ? "—" : fields, event.advice]
            })
    }

    private static var logFields: String {
        let fields = Set(LogEvent.all.flatMap(\.fields) + [.leftOut, .advice]).sorted { $0.name < $1.name }
        return table(["field", "holds"], fields.map { [code($0.name), $0.meaning] })
    }

    private static var deadLetterHeaders: String {
        table(["header", "what it says"], DeadLetterHeader.allCases.map { [code($0.rawValue), $0.meaning] })
    }

    private static var codes: String {
        table(
            ["code", "stage", "what it means", "what to do"],
            FaultCode.allCases.map { [code($0.rawValue), $0.stage.rawValue, $0.meaning, $0.advice] })
    }

    private static var skipReasons: String {
        table(["reason", "what it means"], SkipReason.allCases.map { [code($0.rawValue), $0.meaning] })
    }

    private static var exitCodes: String {
        table(["exit code", "means"], ExitCode.all.map { ["\($0.code)", $0.meaning] })
    }

    private static var commands: String {
        CommandTable.all.map { "### \($0.name)\n\n\(listing($0.help))" }.joined(separator: "\n\n")
    }

    /// Workers differ in their names and departments.
    private static var programs: String {
        ["department-worker", "kpi-service"]
            .map { "### \($0)\n\n\(listing(Executable.help(of: $0) + "\n"))" }.joined(separator: "\n\n")
    }

    private static func listing(_ text: String) -> String { "```text\n\(text)```" }

    private static func code(_ text: String) -> String { "`\(text)`" }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let lines = [head, head.map { _ in "---" }] + rows.map { $0.map { linked($0) } }
        return lines.map { cells in
            "|" + cells.map { $0 == "---" ? "---|" : " \($0.replacing("|", with: "\\|")) |" }.joined()
        }.joined(separator: "\n")
    }

    /// Pages that a text of the code names, as links between pages.
    static func linked(_ text: String) -> String {
        text.replacing(/docs\/([a-z-]+)\.md(#[a-z0-9-]+)?/) { "[\($0.1)](\($0.1).md\($0.2 ?? ""))" }
    }
}
