import Primitives
import Testing

@testable import Charts

@Suite("Bars, shares and ratios")
struct OtherChartsTests {
    @Test("Bars are as long as their figures, with the figure beside each")
    func barsAreProportional() {
        let bars: [BarChart.Bar] = [
            .init("a", .value(50)), .init("b", .value(25)), .init("c", .value(0)), .init("d", .withheld),
        ]
        let parts = SVGElements(BarChart(ChartMaker.text, nameHead: "x", bars: bars).svg())
        let widths = parts.drawn.filter { $0.styles == ["c1"] }.map { $0.number("width") }
        #expect((widths[0] - 2 * widths[1]).magnitude < 0.2 && widths[2] == 0)
        #expect(Set(["50", "25", "0", "withheld", "a", "b", "c", "d"]).isSubset(of: parts.texts))
    }

    @Test("Every bar and every ratio has its name, in full in a title where it is cut")
    func namesAreThere() {
        for seed in 0..<60 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let (bars, ratios) = (maker.bars(), maker.ratios())
            for layout in ChartLayout.allCases {
                let titles = SVGElements(bars.svg(layout)).titles
                for bar in bars.bars {
                    #expect(titles.contains { $0.hasPrefix(Markup.plain(bar.name) + ": ") }, "seed \(seed)")
                }
                let shown = SVGElements(ratios.svg(layout)).titles
                for row in ratios.rows {
                    let words = ChartLocale.english.full(row.ratio, .number(decimals: 2))
                    #expect(shown.contains(Markup.plain("\(row.name): \(words)")), "seed \(seed)")
                }
            }
        }
    }

    @Test("Shares lie between 0 and 100 %, their intervals too, and a line breaks where a share is absent")
    func sharesBreak() {
        let points: [ShareChart.Point] = [
            .init(.value(0.9), interval: 0.8...1.2), .init(.value(0.8)), .init(.withheld), .init(.value(0.7)),
            .init(.value(0.6)), .init(.value(1.5)),
        ]
        let first = ChartMonth(year: 2026, month: 1)
        let chart = ShareChart(
            ChartMaker.text, months: (0..<6).map { first.adding($0) }, series: [.init("Upheld", points)])
        let parts = SVGElements(chart.svg())
        #expect(parts.drawn.count { $0.name == "path" && $0.styles == ["line", "s1"] } == 2)
        #expect(parts.titles.contains("Jan 2026, Upheld: 90% [80%, 100%]"))
        #expect(parts.titles.contains("Mar 2026, Upheld: withheld"))
        #expect(parts.titles.contains("Jun 2026, Upheld: not stated"))
    }

    @Test("A line without any share is named with why that is")
    func absentLinesSayWhy() {
        let months = [ChartMonth(year: 2026, month: 1), ChartMonth(year: 2026, month: 2)]
        for (values, word) in [
            ([ChartValue.notStated, .notStated], "not stated"), ([.withheld, .withheld], "withheld"),
            ([.withheld, .notStated], "no data"),
        ] {
            let chart = ShareChart(ChartMaker.text, months: months, series: [.init("Upheld", values.map { .init($0) })])
            #expect(SVGElements(chart.svg()).texts.contains("\(word) Upheld"), "\(values)")
        }
    }

    @Test("A ratio of one half lies as far from 1 as one of 2")
    func ratiosAreLogarithmic() {
        let chart = RatioChart(
            ChartMaker.text, nameHead: "Group",
            rows: [
                .init("twice", .value(2)), .init("half", .value(0.5)), .init("none", .value(0)), .init("x", .withheld),
            ],
            sides: ("less", "more"))
        let widths = SVGElements(chart.svg()).drawn.filter { $0.name == "rect" && $0.number("height") == 3 }
            .map { $0.number("width") }
        #expect(widths.count == 3 && widths[0] > 100)
        #expect((widths[0] - widths[1]).magnitude < 0.2 && (widths[0] - widths[2]).magnitude < 0.2)
    }
}
