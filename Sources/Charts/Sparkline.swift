/// A small line without axes, to stand beside a figure: from 0, or from the lowest value where one is below 0.
public struct Sparkline: Chart {
    /// What names and explains the plot.
    public var text: ChartText
    /// The first months of the steps, in their order.
    public let months: [ChartMonth]
    /// How long the steps are.
    public let step: ChartStep
    /// The figures, one for each step; steps beyond the last one are not stated.
    public let values: [ChartValue]
    /// How the figures are written.
    public let unit: ChartUnit

    /// Makes a plot.
    public init(
        _ text: ChartText, months: [ChartMonth], step: ChartStep = .month, values: [ChartValue],
        unit: ChartUnit = .count
    ) {
        self.text = text
        self.months = months
        self.step = step
        self.values = values
        self.unit = unit
    }

    func value(_ month: Int) -> ChartValue {
        guard values.indices.contains(month) else { return .notStated }
        if case .value = values[month], values[month].finite == nil { return .notStated }
        return values[month]
    }

    /// An `<svg>` element that scales to the width it is given.
    public func svg(_ layout: ChartLayout = .wide, locale: ChartLocale = .english) -> String {
        var drawing = Drawing(text, layout, width: 140)
        drawing.height = 36
        let finite = months.indices.compactMap { value($0).finite }
        guard let largest = finite.max(), let smallest = finite.min() else {
            drawing.label(TextFit.cut(locale.words.noData, to: 136, size: 13), 2, 22, .start, "quiet")
            return drawing.finished()
        }
        let (low, high) = (min(0, smallest), max(0, largest))
        let gap = 128 / Double(max(1, months.count - 1))
        // Halved, since the distance of two huge figures may be none.
        let range = max(high / 2 - low / 2, 1e-300)
        let point = { (month: Int, value: Double) -> (x: Double, y: Double) in
            (6 + Double(month) * gap, 30 - (value / 2 - low / 2) / range * 24)
        }
        drawing.line(2, point(0, 0).y, 138, point(0, 0).y, "grid")
        var run: [(x: Double, y: Double)] = []
        for month in 0...months.count {
            if month < months.count, let value = value(month).finite {
                run.append(point(month, value))
                continue
            }
            if run.count > 1 { drawing.path(run, "line s1") }
            if run.count == 1 { drawing.circle(run[0].x, run[0].y, 1.5, "c1") }
            run = []
            guard month < months.count else { break }
            let title = "\(locale.name(of: months[month], step)): \(locale.full(value(month), unit))"
            let x = point(month, low).x
            if value(month) == .withheld {
                drawing.hatched(x - 3, 27, 6, 7, title: title)
            } else {
                drawing.diamond(x, 31, title: title, size: 3.5)
            }
        }
        if let last = months.indices.last(where: { value($0).finite != nil }), let value = value(last).finite {
            let end = point(last, value)
            let title = "\(locale.name(of: months[last], step)): \(locale.full(.value(value), unit))"
            drawing.circle(end.x, end.y, 3.5, "mark c1", title: title)
        }
        return drawing.finished()
    }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var table = HTMLTable(text.title, heads: [locale.head(step), locale.words.value])
        for (place, month) in months.enumerated() {
            table.add(locale.name(of: month, step), [locale.cell(value(place), unit)])
        }
        return table.finished()
    }
}
