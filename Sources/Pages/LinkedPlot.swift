import Charts
import Indicators
import Primitives
import Releases

/// A plot with its title, and behind it a table whose figures lead to their openings.
struct LinkedPlot {
    let context: PageContext
    let chart: any Chart
    /// The table behind it.
    let table: HTML
    /// Whether the table is shown from the start.
    var isOpen = false

    var html: HTML {
        let text = chart.text
        let open: HTML = isOpen ? " open=\"open\"" : ""
        return """
            <figure class="plot" id="\(text.id)">
            <figcaption>\(text.title)</figcaption>
            \(HTML(made: chart.responsiveSVG(locale: context.locale)))\
            <details\(open)><summary>\(context.texts["table.behind"])</summary>
            \(table)</details>
            </figure>

            """
    }
}

extension PageContext {
    /// The periods of the time axis, without a gap, and the release of each where there is one.
    var steps: [(month: ChartMonth, table: ReleaseTable?)] {
        var steps: [(month: ChartMonth, table: ReleaseTable?)] = []
        for table in index.timeline {
            let parts = table.release.firstDay.parts
            let month = ChartMonth(year: parts.year, month: parts.month)
            while let last = steps.last, last.month.adding(step.rawValue) < month, steps.count < 40 {
                steps.append((last.month.adding(step.rawValue), nil))
            }
            steps.append((month, table))
        }
        return steps
    }

    /// How long the steps of the time axis are.
    var step: ChartStep {
        switch release.length {
        case .month: .month
        case .quarter: .quarter
        case .fiscalYear: .fiscalYear
        }
    }

    /// A figure over time.
    func overTime(_ indicator: Indicator, _ slice: Slice) -> [ChartValue] {
        steps.map { plotted($0.table?[indicator, slice]) }
    }

    /// A figure over time as a small line, which is worth drawing from two periods on.
    func sparkline(_ figure: ReleasedFigure?, title: String) -> HTML {
        sparklineChart(figure, title: title).map { HTML(made: $0.responsiveSVG(locale: locale)) } ?? .empty
    }

    /// The plot of that line; nil where it is not worth drawing.
    func sparklineChart(_ figure: ReleasedFigure?, title: String) -> Sparkline? {
        guard let figure, index.timeline.count > 1 else { return nil }
        let unit = plotUnit(figure.unit)
        let place = figure.slice.text.isEmpty ? "all" : figure.slice.text
        return Sparkline(
            ChartText(
                id: "line-\(figure.indicator.rawValue)-\(place)", title: texts("over.time", ["name": title]),
                description: texts(
                    "over.time.description",
                    [
                        "from": periods.short(index.timeline[0].release), "to": periods.short(release),
                        "value": words(figure),
                    ])),
            months: steps.map(\.month), step: step, values: overTime(figure.indicator, figure.slice), unit: unit)
    }

    /// How plots write a unit.
    func plotUnit(_ unit: IndicatorUnit) -> ChartUnit {
        switch unit {
        case .outcomes, .people, .connections: .count
        case .creditedOutcomes, .days: .number(decimals: 1)
        case .percent: .percent(decimals: 1)
        case .usd: .dollars
        case .ratio: .number(decimals: 2)
        }
    }
}
