import Attribution
import Pipeline
import Primitives
import Releases

/// The tables at the end of the demonstration.
enum DemoReport {
    static func text(_ departments: [DemoDepartment], _ records: DemoRecords, files: DemoFiles) -> String {
        var lines = ["What became of the events, by department", ""]
        lines += table(departments)
        lines += ["", "Credit of the leading connections, in outcomes (10,000 basis points are one)", ""]
        lines += leaders(records)
        lines += [
            "",
            "\(records.payloads.count) attribution records are in \(files.records), "
                + "the events in \(files.folder)/*.ndjson.",
            "To see how one event was decided:",
            "",
            "  .build/release/city-attribution explain --department housing \\",
            "      --registry \(files.registry) \(files.events(of: "housing")):1",
            "",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    static func text(_ indicators: DemoIndicators, files: DemoFiles) -> String {
        guard let newest = indicators.releases.last else { return "" }
        return """
            What the office can publish of the newest quarter

            \(newest.summary)
            Released: \(indicators.releases.map(\.id).joined(separator: ", ")). All figures of one:

              .build/release/city-attribution kpi report \(newest.id) --store \(indicators.store)

            The page for people is \(files.page), the printed brief \(files.brief); make serve leaves the page open.

            """
    }

    /// Wide enough for `immigration`, and little enough that a line fits into 100 columns.
    private static let nameWidth = 11
    private static let columns = [
        "received", "outcomes", "enabled", "contributed", "abstained", "domestic", "withdrawn", "skipped",
        "dead letters",
    ]

    private static func numbers(_ counters: Counters) -> [Int] {
        [
            counters.received, counters.outcomes, counters.count(of: .enabled), counters.count(of: .contributed),
            counters.count(of: .abstained), counters.count(of: .domestic), counters.count(of: .retracted),
            counters.skipped.values.reduce(0, +), counters.deadLetters.values.reduce(0, +),
        ]
    }

    private static func table(_ departments: [DemoDepartment]) -> [String] {
        var lines = ["department".padded(to: nameWidth) + columns.map { $0.aligned(to: $0.count + 1) }.joined()]
        var sums = columns.map { _ in 0 }
        for department in departments {
            let row = numbers(department.counters)
            sums = zip(sums, row).map { $0 + $1 }
            lines.append(line(department.name, row))
        }
        lines.append(String(repeating: "-", count: lines[0].count))
        lines.append(line("all", sums))
        return lines
    }

    private static func line(_ name: String, _ row: [Int]) -> String {
        name.padded(to: nameWidth) + zip(columns, row).map { String($1).aligned(to: $0.count + 1) }.joined()
    }

    private static func leaders(_ records: DemoRecords) -> [String] {
        let ranked = records.credit.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
        let most = max(ranked.first?.value ?? 1, 1)
        return ranked.map { connection, basisPoints in
            let hundredths = (basisPoints + 50) / 100
            let amount = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
            let bar = String(repeating: "#", count: max(1, 30 * basisPoints / most))
            let count = String(records.outcomes[connection] ?? 0).aligned(to: 5)
            return "\(connection.padded(to: 40))\(amount.aligned(to: 9)) of \(count) outcomes  \(bar)"
        }
    }
}
