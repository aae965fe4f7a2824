public import Primitives

/// A date that is known to the year, to the month or to the day.
public struct PartialDate: Hashable, Sendable, CustomStringConvertible {
    /// How much of a date is known.
    public enum Precision: String, Sendable, CaseIterable {
        /// Only the year.
        case year
        /// The year and the month.
        case month
        /// The whole date.
        case day
    }

    /// How much is known.
    public let precision: Precision
    /// The first day that the date can mean; 1 January for a year.
    public let first: CivilDate
    /// The last day that the date can mean; 31 December for a year.
    public let last: CivilDate

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (the calendar dates of ISO 8601 in extended format).
    public init?(_ text: String) {
        switch text.utf8.count {
        case 4:
            guard let first = CivilDate(text + "-01-01"), let last = CivilDate(text + "-12-31") else { return nil }
            (precision, self.first, self.last) = (.year, first, last)
        case 7:
            guard let first = CivilDate(text + "-01") else { return nil }
            let length = CivilDate.days(inMonth: first.parts.month, of: first.parts.year)
            (precision, self.first, self.last) = (.month, first, first.adding(days: length - 1))
        default:
            guard let day = CivilDate(text) else { return nil }
            (precision, first, last) = (.day, day, day)
        }
    }

    /// A date known to the day.
    public init(_ day: CivilDate) {
        (precision, first, last) = (.day, day, day)
    }

    /// The date as it is read.
    public var description: String {
        let text = first.description
        return switch precision {
        case .year: String(text.prefix(4))
        case .month: String(text.prefix(7))
        case .day: text
        }
    }
}

/// A span of days, open at an end that is not known.
public struct ValidityPeriod: Hashable, Sendable {
    /// The first day, or nil where it is not known.
    public let from: CivilDate?
    /// The last day, or nil where there is none yet.
    public let until: CivilDate?

    /// Makes a period.
    public init(from: CivilDate?, until: CivilDate?) {
        self.from = from
        self.until = until
    }

    /// Where a day lies; a period without a known start has begun on every day.
    public func validity(on day: CivilDate) -> Validity {
        if let until, day > until { return .ended(on: until) }
        if let from, day < from { return .notStarted(from: from) }
        return .valid
    }
}

/// Whether a connection held on a day.
public enum Validity: Hashable, Sendable {
    /// It did.
    case valid
    /// It began later, on the day given.
    case notStarted(from: CivilDate)
    /// It had ended; the day given was its last.
    case ended(on: CivilDate)
}
