import Primitives

extension Sparkline {
    /// The title, the line and the last figure that is shown, in one line of text.
    ///
    /// A figure below 0 is drawn as the lowest; where the months have no room, the last ones are shown.
    /// - Parameter width: columns of the terminal, 40 to 200.
    public func terminalText(
        width: Int, glyphs: TerminalGlyphs = .unicode, locale: ChartLocale = .english
    ) -> String {
        let width = TerminalGlyphs.width(width)
        let shown = months.indices.map(value)
        let last = shown.last { $0.finite != nil }.map { locale.cell($0, unit).text } ?? locale.words.noData
        let name = DisplayWidth.fitted(
            text.title.printable, to: min(DisplayWidth.of(text.title), width / 2), ellipsis: glyphs.ellipsis)
        let room = max(1, width - DisplayWidth.of(name) - DisplayWidth.of(last) - 2)
        let line = glyphs.line(
            shown.suffix(room).map { value in value.finite.map { .value(max(0, $0)) } ?? value })
        return glyphs.page(["\(name) \(line) \(last)"], width: width)
    }
}
