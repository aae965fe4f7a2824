/// What the marks of a plot stand for, in the order in which they lie.
struct Legend {
    /// What is drawn before a name.
    enum Sign {
        case series(Int)
        case mapClass(Int)
        case withheld
        case notStated
        case home
        case marker(Int)
        case target
    }

    static let rowHeight = 20.0
    private static let size = 13.0
    private static let signWidth = 20.0
    private static let lineHeight = 15.0

    let entries: [(sign: Sign, name: String)]

    /// The width of the widest entry.
    var width: Double {
        entries.map { Self.signWidth + TextFit.width($0.name, size: Self.size) }.max() ?? 0
    }

    /// The height of the entries below one another.
    func columnHeight(width: Double) -> Double {
        entries.reduce(0) { $0 + Self.rowHeight + Double(lines($1.name, width).count - 1) * Self.lineHeight }
    }

    /// Draws the entries below one another, each in at most two lines.
    func drawColumn(in drawing: inout Drawing, x: Double, y: Double, width: Double) {
        var top = y
        for entry in entries { top += draw(entry, in: &drawing, x, top, lines(entry.name, width)) }
    }

    private func lines(_ name: String, _ width: Double) -> [String] {
        let lines = TextFit.lines(name, to: width - Self.signWidth, size: Self.size, max: 2)
        return lines.isEmpty ? [""] : lines
    }

    /// Draws the entries side by side in as many rows as they need.
    /// - Returns: the height of the rows.
    func drawRows(in drawing: inout Drawing, x: Double, y: Double, width: Double) -> Double {
        var (left, top) = (x, y)
        for entry in entries {
            let needed = min(width, Self.signWidth + TextFit.width(entry.name, size: Self.size))
            if left > x, left + needed > x + width { (left, top) = (x, top + Self.rowHeight) }
            let name = TextFit.cut(entry.name, to: needed - Self.signWidth, size: Self.size)
            draw(entry, in: &drawing, left, top, [name])
            left += needed + 14
        }
        return entries.isEmpty ? 0 : top - y + Self.rowHeight
    }

    /// Draws an entry, and says how high it is.
    @discardableResult
    private func draw(
        _ entry: (sign: Sign, name: String), in drawing: inout Drawing, _ x: Double, _ y: Double, _ lines: [String]
    ) -> Double {
        switch entry.sign {
        case .series(let series): drawing.filled(x, y + 3, 13, 13, series: series)
        case .mapClass(let place): drawing.rect(x, y + 3, 13, 13, "k\(place + 1)")
        case .withheld: drawing.hatched(x + 0.5, y + 3.5, 12, 12)
        case .notStated: drawing.diamond(x + 6.5, y + 9.5)
        case .marker(let series): Marker.draw(series, in: &drawing, x + 6.5, y + 9.5, 4.5, title: "")
        case .target: drawing.line(x, y + 9.5, x + 16, y + 9.5, "target")
        case .home: Marker.star(in: &drawing, x + 6.5, y + 9.5)
        }
        for (row, line) in lines.enumerated() {
            let base = y + 14 + Double(row) * Self.lineHeight
            drawing.label(line, x + Self.signWidth, base, whole: row == 0 ? entry.name : nil)
        }
        return Self.rowHeight + Double(lines.count - 1) * Self.lineHeight
    }
}
