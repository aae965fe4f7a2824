import Charts
import Indicators
import Primitives
import Releases

/// How figures are written, and how each leads to the page that opens it.
extension PageContext {
    /// An amount of a unit.
    /// - Parameter isExact: with all decimals of the release.
    func amount(_ decimal: String, _ unit: IndicatorUnit, isExact: Bool = false) -> String {
        let percent = language == .english ? "%" : "\u{a0}%"
        switch unit {
        case .outcomes, .people, .connections: return Numerals.text(decimal, places: 0)
        case .creditedOutcomes: return Numerals.text(decimal, places: isExact ? nil : 1)
        case .percent: return Numerals.text(decimal, places: isExact ? 2 : 1) + percent
        case .ratio: return Numerals.text(decimal, places: isExact ? 3 : 2)
        case .usd:
            let whole = (Double(decimal) ?? 0).magnitude >= 1000 || !decimal.contains { "123456789".contains($0) }
            let shown = Numerals.text(decimal, places: isExact || !whole ? 2 : 0)
            return shown.hasPrefix("-") ? "-$" + shown.dropFirst() : "$" + shown
        case .days:
            let shown = Numerals.text(decimal)
            return texts(shown == "1" ? "days.one" : "days.other", ["n": shown])
        }
    }

    /// What a figure says, or the word for why it says nothing.
    func words(_ figure: ReleasedFigure, isExact: Bool = false) -> String {
        words(figure.value, figure.unit, isExact: isExact)
    }

    /// What a value says.
    func words(_ value: ReleasedFigure.Value, _ unit: IndicatorUnit, isExact: Bool = false) -> String {
        switch value {
        case .stated(let decimal): amount(decimal, unit, isExact: isExact)
        case .notStated: texts["not.stated"]
        case .withheld: texts["withheld"]
        }
    }

    /// A figure as a link to its opening; a dash where the release has none.
    func link(_ figure: ReleasedFigure?, _ classes: String = "") -> HTML {
        guard let figure else {
            return "<span class=\"absent\">–<span class=\"unseen\">\(texts["no.figure"])</span></span>"
        }
        return link(self.figure(figure.indicator, figure.slice), words(figure), classesOf(figure, classes))
    }

    /// A figure with a whole phrase as its link.
    func link(_ figure: ReleasedFigure, saying phrase: String) -> HTML {
        link(self.figure(figure.indicator, figure.slice), phrase, classesOf(figure, ""))
    }

    private func classesOf(_ figure: ReleasedFigure, _ classes: String) -> String {
        (["figure", classes] + (figure.isStated ? [] : ["absent"])).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// How a figure differs from that of the period before; nil where one of the two says nothing.
    func comparison(_ figure: ReleasedFigure?) -> String? {
        guard let figure, let previous = index.previous,
            let before = previous[figure.indicator, figure.slice], let now = figure.amount, let then = before.amount
        else { return nil }
        let period = periods.short(previous.release)
        let places = figure.unit == .percent || figure.unit == .creditedOutcomes ? 1 : figure.unit == .ratio ? 2 : 0
        let difference = Numerals.text(FixedDecimal.text((now - then).magnitude, places), places: places)
        guard difference.contains(where: { "123456789".contains($0) }) else {
            return texts("compared.same", ["period": period])
        }
        let shown = figure.unit == .usd ? "$" + difference : difference
        let kind =
            figure.unit == .percent ? "points" : figure.unit == .usd || figure.unit == .ratio ? "amount" : "count"
        return texts(
            "compared.\(kind).\(now > then ? "up" : "down")",
            ["difference": shown, "period": period, "before": words(before)])
    }

    /// The same as a sentence: `That is 33 more than in Q1 2026 (390).`
    func compared(_ figure: ReleasedFigure) -> String? {
        guard let comparison = comparison(figure) else { return nil }
        let isSame = index.previous.map { comparison == texts("compared.same", ["period": periods.short($0.release)]) }
        return texts(isSame == true ? "compared.sentence.same" : "compared.sentence", ["comparison": comparison])
    }

    /// A figure for a plot. Shares are from 0 to 1 there.
    func plotted(_ figure: ReleasedFigure?) -> ChartValue {
        guard let figure else { return .notStated }
        switch figure.value {
        case .withheld: return .withheld
        case .notStated: return .notStated
        case .stated: return figure.amount.map { .value(figure.unit == .percent ? $0 / 100 : $0) } ?? .notStated
        }
    }
}

extension ReleasedFigure {
    /// Whether it says anything.
    var isStated: Bool { amount != nil }
}
