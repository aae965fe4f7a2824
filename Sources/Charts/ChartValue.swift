/// One figure of a plot, or why there is none; the two reasons are drawn and named apart, and neither as 0.
public enum ChartValue: Sendable, Hashable {
    /// A figure. One that is not finite is shown as not stated; so is one below 0 where a plot starts at 0.
    case value(Double)
    /// Known, and not shown, so that nobody can be recognised.
    case withheld
    /// Not known.
    case notStated

    /// The figure, where it is one that can be drawn from 0 on.
    var drawn: Double? {
        guard case .value(let value) = self, value.isFinite, value >= 0 else { return nil }
        return value
    }

    /// The figure, where it is finite.
    var finite: Double? {
        guard case .value(let value) = self, value.isFinite else { return nil }
        return value
    }
}

/// A month of the Gregorian calendar.
public struct ChartMonth: Sendable, Hashable, Comparable {
    /// Months since January of the year 0.
    let index: Int

    /// Makes a month; one beyond December or before January is counted on from there.
    public init(year: Int, month: Int) {
        index = year * 12 + month - 1
    }

    private init(index: Int) {
        self.index = index
    }

    /// The year.
    public var year: Int { (index - (month - 1)) / 12 }
    /// The month, 1 to 12.
    public var month: Int { ((index % 12) + 12) % 12 + 1 }

    /// The month that lies so many months later.
    public func adding(_ months: Int) -> ChartMonth { ChartMonth(index: index + months) }

    /// True where the left month is the earlier one.
    public static func < (left: ChartMonth, right: ChartMonth) -> Bool { left.index < right.index }
}

/// How long the steps of a time axis are. A step is known by its first month.
public enum ChartStep: Int, Sendable, CaseIterable {
    /// A month.
    case month = 1
    /// A calendar quarter.
    case quarter = 3
    /// Twelve months, called by the calendar year in which they end.
    case fiscalYear = 12

    /// The year that a step is of.
    func year(of first: ChartMonth) -> Int { self == .fiscalYear ? first.adding(11).year : first.year }

    /// Its place among all steps of its length.
    func index(of first: ChartMonth) -> Int { self == .fiscalYear ? year(of: first) : first.index / rawValue }
}

/// How the figures of a plot are written.
public enum ChartUnit: Sendable, Hashable {
    /// A number with so many decimals.
    case number(decimals: Int)
    /// A share of 1, in percent with so many decimals.
    case percent(decimals: Int)
    /// US dollars, without cents.
    case dollars

    /// Things that are counted.
    public static let count = ChartUnit.number(decimals: 0)
}
