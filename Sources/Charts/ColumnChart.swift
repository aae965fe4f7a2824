/// Columns over time, stacked by series: outcomes per month by department, for example.
///
/// A column is as high as the figures that are shown. What is withheld or not stated has a mark above it, so that it is
/// never taken for 0.
public struct ColumnChart: Chart {
    /// One of the parts of which the columns are made.
    public struct Series: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its figures, one for each step; steps beyond the last one are not stated.
        public let values: [ChartValue]

        /// Makes a series.
        public init(_ name: String, _ values: [ChartValue]) {
            self.name = name
            self.values = values
        }

        func value(_ month: Int) -> ChartValue {
            guard values.indices.contains(month) else { return .notStated }
            let value = values[month]
            if case .value = value, value.drawn == nil { return .notStated }
            return value
        }
    }

    /// What names and explains the plot.
    public let text: ChartText
    /// The first months of the steps, in their order.
    public let months: [ChartMonth]
    /// How long the steps are.
    public let step: ChartStep
    /// The parts, from the base line upwards.
    public let series: [Series]
    /// How the figures are written.
    public let unit: ChartUnit

    /// Makes a plot.
    public init(
        _ text: ChartText, months: [ChartMonth], step: ChartStep = .month, series: [Series], unit: ChartUnit = .count
    ) {
        self.text = text
        self.months = months
        self.step = step
        self.series = series
        self.unit = unit
    }

    /// The figures of a month, from the base line upwards.
    func values(_ month: Int) -> [ChartValue] { series.map { $0.value(month) } }

    /// The sum of the figures of a month that are shown.
    func sum(_ month: Int) -> Double { values(month).compactMap(\.drawn).reduce(0, +) }

    /// Whether any figure is absent for a reason.
    func has(_ reason: ChartValue) -> Bool { months.indices.contains { values($0).contains(reason) } }

    /// The same data as an HTML `<table>`.
    public func table(locale: ChartLocale = .english) -> String {
        var table = HTMLTable(text.title, heads: [locale.head(step)] + series.map(\.name))
        for (place, month) in months.enumerated() {
            table.add(locale.name(of: month, step), values(place).map { locale.cell($0, unit) })
        }
        return table.finished()
    }
}
