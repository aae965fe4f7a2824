/// Shares over time with their 95 % intervals: the share of success, or claim quality, for example.
public struct ShareChart: Chart {
    /// A share of one step.
    public struct Point: Sendable, Hashable {
        /// The share, 0 to 1.
        public let value: ChartValue
        /// The ends of its 95 % interval, where it has one.
        public let interval: ClosedRange<Double>?

        /// Makes a point. A share outside 0 to 1 is shown as not stated; an interval is cut to 0 to 1.
        public init(_ value: ChartValue, interval: ClosedRange<Double>? = nil) {
            let isShare = value.drawn.map { $0 <= 1 } ?? true
            if case .value = value, !isShare || value.drawn == nil {
                self.value = .notStated
            } else {
                self.value = value
            }
            self.interval = self.value.drawn == nil ? nil : interval?.clamped(to: 0...1)
        }
    }

    /// A line of shares.
    public struct Series: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its shares, one for each step; steps beyond the last one are not stated.
        public let points: [Point]

        /// Makes a series.
        public init(_ name: String, _ points: [Point]) {
            self.name = name
            self.points = points
        }

        func point(_ month: Int) -> Point { points.indices.contains(month) ? points[month] : Point(.notStated) }
    }

    /// What names and explains the plot.
    public let text: ChartText
    /// The first months of the steps, in their order.
    public let months: [ChartMonth]
    /// How long the steps are.
    public let step: ChartStep
    /// The lines.
    public let series: [Series]
    /// A share to be reached, and its name.
    public let target: (share: Double, name: String)?
    /// With how many decimals percents are written.
    public let decimals: Int

    var unit: ChartUnit { .percent(decimals: decimals) }

    /// Makes a plot.
    /// - Parameter target: a share to be reached, and its name.
    public init(
        _ text: ChartText, months: [ChartMonth], step: ChartStep = .month, series: [Series],
        target: (share: Double, name: String)? = nil,
        decimals: Int = 0
    ) {
        self.text = text
        self.months = months
        self.step = step
        self.series = series
        self.target = target.flatMap { (0...1).contains($0.share) ? $0 : nil }
        self.decimals = decimals
    }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var heads = [locale.head(step)]
        for line in series {
            heads += ["", ": \(locale.words.lower)", ": \(locale.words.upper)"].map { line.name + $0 }
        }
        var table = HTMLTable(text.title, heads: heads)
        for (place, month) in months.enumerated() {
            let cells = series.flatMap { line in
                let point = line.point(place)
                let ends = [point.interval?.lowerBound, point.interval?.upperBound].map { end in
                    // Without a share there is no interval, for the same reason.
                    end.map(ChartValue.value) ?? (point.value.drawn == nil ? point.value : .notStated)
                }
                return ([point.value] + ends).map { locale.cell($0, unit) }
            }
            table.add(locale.name(of: month, step), cells)
        }
        return table.finished()
    }
}
