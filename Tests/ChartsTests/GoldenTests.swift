import Foundation
import Testing

@testable import Charts

/// Small images as they have been looked at; a change of one is a change of what people see.
@Suite("Images that were looked at")
struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Goldens")
    private static let months = (1...6).map { ChartMonth(year: 2026, month: $0) }

    private static let charts: [(name: String, chart: any Chart)] = [
        (
            "sparkline",
            Sparkline(
                ChartText(id: "spark", title: "Outcomes", description: "Rising"), months: months,
                values: [.value(3), .value(5), .withheld, .value(4), .value(8), .notStated])
        ),
        (
            "bars",
            BarChart(
                ChartText(id: "credit", title: "Credit", description: "By connection"), nameHead: "Connection",
                bars: [
                    .init("Guadalajara", .value(0.25)), .init("C40", .withheld),
                    .init("Domestic", .value(0.5), isMuted: true),
                ],
                unit: .percent(decimals: 1))
        ),
        (
            "columns",
            ColumnChart(
                ChartText(id: "outcomes", title: "Outcomes", description: "By month"), months: Array(months.prefix(3)),
                series: [
                    .init("Housing", [.value(3), .value(5), .withheld]),
                    .init("Health", [.value(2), .notStated, .value(4)]),
                ])
        ),
        (
            "ratios",
            RatioChart(
                ChartText(id: "equity", title: "Equity", description: "By group"), nameHead: "Group",
                rows: [.init("A", .value(1.25)), .init("B", .value(0.5)), .init("C", .withheld)],
                sides: ("less than its share", "more than its share"))
        ),
    ]

    @Test("are the same as before", arguments: charts.indices)
    func areTheSame(_ place: Int) throws {
        let (name, chart) = Self.charts[place]
        let file = Self.folder.appendingPathComponent("\(name).svg")
        let svg = chart.svg(.wide, locale: .english)
        if ProcessInfo.processInfo.environment["CHARTS_GOLDENS"] == "write" { try Data(svg.utf8).write(to: file) }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(svg == expected, "look at the image, then run the tests with CHARTS_GOLDENS=write")
    }
}
