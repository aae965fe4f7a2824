import Glibc

/// Ratios around 1 on a logarithmic scale: the equity lens, a group's share of what was reached over its share of the
/// clients, for example. Half as much lies as far to the left as twice as much to the right.
public struct RatioChart: Chart {
    /// A group.
    public struct Row: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its ratio.
        public let ratio: ChartValue

        /// Makes a row. A ratio below 0 is shown as not stated.
        public init(_ name: String, _ ratio: ChartValue) {
            self.name = name
            if case .value = ratio, ratio.drawn == nil { self.ratio = .notStated } else { self.ratio = ratio }
        }
    }

    /// What names and explains the plot.
    public let text: ChartText
    /// Heads the names in the table.
    public let nameHead: String
    /// The groups from the top down.
    public let rows: [Row]
    /// What lies to the left of 1, and to the right of it: `less than its share`.
    public let sides: (less: String, more: String)

    private static let unit = ChartUnit.number(decimals: 2)
    private static let rowHeight = 30.0
    // The scale ends at 1/64 and 64; what lies beyond is drawn at the end, with its own number.
    private static let octavesMax = 6.0

    /// Makes a plot.
    /// - Parameter sides: what lies to the left of 1, and to the right of it.
    public init(_ text: ChartText, nameHead: String, rows: [Row], sides: (less: String, more: String)) {
        self.text = text
        self.nameHead = nameHead
        self.rows = rows
        self.sides = sides
    }

    /// How many doublings the scale reaches to either side, in quarters.
    private var octaves: Double {
        let furthest = rows.compactMap(\.ratio.drawn).filter { $0 > 0 }.map { log2($0).magnitude }.max() ?? 0
        return min(Self.octavesMax, max(1, ((furthest - 1e-9) * 4).rounded(.up) / 4))
    }

    /// The ratios that have a line: doublings and halves, and thirds between them where the scale is short.
    private func marks(_ octaves: Double) -> [Double] {
        let more = octaves < 1.6 ? [1.5, 2] : octaves <= 3 ? [2, 4, 8] : [4, 16, 64]
        let shown = more.filter { log2($0) <= octaves + 1e-9 }
        return shown.reversed().map { 1 / $0 } + [1] + shown
    }

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        var drawing = Drawing(text, layout)
        guard !rows.isEmpty else {
            drawing.empty(locale.words.noData)
            return drawing.finished()
        }
        let isBeside = layout == .wide
        let widest = rows.map { TextFit.width($0.name, size: 13) }.max() ?? 0
        let names = isBeside ? min(widest, drawing.width * 0.32) : drawing.width
        let shown = rows.filter { $0.ratio.drawn != nil }
        let labels = shown.map { TextFit.width(label($0, locale), size: 13, isStrong: true) }.max() ?? 10
        let step = isBeside ? Self.rowHeight : Self.rowHeight + 16
        let top = 62.0
        let bottom = top + Double(rows.count) * step + 4
        // A label stands beyond its dot, on either side.
        let left = (isBeside ? names + 14 : 0) + labels + 14
        let right = drawing.width - labels - 14
        let half = (right - left) / 2
        let scale = { (ratio: Double) -> Double in
            let place = ratio > 0 ? log2(ratio) / octaves : -1
            return left + half + half * min(1, max(-1, place))
        }
        drawSides(in: &drawing, left + half, drawing.width, isBeside ? names + 14 : 0)
        for ratio in marks(octaves) {
            drawing.line(scale(ratio), top - 8, scale(ratio), bottom, ratio == 1 ? "axis" : "grid")
            drawing.label(locale.short(ratio, Self.unit), scale(ratio), top - 14, .middle, "quiet")
        }
        for (place, row) in rows.enumerated() {
            let y = top + (Double(place) + 0.5) * step + (isBeside ? 0 : 8)
            let lines = TextFit.lines(row.name, to: names, size: 13, max: isBeside ? 2 : 1)
            for (place, line) in lines.enumerated() {
                let base = isBeside ? y + 4.5 + (Double(place) - Double(lines.count - 1) / 2) * 14 : y - 15
                drawing.label(
                    line, isBeside ? names : 0, base, isBeside ? .end : .start, "halo",
                    whole: place == 0 ? row.name : nil)
            }
            draw(row, in: &drawing, scale, left + half, y, locale)
        }
        drawing.height = bottom + 4
        return drawing.finished()
    }

    private func drawSides(in drawing: inout Drawing, _ middle: Double, _ right: Double, _ left: Double) {
        let (less, more) = ("← " + sides.less, sides.more + " →")
        for (row, line) in TextFit.lines(less, to: middle - left - 8, size: 13, max: 2).enumerated() {
            drawing.label(line, middle - 8, 14 + Double(row) * 15, .end, "quiet", whole: row == 0 ? less : nil)
        }
        for (row, line) in TextFit.lines(more, to: right - middle - 8, size: 13, max: 2).enumerated() {
            drawing.label(line, middle + 8, 14 + Double(row) * 15, .start, "quiet", whole: row == 0 ? more : nil)
        }
    }

    private func draw(
        _ row: Row, in drawing: inout Drawing, _ scale: (Double) -> Double, _ one: Double, _ y: Double,
        _ locale: ChartLocale
    ) {
        let title = "\(row.name): \(locale.full(row.ratio, Self.unit))"
        switch row.ratio {
        case .value(let ratio):
            let x = scale(ratio)
            let color = ratio < 1 ? 2 : 1
            drawing.rect(min(x, one), y - 1.5, (x - one).magnitude, 3, "c\(color)")
            if ratio < 1 {
                drawing.path(
                    [(x - 8, y), (x + 3, y - 7), (x + 3, y + 7)], "mark c\(color)", isClosed: true, title: title)
            } else {
                drawing.circle(x, y, 6, "mark c\(color)", title: title)
            }
            drawing.label(
                label(row, locale), ratio < 1 ? x - 12 : x + 10, y + 4.5, ratio < 1 ? .end : .start, "strong halo")
        case .withheld:
            drawing.hatched(one - 7, y - 7, 14, 14, title: title)
            drawWords(row, in: &drawing, one, y, locale)
        case .notStated:
            drawing.diamond(one, y, title: title, size: 6)
            drawWords(row, in: &drawing, one, y, locale)
        }
    }

    private func drawWords(_ row: Row, in drawing: inout Drawing, _ one: Double, _ y: Double, _ locale: ChartLocale) {
        let words = label(row, locale)
        let lines = TextFit.lines(words, to: drawing.width - one - 14, size: 13, max: 2)
        for (place, line) in lines.enumerated() {
            let base = y + (lines.count == 1 ? 4.5 : 2) + Double(place) * 13
            drawing.label(line, one + 12, base, .start, "quiet halo", whole: place == 0 ? words : nil)
        }
    }

    private func label(_ row: Row, _ locale: ChartLocale) -> String {
        row.ratio.drawn.map { locale.short($0, Self.unit) } ?? locale.full(row.ratio, Self.unit)
    }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var table = HTMLTable(text.title, heads: [nameHead, locale.words.value])
        for row in rows { table.add(row.name, [locale.cell(row.ratio, Self.unit)]) }
        return table.finished()
    }
}
