extension ColumnChart {
    // Room above the highest column for the two marks of absence, or for its sum.
    private static let headroom = 30.0
    // A box or a diamond, and the gap above it.
    private static let markHeight = 13.0

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        var drawing = Drawing(text, layout)
        guard !months.isEmpty, !series.isEmpty else {
            drawing.empty(locale.words.noData)
            return drawing.finished()
        }
        let legend = Legend(entries: legendEntries(locale))
        let ticks = NiceTicks(covering: months.indices.map(sum).max() ?? 0, isWhole: unit == .count)
        let isBeside = layout == .wide && !legend.entries.isEmpty
        let legendWidth = isBeside ? min(legend.width, drawing.width * 0.3) : 0
        var top = 4.0
        if !isBeside { top += legend.drawRows(in: &drawing, x: 0, y: 0, width: drawing.width) }
        let rows = isBeside ? legend.columnHeight(width: legendWidth) : 0
        let height = max(layout == .wide ? 250 : 190, rows - Self.headroom)
        let plot = TimePlot(
            months: months, step: step, ticks: ticks, left: TimePlot.axisWidth(ticks, unit, locale),
            right: drawing.width - (isBeside ? legendWidth + 18 : 0), top: top + Self.headroom,
            bottom: top + Self.headroom + height)
        if isBeside {
            legend.drawColumn(in: &drawing, x: plot.right + 18, y: top + Self.headroom - 8, width: legendWidth)
        }
        plot.drawGrid(in: &drawing, unit, locale)
        let sums = months.indices.map { TextFit.width(locale.short(sum($0), unit), size: 13) }
        let showsSums = (sums.max() ?? 0) <= plot.band - 4
        for month in months.indices { drawColumn(month, plot, in: &drawing, locale, showsSums: showsSums) }
        plot.drawMonths(in: &drawing, locale)
        drawing.height = plot.bottom + TimePlot.axisHeight
        return drawing.finished()
    }

    /// The series from the top of the stack down, then what stands for absence.
    private func legendEntries(_ locale: ChartLocale) -> [(sign: Legend.Sign, name: String)] {
        var entries: [(sign: Legend.Sign, name: String)] = []
        if series.count > 1 { entries = series.indices.reversed().map { (.series($0), series[$0].name) } }
        if has(.withheld) { entries.append((.withheld, locale.words.withheld)) }
        if has(.notStated) { entries.append((.notStated, locale.words.notStated)) }
        return entries
    }

    private func drawColumn(
        _ month: Int, _ plot: TimePlot, in drawing: inout Drawing, _ locale: ChartLocale, showsSums: Bool
    ) {
        let width = min(64, plot.band * (months.count > 24 ? 0.84 : 0.72))
        let left = plot.x(month) - width / 2
        let name = locale.name(of: months[month], step)
        var below = 0.0
        for (place, value) in values(month).enumerated() {
            guard let amount = value.drawn else { continue }
            let (base, top) = (plot.y(below), plot.y(below + amount))
            below += amount
            // A line of ground between two parts, where there is room for one.
            let gap = place > 0 && base - top > 3 ? 1.0 : 0
            drawing.filled(
                left, top, width, base - top - gap, series: place,
                title: "\(name), \(series[place].name): \(locale.full(value, unit))")
        }
        var mark = plot.y(below) - 3
        if let title = names(of: .withheld, month, name, locale.words.withheld) {
            let side = min(width, 14)
            drawing.hatched(plot.x(month) - side / 2, mark - 10, side, 10, title: title)
            mark -= Self.markHeight
        }
        if let title = names(of: .notStated, month, name, locale.words.notStated) {
            drawing.diamond(plot.x(month), mark - 5, title: title, size: min(5, width / 2))
            mark -= Self.markHeight
        }
        // A sum with a part left out would be none.
        if showsSums, mark == plot.y(below) - 3 {
            drawing.label(locale.short(below, unit), plot.x(month), mark - 3, .middle, "quiet")
        }
    }

    /// The title of a mark of absence: the month and the series that it stands for; nil where there is none.
    private func names(of reason: ChartValue, _ month: Int, _ name: String, _ word: String) -> String? {
        let names = values(month).enumerated().filter { $0.element == reason }.map { series[$0.offset].name }
        return names.isEmpty ? nil : "\(name), \(names.joined(separator: ", ")): \(word)"
    }
}
