/// The frame of a plot over time: a grid with round marks, the months or longer steps below it, and where a figure
/// comes to lie.
struct TimePlot {
    let months: [ChartMonth]
    let step: ChartStep
    let ticks: NiceTicks
    let (left, right, top, bottom): (Double, Double, Double, Double)

    /// The height below the plot for the months and the years.
    static let axisHeight = 40.0

    /// The width of a month.
    var band: Double { (right - left) / Double(max(1, months.count)) }

    /// The middle of a month.
    func x(_ place: Int) -> Double { left + (Double(place) + 0.5) * band }

    /// The height of a figure.
    func y(_ value: Double) -> Double { bottom - min(1, value / ticks.top) * (bottom - top) }

    /// The width that the numbers at the marks need.
    static func axisWidth(_ ticks: NiceTicks, _ unit: ChartUnit, _ locale: ChartLocale) -> Double {
        (ticks.values.map { TextFit.width(locale.tick($0, unit), size: 13) }.max() ?? 0) + 8
    }

    /// Draws the grid and the numbers beside it.
    func drawGrid(in drawing: inout Drawing, _ unit: ChartUnit, _ locale: ChartLocale) {
        for value in ticks.values {
            drawing.line(left, y(value), right, y(value), value == 0 ? "axis" : "grid")
            drawing.label(locale.tick(value, unit), left - 8, y(value) + 4.5, .end, "quiet")
        }
    }

    /// Of how many steps one may be named.
    private var steps: [Int] {
        switch step {
        case .month: [1, 2, 3, 6, 12, 24, 60, 120]
        case .quarter: [1, 2, 4, 8, 20, 40]
        case .fiscalYear: [1, 2, 5, 10, 20, 50]
        }
    }

    /// Draws as many of the steps as have room, and each year once below the first of them.
    func drawMonths(in drawing: inout Drawing, _ locale: ChartLocale) {
        let names = step == .month ? locale.months : months.map { locale.shortName(of: $0, step) }
        let widest = (names + (step == .fiscalYear ? ["0000"] : [])).map { TextFit.width($0, size: 13) }.max() ?? 0
        let every = steps.first { Double($0) * band >= widest + 10 } ?? 240
        var yearsEnd = -Double.infinity
        var shownYear: Int?
        for (place, month) in months.enumerated() {
            let isMarked = months.count <= 2 || step.index(of: month) % every == 0
            guard isMarked || (months.count < every && place == 0) else { continue }
            drawing.line(x(place), bottom, x(place), bottom + 5, "axis")
            let name = locale.shortName(of: month, step)
            let half = TextFit.width(name, size: 13) / 2
            let middle = min(max(x(place), half), drawing.width - half)
            drawing.label(name, middle, bottom + 18, .middle, "quiet")
            let year = String(step.year(of: month))
            let yearHalf = TextFit.width(year, size: 13, isStrong: true) / 2
            let yearMiddle = min(max(x(place), yearHalf), drawing.width - yearHalf)
            if shownYear != step.year(of: month), yearMiddle - yearHalf > yearsEnd + 4 {
                drawing.label(year, yearMiddle, bottom + 34, .middle, "strong")
                yearsEnd = yearMiddle + yearHalf
                shownYear = step.year(of: month)
            }
        }
    }
}
