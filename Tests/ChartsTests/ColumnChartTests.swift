import Primitives
import Testing

@testable import Charts

@Suite("Columns over time")
struct ColumnChartTests {
    @Test("are as high as the sum of their parts, and every figure has its title")
    func heightsSum() {
        for seed in 0..<60 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let chart = maker.columns()
            let largest = chart.months.indices.map(chart.sum).max() ?? 0
            guard !chart.series.isEmpty, largest > 0, largest < 1e250 else { continue }
            let parts = SVGElements(chart.svg())
            let top = NiceTicks(covering: largest, isWhole: chart.unit == .count).top
            let lines = parts.drawn.filter { $0.name == "line" && $0.attributes["class"] == "grid" }
            let base = parts.drawn.first { $0.name == "line" && $0.attributes["class"] == "axis" }?.number("y1") ?? 0
            let scale = (base - (lines.map { $0.number("y1") }.min() ?? 0)) / top
            for (place, month) in chart.months.enumerated() {
                let name = ChartLocale.english.name(of: month) + ", "
                let column = parts.drawn.filter {
                    $0.styles.contains { $0.hasPrefix("c") } && ($0.title ?? "").hasPrefix(name)
                }
                let height = base - (column.map { $0.number("y") }.min() ?? base)
                // Gaps of one unit are below their part's top edge, so the edge is where the sum is.
                #expect((height - chart.sum(place) * scale).magnitude < 1.2, "seed \(seed), \(name)")
            }
            let all = parts.titles.joined(separator: "\n")
            for (place, month) in chart.months.enumerated() {
                for (series, value) in zip(chart.series, chart.values(place)) {
                    let title = "\(ChartLocale.english.name(of: month)), \(series.name): "
                    let words = Markup.plain(title + ChartLocale.english.full(value, chart.unit))
                    guard value.drawn == nil else {
                        #expect(all.contains(words), "seed \(seed)")
                        continue
                    }
                    // What is absent shares a mark with the others of the month.
                    let isNamed = parts.titles.contains {
                        $0.hasPrefix(ChartLocale.english.name(of: month)) && $0.contains(Markup.plain(series.name))
                            && $0.hasSuffix(ChartLocale.english.full(value, chart.unit))
                    }
                    #expect(isNamed, "seed \(seed), \(title)")
                }
            }
        }
    }

    @Test("show withheld and not stated apart, and neither as 0")
    func absenceIsNotZero() {
        let months = [
            ChartMonth(year: 2026, month: 1), ChartMonth(year: 2026, month: 2), ChartMonth(year: 2026, month: 3),
        ]
        let chart = ColumnChart(
            ChartMaker.text, months: months, series: [.init("Housing", [.withheld, .notStated, .value(0)])])
        let parts = SVGElements(chart.svg())
        let withheld = parts.drawn.filter { $0.title == "Jan 2026, Housing: withheld" }
        #expect(withheld.map { $0.attributes["fill"] } == ["url(#plot-1-wide-hatching)"])
        let notStated = parts.drawn.filter { $0.title == "Feb 2026, Housing: not stated" }
        #expect(notStated.map(\.styles) == [["unstated"]])
        #expect(parts.drawn.contains { $0.title == "Mar 2026, Housing: 0" && $0.styles == ["c1"] })
        #expect(parts.texts.contains("withheld") && parts.texts.contains("not stated"))
        // A sum stands above a column only where no part is missing.
        #expect(
            parts.drawn.count { $0.name == "text" && $0.text == "0" && $0.attributes["text-anchor"] == "middle" } == 1)
    }

    @Test("have series in the legend in the order in which they lie")
    func legendInOrder() {
        let chart = ColumnChart(
            ChartMaker.text, months: [ChartMonth(year: 2026, month: 1)],
            series: ["a1", "b2", "c3"].map { .init($0, [.value(2)]) })
        #expect(SVGElements(chart.svg()).texts.filter { ["a1", "b2", "c3"].contains($0) } == ["c3", "b2", "a1"])
    }

    @Test("have a texture where a colour comes again")
    func texturesPartColors() {
        let looks = (0..<18).map { Palette.color($0) + Palette.texture($0) }
        #expect(Set(looks).count == 18)
    }
}

extension Markup {
    /// The text as a parser gives it back.
    static func plain(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(escaped(text)) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
