import Primitives
import Testing

@testable import Charts

@Suite("Plots in a terminal")
struct TerminalTests {
    @Test("are never wider than asked, and of ASCII where the names are")
    func neverTooWide() {
        for seed in 0..<120 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            let (columns, bars, line) = (maker.columns(), maker.bars(), maker.sparkline())
            let locale = maker.locale()
            for width in [40, 57, 80, 200] {
                for glyphs in [TerminalGlyphs.unicode, .ascii] {
                    let texts = [
                        columns.terminalText(width: width, glyphs: glyphs, locale: locale),
                        bars.terminalText(width: width, glyphs: glyphs, locale: locale),
                        line.terminalText(width: width, glyphs: glyphs, locale: locale),
                    ]
                    for shown in texts.flatMap({ $0.split(separator: "\n") }) {
                        #expect(DisplayWidth.of(String(shown)) <= width, "seed \(seed), width \(width): \(shown)")
                        #expect(String(shown).printable == shown, "seed \(seed)")
                    }
                }
            }
        }
        let plain = BarChart(
            ChartText(id: "a", title: "Credit", description: ""), nameHead: "", bars: [.init("a", .value(1))])
        #expect(plain.terminalText(width: 40, glyphs: .ascii).utf8.allSatisfy { $0 < 128 })
    }

    @Test("clamp a width to 40 to 200")
    func widthIsClamped() {
        let bars = BarChart(ChartMaker.text, nameHead: "", bars: [.init("a", .value(1))])
        #expect(bars.terminalText(width: 1) == bars.terminalText(width: 40))
        #expect(bars.terminalText(width: 9999) == bars.terminalText(width: 200))
    }

    @Test("align names of any script and show what is absent")
    func alignsBars() {
        let chart = BarChart(
            ChartText(id: "credit", title: "Credit", description: ""), nameHead: "",
            bars: [
                .init("都市外交局", .value(40)), .init("Nagoya", .value(20)), .init("C40", .withheld),
                .init("x", .notStated),
                .init("none", .value(0)),
            ])
        #expect(
            chart.terminalText(width: 40) == """
                Credit
                都市外交局 │█████████████████ 40
                Nagoya     │████████▌ 20
                C40        │× withheld
                x          │? not stated
                none       │ 0

                """)
        #expect(chart.terminalText(width: 40, glyphs: .ascii).contains("Nagoya     |######### 20\n"))
    }

    @Test("show columns over a line of months, with marks for what is absent")
    func columns() {
        let first = ChartMonth(year: 2025, month: 11)
        let chart = ColumnChart(
            ChartText(id: "n", title: "Outcomes", description: ""), months: (0..<4).map { first.adding($0) },
            series: [
                .init("Housing", [.value(4), .value(8), .withheld, .value(2)]),
                .init("Health", [.value(4), .value(8), .value(1), .notStated]),
            ])
        #expect(chart.terminalText(width: 40) == Self.expected)
    }

    private static let expected = """
        Outcomes
         20 │
            │      ▃▃▃▃▃
            │      █████
            │      █████
            │▂▂▂▂▂ █████
            │█████ █████
            │█████ █████
            │█████ █████ ▃▃▃▃▃ ▆▆▆▆▆
          0 └────────────────────────
                         ×     ?
             Nov   Dec   Jan   Feb
             2025        2026

        Housing ▅█×▃ 2
        Health  ▅█▂? not stated
        × withheld
        ? not stated

        """

    @Test("show the last months where there is no room for all, and say so")
    func showsTheLast() {
        let first = ChartMonth(year: 2020, month: 1)
        let months = (0..<60).map { first.adding($0) }
        let chart = ColumnChart(
            ChartText(id: "n", title: "Outcomes", description: ""), months: months,
            series: [.init("Housing", months.map { _ in .value(7) })])
        #expect(chart.terminalText(width: 40).contains("(35 of 60)"))
    }

    @Test("draw a line of one character for each figure")
    func sparkline() {
        let months = (1...4).map { ChartMonth(year: 2026, month: $0) }
        let line = Sparkline(
            ChartText(id: "n", title: "Outcomes", description: ""), months: months,
            values: [.value(0), .value(8), .withheld, .value(4)])
        #expect(line.terminalText(width: 40) == "Outcomes ▁█×▅ 4\n")
        #expect(line.terminalText(width: 40, glyphs: .ascii) == "Outcomes _#x+ 4\n")
    }
}
