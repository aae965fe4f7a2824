import Testing

@testable import Charts

@Suite("A time axis")
struct StepTests {
    private static let text = ChartText(id: "plot", title: "Outcomes", description: "Over time")

    private func columns(_ first: ChartMonth, _ step: ChartStep, _ count: Int) -> ColumnChart {
        ColumnChart(
            Self.text, months: (0..<count).map { first.adding($0 * step.rawValue) }, step: step,
            series: [.init("Housing", (0..<count).map { .value(Double($0)) })])
    }

    @Test("of quarters names quarters, and each year once")
    func quarters() {
        let chart = columns(ChartMonth(year: 2025, month: 7), .quarter, 4)
        let svg = chart.svg(.wide)
        for name in [">Q3<", ">Q4<", ">Q1<", ">Q2<", "Q3 2025, Housing: 0", "Q2 2026, Housing: 3"] {
            #expect(svg.contains(name), "\(name)")
        }
        #expect(svg.components(of: ">2025<") == 1 && svg.components(of: ">2026<") == 1)
        #expect(chart.table(locale: .spanish).contains("T3 2025") && chart.table().contains(">Quarter<"))
        #expect(chart.terminalText(width: 60).contains("Q3"))
    }

    @Test("of fiscal years calls them by the year in which they end")
    func fiscalYears() {
        let chart = columns(ChartMonth(year: 2023, month: 10), .fiscalYear, 3)
        let svg = chart.svg(.narrow)
        for year in [">2024<", ">2025<", ">2026<"] { #expect(svg.components(of: year) == 1, "\(year)") }
        #expect(!svg.contains(">2023<") && svg.contains("FY 2024, Housing: 0"))
        #expect(chart.table(locale: .spanish).contains("AF 2026"))
    }

    @Test("of many quarters has room for some of them only")
    func manyQuarters() {
        let svg = columns(ChartMonth(year: 2015, month: 1), .quarter, 48).svg(.narrow)
        let marks = (1...4).reduce(0) { $0 + svg.components(of: ">Q\($1)<") }
        #expect((2...16).contains(marks), "\(marks)")
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
