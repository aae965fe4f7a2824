public import Charts
import Indicators
import Primitives
import Releases

/// The main plots of a release as text: key figures over time, outcomes by department, credit by connection.
struct TerminalPlots {
    let context: PageContext
    let columns: Int
    let glyphs: TerminalGlyphs

    var text: String {
        let outcomes = OutcomeSections(context: context, map: nil)
        let plots = [
            outcomes.departmentsChart?.terminalText(width: columns, glyphs: glyphs, locale: context.locale),
            outcomes.creditChart?.terminalText(width: columns, glyphs: glyphs, locale: context.locale),
        ]
        return ([keyFigures] + plots.compactMap { $0 }).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// A line for each, with the names in a column.
    private var keyFigures: String {
        let figures = KeyFigure.all(context).map { key in
            // The names are those of the figures below, and short.
            (name: context.texts["\(key.figure.indicator.rawValue).title"], figure: key.figure)
        }
        let longest = figures.map(\.name.count).max() ?? 0
        return figures.compactMap { name, figure in
            guard var chart = context.sparklineChart(figure, title: name) else { return nil }
            chart.text.title = name.padded(to: longest)
            return chart.terminalText(width: columns, glyphs: glyphs, locale: context.locale)
        }.joined()
    }
}

extension Site {
    /// The main plots of a release for a terminal; nil where there is no such release.
    /// - Parameter columns: the width of the terminal; plots are 40 to 200 columns wide.
    public func terminalPlots(
        _ id: String, columns: Int, glyphs: TerminalGlyphs = .unicode, language: PageLanguage = .english
    ) -> String? {
        index(id).map {
            TerminalPlots(
                context: PageContext($0, language, route: .release(id)), columns: columns, glyphs: glyphs
            ).text
        }
    }
}
