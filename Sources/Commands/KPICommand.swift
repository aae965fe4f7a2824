import Charts
import Connections
import Evaluation
import Indicators
import KPIService
import Kafka
import Operations
import Pages
import Pipeline
import Primitives
import Releases
import SQLDatabase
import Store
import YAML

extension Command {
    /// `kpi`: periods, releases and their figures.
    static let kpi = Command(
        name: "kpi", summary: "Close periods, and print what was released.",
        usage: """
            kpi close PERIOD [--dry-run]
            kpi releases
            kpi report [RELEASE] [--format text|json|csv|markdown|html] [--totals] [--lang en|es]
            kpi verify RELEASE

            PERIOD is a month (2026-03), a quarter (2026-Q1) or a fiscal year (FY2026). close freezes it as a release,
            which is never edited: closed again, a period gets another one that takes the place of the one before.
            RELEASE is its name, such as 2026-Q1.1; the newest one where left out. As text it begins with plots; as
            markdown and html it is the brief, two pages to print. verify computes its digest anew.
            It needs `store` and, for close, `registry`; the service may be running meanwhile.
            Exit code 1 where there is no such release, or where a period cannot be closed.
            """,
        options: [
            CommandOption("dry-run", "Print the release and add nothing."),
            CommandOption("format", value: "text|json|csv|markdown|html", "The form; otherwise text."),
            CommandOption("lang", value: "en|es", "The language of the brief; otherwise en."),
            CommandOption("totals", "In text, leave out what is broken down further."),
        ]
    ) { context in
        let words = context.arguments.positionals
        do throws(CommandFailure) {
            switch (words.first, words.count) {
            case ("close", 2): return try close(words[1], &context)
            case ("releases", 1): return try list(&context)
            case ("report", 1...2): return try report(words.dropFirst().first, &context)
            case ("verify", 2): return try verify(words[1], &context)
            default:
                return context.misused(
                    "kpi: expected `close PERIOD`, `releases`, `report [RELEASE]` or `verify RELEASE`; see --help")
            }
        } catch {
            return context.failed("kpi", error)
        }
    }

    private static func close(_ name: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let configuration = context.configuration()
        guard !configuration.hasErrors else {
            context.note(configuration.findings)
            return ExitCode.configuration
        }
        let settings = IndicatorSettings(configuration)
        guard let period = ReportingPeriod(name, settings.calendar) else {
            return context.misused("kpi close: expected a period such as 2026-03, 2026-Q1 or FY2026")
        }
        let (loaded, findings) = try ClosingLoader.load(configuration)
        context.note(findings)
        guard let closing = loaded else { return ExitCode.configuration }
        let release: Release
        do throws(ClosingError) {
            let prepared = try closing.prepare(period, now: SystemClock.now())
            release = prepared.release
            if !context.arguments.has("dry-run") {
                try closing.add(prepared.release, prepared.snapshot, known: prepared.known)
            }
        } catch {
            throw CommandFailure(error.description)
        }
        context.print(release.text(columns: context.terminalColumns() ?? 100, totalsOnly: true))
        let word = context.arguments.has("dry-run") ? "would be" : "is"
        context.print("\n\(release.id) \(word) released, with the digest \(release.digest)\n")
        return ExitCode.done
    }

    private static func shelf(_ context: CommandContext) throws(CommandFailure) -> ReleaseShelf {
        let configuration = context.configuration()
        guard !configuration.hasErrors else {
            context.note(configuration.findings)
            throw CommandFailure(code: ExitCode.configuration, message: "the configuration is wrong")
        }
        return try translated { () throws(SQLError) in
            try ReleaseShelf(
                IntakeSettings(configuration).store, timeMilliseconds: SystemClock.now().microseconds / 1000)
        }
    }

    private static func translated<Result>(
        _ body: () throws(SQLError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(SQLError) { return try body() } catch { throw CommandFailure("\(error)") }
    }

    private static func list(_ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let shelf = try shelf(context)
        for entry in try translated({ () throws(SQLError) in try shelf.entries() }) {
            context.print("\(entry.id)  \(entry.closedAt)  \(entry.digest)\n")
        }
        return ExitCode.done
    }

    /// The entry and the bytes of a release; of the newest one where none is named.
    private static func find(
        _ name: String?, _ shelf: ReleaseShelf
    ) throws(CommandFailure) -> (entry: ReleaseShelf.Entry, body: [UInt8]) {
        let entries = try translated { () throws(SQLError) in try shelf.entries() }
        guard let entry = entries.first(where: { name == nil || $0.id == name }) else {
            throw CommandFailure(
                name.map { "\($0): there is no such release; `kpi releases` lists them" }
                    ?? "no period was closed yet; `kpi close PERIOD` does it")
        }
        let body = try translated { () throws(SQLError) in
            try shelf.body(period: entry.period, number: entry.number)
        }
        return (entry, body ?? [])
    }

    private static func report(_ name: String?, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let format = context.arguments["format"] ?? "text"
        let shelf = try shelf(context)
        let (_, body) = try find(name, shelf)
        if format == "json" {
            context.print(String(decoding: body, as: UTF8.self) + "\n")
            return ExitCode.done
        }
        let release = try read(body)
        switch format {
        case "text":
            let columns = context.terminalColumns() ?? 100
            let plots = try site(shelf).terminalPlots(
                release.id, columns: columns, glyphs: TerminalGlyphs(context.environment))
            context.print(release.text(columns: columns, totalsOnly: context.arguments.has("totals"), plots: plots))
        case "csv": context.print(release.csv)
        case "markdown", "html": context.print(try brief(release, format, context.arguments["lang"] ?? "en", shelf))
        default: throw .usage("--format: expected text, json, csv, markdown or html")
        }
        return ExitCode.done
    }

    /// The brief of a release, which compares it with those before it.
    private static func brief(
        _ release: Release, _ format: String, _ language: String, _ shelf: ReleaseShelf
    ) throws(CommandFailure) -> String {
        guard let language = PageLanguage(rawValue: language) else { throw .usage("--lang: expected en or es") }
        let site = try site(shelf, map: WorldMap.load())
        let text =
            format == "markdown"
            ? site.briefMarkdown(release.id, language: language)
            : site.file(.brief(release.id), language: language)
        return text ?? ""
    }

    /// All that was released, since periods are compared with those before them.
    private static func site(_ shelf: ReleaseShelf, map: WorldMap? = nil) throws(CommandFailure) -> Site {
        var releases: [Release] = []
        for entry in try translated({ () throws(SQLError) in try shelf.entries() }) {
            let body = try translated { () throws(SQLError) in
                try shelf.body(period: entry.period, number: entry.number)
            }
            releases.append(try read(body ?? []))
        }
        return Site(releases: releases, worldMap: map)
    }

    private static func read(_ body: [UInt8]) throws(CommandFailure) -> Release {
        do throws(ReleaseError) { return try Release(json: body) } catch { throw CommandFailure("\(error)") }
    }

    private static func verify(_ name: String, _ context: inout CommandContext) throws(CommandFailure) -> Int32 {
        let (entry, body) = try find(name, try shelf(context))
        let digest = "sha256:" + Hexadecimal.text(SHA256.digest(of: body))
        guard digest == entry.digest, try read(body).json == body else {
            throw CommandFailure("\(entry.id): its digest was \(entry.digest) and is \(digest): it was changed")
        }
        context.print("\(entry.id): \(digest), as it was released\n")
        return ExitCode.done
    }
}

extension TerminalGlyphs {
    /// Those that the locale of a process can write; where it names none, as in containers, all are taken for granted.
    init(_ environment: [String: String]) {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
        let locale = names.first { !$0.isEmpty }?.lowercased() ?? "utf-8"
        self = locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
    }
}
