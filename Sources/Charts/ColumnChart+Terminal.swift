import Primitives

extension ColumnChart {
    private static let rows = 8

    /// The columns as text: the sum of each month, and below it a line for each series with its last figure.
    ///
    /// Where the months have no room, the last ones are shown, and how many of how many.
    /// - Parameter width: columns of the terminal, 40 to 200.
    public func terminalText(
        width: Int, glyphs: TerminalGlyphs = .unicode, locale: ChartLocale = .english
    ) -> String {
        let width = TerminalGlyphs.width(width)
        guard !months.isEmpty, !series.isEmpty else {
            return glyphs.page([text.title, locale.words.noData], width: width)
        }
        let ticks = NiceTicks(covering: months.indices.map(sum).max() ?? 0, isWhole: unit == .count)
        let top = locale.tick(ticks.top, unit)
        let margin = max(3, DisplayWidth.of(top)) + 1
        let room = width - margin - 1
        let cell = max(1, min(6, room / months.count))
        let shown = Array(months.indices.suffix(room / cell))
        var lines = [text.title]
        if shown.count < months.count {
            let count = "\(shown.count) \(locale.words.of) \(months.count)"
            lines.append("\(locale.name(of: months[shown[0]], step))\(glyphs.ellipsis) (\(count))")
        }
        for row in (0..<Self.rows).reversed() {
            let head = row == Self.rows - 1 ? top.aligned(to: margin - 1) : String(repeating: " ", count: margin - 1)
            let cells = shown.map { block(sum($0) / ticks.top, row, cell, glyphs) }
            lines.append(head + " " + glyphs.wall + cells.joined())
        }
        lines.append(
            "0".aligned(to: margin - 1) + " " + glyphs.corner
                + String(repeating: glyphs.floor, count: shown.count * cell))
        let indent = String(repeating: " ", count: margin + 1)
        let absences = shown.map(absence)
        if absences.contains(where: { $0.drawn == nil }) {
            lines.append(indent + absences.map { mark($0, glyphs).padded(to: cell) }.joined())
        }
        lines += names(shown, cell, locale).map { indent + $0 }
        lines += seriesLines(shown, width, glyphs, locale)
        lines += glyphs.legend(shown.flatMap(values), locale)
        return glyphs.page(lines, width: width)
    }

    private func block(_ share: Double, _ row: Int, _ cell: Int, _ glyphs: TerminalGlyphs) -> String {
        let steps = glyphs.heights.count
        let height = share > 0 ? max(1, Int((share * Double(Self.rows * steps)).rounded())) : 0
        let here = min(steps, max(0, height - row * steps))
        let glyph = here > 0 ? glyphs.heights[here - 1] : " "
        return String(repeating: String(glyph), count: max(1, cell - 1)).padded(to: cell)
    }

    /// Withheld or not stated, where any part of a month is.
    private func absence(_ month: Int) -> ChartValue {
        let values = values(month)
        return values.contains(.withheld) ? .withheld : values.contains(.notStated) ? .notStated : .value(0)
    }

    private func mark(_ value: ChartValue, _ glyphs: TerminalGlyphs) -> String {
        value == .withheld ? String(glyphs.withheld) : value == .notStated ? String(glyphs.notStated) : ""
    }

    /// The months where they have room, and the years where they begin.
    private func names(_ shown: [Int], _ cell: Int, _ locale: ChartLocale) -> [String] {
        var (monthLine, yearLine) = ("", "")
        var year: Int?
        for (column, place) in shown.enumerated() {
            let month = months[place]
            if cell >= 4 { monthLine += DisplayWidth.fitted(locale.shortName(of: month, step), to: cell, ellipsis: "") }
            // A year has room behind the one before, and before the end of the line.
            let start = column * cell
            let stepYear = step.year(of: month)
            if stepYear != year, yearLine.count <= start, start + 4 <= max(4, shown.count * cell) {
                yearLine = yearLine.padded(to: start) + "\(stepYear) "
                year = stepYear
            }
        }
        return monthLine.isEmpty ? [yearLine] : [monthLine, yearLine]
    }

    private func seriesLines(
        _ shown: [Int], _ width: Int, _ glyphs: TerminalGlyphs, _ locale: ChartLocale
    ) -> [String] {
        guard series.count > 1 else { return [] }
        let ends = series.map { locale.cell($0.value(shown[shown.count - 1]), unit).text }
        let endWidth = min(width / 4, ends.map(DisplayWidth.of).max() ?? 0)
        let longest = series.map { DisplayWidth.of($0.name) }.max() ?? 0
        let nameWidth = min(longest, width / 3)
        let kept = shown.suffix(max(1, width - nameWidth - endWidth - 2))
        return [""]
            + zip(series, ends).map { line, end in
                DisplayWidth.fitted(line.name.printable, to: nameWidth, ellipsis: glyphs.ellipsis) + " "
                    + glyphs.line(kept.map(line.value)) + " "
                    + DisplayWidth.fitted(end, to: endWidth, ellipsis: glyphs.ellipsis)
            }
    }
}
