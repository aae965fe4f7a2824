import Indicators
import Releases

/// A figure that is shown large, with what it is and how it compares.
struct KeyFigure {
    let context: PageContext
    let figure: ReleasedFigure
    /// What it counts.
    let name: String

    /// The figures that say most of a period: outcomes, credit, money, upkeep, dormant ones.
    static func all(_ context: PageContext) -> [KeyFigure] {
        let wanted: [(Indicator, Slice, String)] = [
            (.attributedOutcomes, Slice(), "key.outcomes"), (.creditedOutcomes, Slice(), "key.credited"),
            (.foreignFunds, Slice([.form: "grant"]), "key.funds"),
            (.connectionsMaintained, Slice(), "key.maintained"), (.dormantConnections, Slice(), "key.dormant"),
        ]
        return wanted.compactMap { indicator, slice, key in
            context.table[indicator, slice].map {
                KeyFigure(context: context, figure: $0, name: context.texts[key])
            }
        }
    }

    /// What it is of what, and how it compares; or why it says nothing.
    var notes: [String] {
        guard figure.isStated else { return [context.reason(figure)] }
        var notes: [String] = []
        if figure.unit == .percent, let numerator = figure.numerator, let denominator = figure.denominator {
            notes.append(
                context.texts(
                    "of", ["numerator": Numerals.text(numerator), "denominator": Numerals.text(denominator)]))
        }
        if let comparison = context.comparison(figure) { notes.append(comparison) }
        return notes
    }

    var card: HTML {
        let notes = notes.map { note -> HTML in "<p class=\"note\">\(note)</p>\n" }
        return """
            <li class="card">
            <h3>\(name)</h3>
            <p class="value">\(context.link(figure))</p>
            <div class="notes">\(notes)</div>
            <div class="line">\(context.sparkline(figure, title: name))</div>
            </li>

            """
    }
}
