public import Primitives

/// A month, as months since January of the year 0.
public struct MonthNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 12 · year + month - 1.
    public let value: Int32

    /// Makes a month of its number.
    public init(value: Int32) { self.value = value }

    /// Makes a month; 1 is January.
    public init(year: Int, month: Int) { value = Int32(clamping: 12 * year + month - 1) }

    /// The month of a day.
    public init(_ day: CivilDate) {
        let parts = day.parts
        self.init(year: parts.year, month: parts.month)
    }

    /// The year.
    public var year: Int { Int(value) / 12 }
    /// The month, from 1.
    public var month: Int { Int(value) % 12 + 1 }

    /// The month so many months later.
    public func adding(months: Int) -> MonthNumber { MonthNumber(value: value + Int32(clamping: months)) }

    /// The first day.
    public var firstDay: CivilDate { CivilDate(year: year, month: month, day: 1) ?? CivilDate(daysSinceEpoch: 0) }
    /// The last day.
    public var lastDay: CivilDate { firstDay.adding(days: CivilDate.days(inMonth: month, of: year) - 1) }

    /// In the order of time.
    public static func < (left: MonthNumber, right: MonthNumber) -> Bool { left.value < right.value }

    /// `YYYY-MM`.
    public var description: String { String(firstDay.description.prefix(7)) }
}

/// How a city counts its fiscal years.
public struct FiscalCalendar: Hashable, Sendable {
    /// The first month of a fiscal year, 1 to 12.
    public let firstMonth: Int

    /// Makes a calendar; nil where there is no such month.
    public init?(firstMonth: Int) {
        guard (1...12).contains(firstMonth) else { return nil }
        self.firstMonth = firstMonth
    }

    private init() { firstMonth = 1 }

    /// Fiscal years that are calendar years.
    public static let calendarYears = FiscalCalendar()

    /// The first month of the fiscal year that bears a number: that of the calendar year in which it ends.
    func start(of year: Int) -> MonthNumber {
        MonthNumber(year: firstMonth == 1 ? year : year - 1, month: firstMonth)
    }
}

/// A month, a calendar quarter or a fiscal year.
public struct ReportingPeriod: Hashable, Sendable, CustomStringConvertible {
    /// How long it is.
    public enum Length: String, Sendable, CaseIterable {
        /// `2026-03`
        case month
        /// `2026-Q1`, the first being January to March.
        case quarter
        /// `FY2026`, by the calendar year in which it ends.
        case fiscalYear = "fiscal year"
    }

    /// How long it is.
    public let length: Length
    /// Its first month.
    public let first: MonthNumber
    /// Its name, such as `2026-Q1`.
    public let name: String

    /// The last month.
    public var last: MonthNumber { first.adding(months: months - 1) }
    /// The months that it has.
    public var months: Int { length == .month ? 1 : length == .quarter ? 3 : 12 }
    /// The first day.
    public var firstDay: CivilDate { first.firstDay }
    /// The last day.
    public var lastDay: CivilDate { last.lastDay }
    /// The name.
    public var description: String { name }

    /// Whether a month lies in it.
    public func contains(_ month: MonthNumber) -> Bool { first <= month && month <= last }
    /// Whether a day lies in it.
    public func contains(_ day: CivilDate) -> Bool { firstDay <= day && day <= lastDay }

    /// Makes a period that was named before, whatever calendar is configured now.
    public init(_ length: Length, first: MonthNumber, name: String) {
        (self.length, self.first, self.name) = (length, first, name)
    }

    /// Reads `2026-03`, `2026-Q1` or `FY2026`; nil for anything else.
    public init?(_ text: String, _ calendar: FiscalCalendar = .calendarYears) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return bytes[range].reduce(0) { 10 * $0 + Int($1 - 0x30) }
        }
        // Room for what looks back two years, and for a fiscal year that ends in the last one.
        func isYear(_ year: Int) -> Bool { (4...9998).contains(year) }
        name = text
        if bytes.count == 6, text.hasPrefix("FY"), let year = number(2..<6), isYear(year) {
            (length, first) = (.fiscalYear, calendar.start(of: year))
        } else if bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = number(0..<4), isYear(year) {
            if bytes[5] == UInt8(ascii: "Q"), let quarter = number(6..<7), (1...4).contains(quarter) {
                (length, first) = (.quarter, MonthNumber(year: year, month: 3 * quarter - 2))
            } else if let month = number(5..<7), (1...12).contains(month) {
                (length, first) = (.month, MonthNumber(year: year, month: month))
            } else {
                return nil
            }
        } else {
            return nil
        }
    }

    /// The period of a length that holds a month.
    public init(_ length: Length, holding month: MonthNumber, _ calendar: FiscalCalendar = .calendarYears) {
        self.length = length
        switch length {
        case .month: (first, name) = (month, month.description)
        case .quarter:
            let quarter = (month.month + 2) / 3
            first = MonthNumber(year: month.year, month: 3 * quarter - 2)
            name = "\(String(month.description.prefix(4)))-Q\(quarter)"
        case .fiscalYear:
            let year = calendar.firstMonth > 1 && month.month >= calendar.firstMonth ? month.year + 1 : month.year
            first = calendar.start(of: year)
            name = "FY" + MonthNumber(year: year, month: 1).description.prefix(4)
        }
    }

    /// The period of the same length before this one.
    public func previous(_ calendar: FiscalCalendar = .calendarYears) -> ReportingPeriod {
        ReportingPeriod(length, holding: first.adding(months: -1), calendar)
    }
}
