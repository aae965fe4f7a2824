import Primitives

extension BarChart {
    /// The bars as text, a line for each.
    /// - Parameter width: columns of the terminal, 40 to 200.
    public func terminalText(
        width: Int, glyphs: TerminalGlyphs = .unicode, locale: ChartLocale = .english
    ) -> String {
        let width = TerminalGlyphs.width(width)
        guard !bars.isEmpty else { return glyphs.page([text.title, locale.words.noData], width: width) }
        let labels = bars.map { label($0, locale) }
        let labelWidth = min(width / 3, labels.map(DisplayWidth.of).max() ?? 0)
        let longest = bars.map { DisplayWidth.of($0.name) }.max() ?? 0
        let names = min(longest, width * 2 / 5)
        let room = max(4, width - names - labelWidth - 3)
        let largest = bars.compactMap(\.value.drawn).max() ?? 0
        let lines = zip(bars, labels).map { bar, label in
            let name = DisplayWidth.fitted(bar.name.printable, to: names, ellipsis: glyphs.ellipsis)
            let mark =
                switch bar.value {
                case .value(let value): glyphs.bar(largest > 0 ? value / largest : 0, cells: room)
                case .withheld: String(glyphs.withheld)
                case .notStated: String(glyphs.notStated)
                }
            return
                "\(name) \(glyphs.wall)\(mark) \(DisplayWidth.fitted(label, to: labelWidth, ellipsis: glyphs.ellipsis))"
        }
        return glyphs.page([text.title] + lines, width: width)
    }
}
