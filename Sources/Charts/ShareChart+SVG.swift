extension ShareChart {
    // Above the base line, where marks of absence lie in a row for each series.
    private static let absenceHeight = 13.0
    private static let labelHeight = 16.0

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        var drawing = Drawing(text, layout)
        guard !months.isEmpty, !series.isEmpty else {
            drawing.empty(locale.words.noData)
            return drawing.finished()
        }
        let ticks = NiceTicks(covering: largest)
        let names = series.indices.map { endName($0, layout, locale) }
        let nameWidth = names.map { TextFit.width($0, size: 13, isStrong: true) }.max() ?? 0
        let ends = min(nameWidth, drawing.width * 0.32)
        let legend = Legend(entries: legendEntries(layout, locale))
        let rows = legend.drawRows(in: &drawing, x: 0, y: 0, width: drawing.width)
        let height = max(layout == .wide ? 250.0 : 190, Double(series.count) * Self.labelHeight)
        let plot = TimePlot(
            months: months, step: step, ticks: ticks, left: TimePlot.axisWidth(ticks, unit, locale),
            right: drawing.width - ends - 14, top: rows + 12, bottom: rows + 12 + height)
        plot.drawGrid(in: &drawing, unit, locale)
        if let target { drawing.line(plot.left, plot.y(target.share), plot.right, plot.y(target.share), "target") }
        for place in series.indices { drawIntervals(place, plot, in: &drawing) }
        for place in series.indices { drawLine(place, plot, in: &drawing, locale) }
        drawNames(names, ends, plot, in: &drawing)
        plot.drawMonths(in: &drawing, locale)
        drawing.height = plot.bottom + TimePlot.axisHeight
        return drawing.finished()
    }

    /// Percents go to 100, unless all is far below.
    private var largest: Double {
        var largest = target?.share ?? 0
        for point in series.flatMap({ line in months.indices.map(line.point) }) {
            largest = max(largest, point.value.drawn ?? 0, point.interval?.upperBound ?? 0)
        }
        return largest > 0.8 || largest == 0 ? 1 : largest
    }

    private func has(_ reason: ChartValue) -> Bool {
        series.contains { line in months.indices.contains { line.point($0).value == reason } }
    }

    /// How far a series lies beside the middle of its month, so that intervals do not cover one another.
    private func shift(_ place: Int, _ plot: TimePlot) -> Double {
        let step = min(7, plot.band * 0.7 / Double(series.count))
        return (Double(place) - Double(series.count - 1) / 2) * step
    }

    private func drawIntervals(_ place: Int, _ plot: TimePlot, in drawing: inout Drawing) {
        let color = place % Palette.light.series.count + 1
        for month in months.indices {
            guard let interval = series[place].point(month).interval else { continue }
            let x = plot.x(month) + shift(place, plot)
            let (top, bottom) = (plot.y(interval.upperBound), plot.y(interval.lowerBound))
            drawing.line(x, top, x, bottom, "interval s\(color)")
            let half = min(3, plot.band / 4)
            if plot.band > 14 {
                drawing.line(x - half, top, x + half, top, "interval s\(color)")
                drawing.line(x - half, bottom, x + half, bottom, "interval s\(color)")
            }
        }
    }

    /// The line, broken where there is no share, and the marks.
    private func drawLine(_ place: Int, _ plot: TimePlot, in drawing: inout Drawing, _ locale: ChartLocale) {
        let line = series[place]
        var run: [(x: Double, y: Double)] = []
        for month in 0...months.count {
            if month < months.count, let value = line.point(month).value.drawn {
                run.append((plot.x(month) + shift(place, plot), plot.y(value)))
            } else {
                if run.count > 1 { drawing.path(run, "line s\(place % Palette.light.series.count + 1)") }
                run = []
            }
        }
        let size = max(1.5, min(4.5, plot.band / 3))
        for month in months.indices {
            let point = line.point(month)
            let x = plot.x(month) + shift(place, plot)
            let title = "\(locale.name(of: months[month], step)), \(line.name): \(words(point, locale))"
            switch point.value {
            case .value(let value): Marker.draw(place, in: &drawing, x, plot.y(value), size, title: title)
            case .withheld:
                let side = max(2, min(10, plot.band * 0.7))
                let y = plot.bottom - Self.absenceHeight * Double(place % 4 + 1) + 1
                drawing.hatched(x - side / 2, y, side, 10, title: title)
            case .notStated:
                let y = plot.bottom - Self.absenceHeight * Double(place % 4 + 1) + 6
                drawing.diamond(x, y, title: title, size: max(1.5, min(5, plot.band / 3)))
            }
        }
    }

    private func words(_ point: Point, _ locale: ChartLocale) -> String {
        let share = locale.full(point.value, unit)
        guard let interval = point.interval else { return share }
        return share + " [\(locale.short(interval.lowerBound, unit)), \(locale.short(interval.upperBound, unit))]"
    }

    /// The last share that is shown.
    private func last(_ place: Int) -> (month: Int, share: Double)? {
        for month in months.indices.reversed() {
            if let share = series[place].point(month).value.drawn { return (month, share) }
        }
        return nil
    }

    /// What stands at the end of a line: its last share, and where there is room its name.
    private func endName(_ place: Int, _ layout: ChartLayout, _ locale: ChartLocale) -> String {
        let share = last(place).map { locale.short($0.share, unit) } ?? absence(place, locale)
        return layout == .wide ? "\(share) \(series[place].name)" : share
    }

    /// Why a series has no share at all.
    private func absence(_ place: Int, _ locale: ChartLocale) -> String {
        let values = months.indices.map { series[place].point($0).value }
        if values.allSatisfy({ $0 == .withheld }) { return locale.words.withheld }
        return values.contains(.withheld) ? locale.words.noData : locale.words.notStated
    }

    private func legendEntries(_ layout: ChartLayout, _ locale: ChartLocale) -> [(sign: Legend.Sign, name: String)] {
        var entries: [(sign: Legend.Sign, name: String)] = []
        if layout == .narrow { entries = series.indices.map { (.marker($0), series[$0].name) } }
        if let target { entries.append((.target, target.name)) }
        if has(.withheld) { entries.append((.withheld, locale.words.withheld)) }
        if has(.notStated) { entries.append((.notStated, locale.words.notStated)) }
        return entries
    }

    /// The names at the ends of the lines, pushed apart where they would cover one another.
    private func drawNames(_ names: [String], _ width: Double, _ plot: TimePlot, in drawing: inout Drawing) {
        let wanted = series.indices.map { plot.y(last($0)?.share ?? 0) }
        let order = series.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var places = order.map { wanted[$0] }
        for row in places.indices.dropFirst() { places[row] = max(places[row], places[row - 1] + Self.labelHeight) }
        var limit = plot.bottom
        for row in places.indices.reversed() {
            places[row] = min(places[row], limit)
            limit = places[row] - Self.labelHeight
        }
        for (row, place) in order.enumerated() {
            Marker.draw(place, in: &drawing, plot.right + 4, places[row], 4, title: "")
            let name = TextFit.cut(names[place], to: width, size: 13, isStrong: true)
            drawing.label(name, plot.right + 13, places[row] + 4.5, .start, "strong", whole: names[place])
        }
    }
}
