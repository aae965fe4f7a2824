import Testing

@testable import Charts

@Suite("The table behind a plot")
struct TableTests {
    @Test("has a caption, scopes, a cell for every figure, and the given word for what is withheld")
    func isComplete() {
        for seed in 0..<60 as Range<UInt64> {
            var maker = ChartMaker(seed: seed)
            var locale = ChartLocale.english
            locale.words.withheld = "1 to 10"
            for chart in maker.all() {
                let parts = SVGElements(chart.table(locale: locale))
                #expect(parts.isWellFormed, "seed \(seed)")
                let elements = parts.elements
                #expect(elements.first { $0.name == "caption" }?.text == ChartMaker.text.title, "seed \(seed)")
                #expect(elements.allSatisfy { $0.name != "th" || ["col", "row"].contains($0.attributes["scope"]) })
                let columns = elements.count { $0.attributes["scope"] == "col" }
                let rows = elements.count { $0.attributes["scope"] == "row" }
                #expect(elements.count { $0.name == "td" } == rows * (columns - 1), "seed \(seed)")
                let absent = elements.filter { $0.name == "td" && $0.styles == ["absent"] }.map(\.text)
                #expect(Set(absent).isSubset(of: ["1 to 10", "not stated"]), "seed \(seed)")
            }
        }
    }

    @Test("says the same as the plot")
    func saysTheSame() {
        let chart = ColumnChart(
            ChartMaker.text, months: [ChartMonth(year: 2026, month: 1)],
            series: [.init("Housing", [.value(1200)]), .init("Health & more", [.withheld]), .init("Transport", [])])
        #expect(
            chart.table(locale: .spanish) == """
                <table class="chart-table">
                <caption>A &lt;title&gt; &amp; &quot;more&quot;</caption>
                <thead><tr><th scope="col">Mes</th><th scope="col">Housing</th><th scope="col">Health &amp; more</th>\
                <th scope="col">Transport</th></tr></thead>
                <tbody>
                <tr><th scope="row">ene 2026</th><td>1,200</td><td class="absent">reservado</td>\
                <td class="absent">no indicado</td></tr>
                </tbody>
                </table>

                """)
    }
}
