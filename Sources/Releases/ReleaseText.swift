import Indicators

extension Release {
    /// The figures as text for a terminal, indicator by indicator.
    /// - Parameters:
    ///   - columns: the width of a line.
    ///   - totalsOnly: leaves out what is broken down by more than one dimension.
    ///   - plots: what stands between the heading and the figures.
    public func text(columns: Int = 100, totalsOnly: Bool = false, plots: String? = nil) -> String {
        var lines = [
            "\(city.isEmpty ? "" : city + ", ")\(period): release \(number), closed \(closedAt)",
            restates.map { "Takes the place of \($0); \(changes.count) figures changed." }
                ?? "The first release of this period.",
            "\(records.outcomes) outcomes; nothing is shown of groups of 1 to \(threshold) people "
                + "(\(suppression.primary) withheld, and \(suppression.complementary) more that would give them away, "
                + "of \(suppression.populations)).",
        ]
        if let plots, !plots.isEmpty { lines += ["", plots.hasSuffix("\n") ? String(plots.dropLast()) : plots] }
        for indicator in Indicator.allCases {
            let part = figures.filter { figure in
                figure.indicator == indicator && !(totalsOnly && figure.slice.parts.count > 1)
            }
            guard !part.isEmpty else { continue }
            lines += ["", "\(indicator.rawValue)  \(indicator.title)"]
            lines += part.map { Release.line($0, columns) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The figures that one looks at first: totals, and outcomes by department.
    public var summary: String {
        var short = self
        short.figures = figures.filter { figure in
            switch figure.indicator {
            case .attributedOutcomes, .residentsReached, .shareOfSuccess:
                figure.slice.parts.map(\.dimension) == [.department] || figure.slice.parts.isEmpty
            default: figure.slice.parts.allSatisfy { [.form, .measure].contains($0.dimension) }
            }
        }
        return short.text()
    }

    private static func line(_ figure: ReleasedFigure, _ columns: Int) -> String {
        let name = figure.slice.parts.isEmpty ? "all" : figure.slice.parts.map(\.value).joined(separator: " / ")
        let value: String =
            switch figure.value {
            case .stated(let text): figure.unit == .percent ? text + " %" : text + figure.unit.suffix
            case .notStated(let missing): "not stated (\(missing))"
            case .withheld: "withheld"
            }
        var rest: [String] = []
        // Credit is said in basis points, which is what its value says again.
        if let numerator = figure.numerator, let denominator = figure.denominator, figure.unit != .creditedOutcomes {
            rest.append("\(numerator) of \(denominator)")
        }
        if let lower = figure.lower, let upper = figure.upper { rest.append("95 % interval \(lower) to \(upper)") }
        if let abstained = figure.abstained, abstained > 0 { rest.append("\(abstained) abstained") }
        if !figure.listed.isEmpty { rest.append(figure.listed.joined(separator: ", ")) }
        let width = max(20, columns / 2 - 4)
        let shown = name.count > width ? String(name.prefix(width - 1)) + "…" : name
        return "  " + shown + String(repeating: " ", count: width - shown.count + 2) + value
            + (rest.isEmpty ? "" : "  (" + rest.joined(separator: "; ") + ")")
    }
}

extension IndicatorUnit {
    /// What is written behind an amount.
    fileprivate var suffix: String {
        switch self {
        case .usd: " USD"
        case .days: " days"
        default: ""
        }
    }
}
