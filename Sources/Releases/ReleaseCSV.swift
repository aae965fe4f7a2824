import Indicators

extension Release {
    /// The figures as CSV (RFC 4180), one a line, with a column for each dimension.
    ///
    /// A text that a spreadsheet would take for a formula has an apostrophe before it.
    public var csv: String {
        var lines = [ReleaseCSV.header]
        for figure in figures { lines.append(ReleaseCSV.line(figure, of: id)) }
        return lines.map { $0 + "\r\n" }.joined()
    }
}

/// The columns of a release as CSV.
private enum ReleaseCSV {
    static let header =
        (["release", "indicator"] + Dimension.allCases.map(\.rawValue)
        + ["value", "unit", "status", "numerator", "denominator", "lower", "upper", "n", "abstained", "listed"]).joined(
            separator: ",")

    static func line(_ figure: ReleasedFigure, of release: String) -> String {
        let (value, status): (String, String) =
            switch figure.value {
            case .stated(let text): (text, "stated")
            case .notStated(let missing): ("", "not stated: \(missing)")
            case .withheld: ("", "withheld")
            }
        let texts = [release, figure.indicator.rawValue] + Dimension.allCases.map { figure.slice[$0] ?? "" }
        let numbers = [
            value, figure.unit.rawValue, status, figure.numerator ?? "", figure.denominator ?? "",
            figure.lower ?? "", figure.upper ?? "",
            figure.n.map { String($0) } ?? "", figure.abstained.map { String($0) } ?? "",
        ]
        return (texts.map(text) + numbers.map(quoted) + [text(figure.listed.joined(separator: " "))])
            .joined(separator: ",")
    }

    private static func text(_ value: String) -> String {
        quoted("=+-@\t\r".contains(value.first ?? " ") ? "'" + value : value)
    }

    private static func quoted(_ value: String) -> String {
        // By bytes, since a character may be a line end with something joined to it.
        guard value.utf8.contains(where: { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }) else { return value }
        return "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
