/// Horizontal bars with their names and figures: credit by connection, for example.
public struct BarChart: Chart {
    /// A bar.
    public struct Bar: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its figure.
        public let value: ChartValue
        /// True for what the others are compared with, which stands back.
        public let isMuted: Bool

        /// Makes a bar.
        public init(_ name: String, _ value: ChartValue, isMuted: Bool = false) {
            self.name = name
            if case .value = value, value.drawn == nil { self.value = .notStated } else { self.value = value }
            self.isMuted = isMuted
        }
    }

    /// What names and explains the plot.
    public let text: ChartText
    /// Heads the names in the table.
    public let nameHead: String
    /// The bars from the top down.
    public let bars: [Bar]
    /// How the figures are written.
    public let unit: ChartUnit

    /// Makes a plot.
    public init(_ text: ChartText, nameHead: String, bars: [Bar], unit: ChartUnit = .count) {
        self.text = text
        self.nameHead = nameHead
        self.bars = bars
        self.unit = unit
    }

    /// The figure beside a bar, or the word for why there is none.
    func label(_ bar: Bar, _ locale: ChartLocale) -> String {
        bar.value.drawn.map { locale.short($0, unit) } ?? locale.full(bar.value, unit)
    }

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        var drawing = Drawing(text, layout)
        guard !bars.isEmpty else {
            drawing.empty(locale.words.noData)
            return drawing.finished()
        }
        let isBeside = layout == .wide
        let widest = bars.map { TextFit.width($0.name, size: 13) }.max() ?? 0
        let names = isBeside ? min(widest, drawing.width * 0.36) : drawing.width
        let left = isBeside ? names + 12 : 0
        let labels = bars.map { TextFit.width(label($0, locale), size: 13, isStrong: $0.value.drawn != nil) }.max() ?? 0
        let room = drawing.width - left - min(labels, (drawing.width - left) * 0.6) - 10
        let largest = bars.compactMap(\.value.drawn).max() ?? 0
        var y = 2.0
        for bar in bars {
            let lines = TextFit.lines(bar.name, to: names, size: 13, max: 3)
            let height = isBeside ? 20.0 : 16
            let nameHeight = Double(lines.count) * 15
            let middle = isBeside ? y + max(height, nameHeight) / 2 : y + nameHeight + 3 + height / 2
            for (row, line) in lines.enumerated() {
                let base = (isBeside ? middle - nameHeight / 2 : y) + Double(row) * 15 + 12
                drawing.label(
                    line, isBeside ? names : 0, base, isBeside ? .end : .start, whole: row == 0 ? bar.name : nil)
            }
            draw(bar, in: &drawing, left, middle - height / 2, room, height, largest, locale)
            y = isBeside ? y + max(height, nameHeight) + 9 : middle + height / 2 + 11
        }
        if isBeside { drawing.line(left, 0, left, y - 5, "axis") }
        drawing.height = y
        return drawing.finished()
    }

    private func draw(
        _ bar: Bar, in drawing: inout Drawing, _ x: Double, _ y: Double, _ room: Double, _ height: Double,
        _ largest: Double, _ locale: ChartLocale
    ) {
        let title = "\(bar.name): \(locale.full(bar.value, unit))"
        var end = x
        switch bar.value {
        case .value(let value):
            // A figure that is not 0 has a bar that can be seen.
            end += largest > 0 ? max(value > 0 ? 1.5 : 0, room * (value / largest)) : 0
            drawing.rect(x, y, end - x, height, bar.isMuted ? "muted" : Palette.color(0), title: title)
        case .withheld:
            end += min(28, room)
            drawing.hatched(x + 0.5, y + 0.5, end - x - 1, height - 1, title: title)
        case .notStated:
            end += 13
            drawing.diamond(x + 7, y + height / 2, title: title)
        }
        let isStrong = bar.value.drawn != nil
        let label = label(bar, locale)
        drawing.label(
            TextFit.cut(label, to: drawing.width - end - 6, size: 13, isStrong: isStrong), end + 6,
            y + height / 2 + 4.5,
            .start, isStrong ? "strong" : "quiet", whole: label)
    }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var table = HTMLTable(text.title, heads: [nameHead, locale.words.value])
        for bar in bars { table.add(bar.name, [locale.cell(bar.value, unit)]) }
        return table.finished()
    }
}
