/// A day of the proleptic Gregorian calendar, without a time zone.
public struct CivilDate: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let daysSinceEpoch: Int32

    /// Makes a day from its distance to 1970-01-01.
    public init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Makes a day from its parts; nil where the calendar has no such day or the year is outside 0001 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= CivilDate.days(inMonth: month, of: year) else { return nil }
        // Days from civil, http://howardhinnant.github.io/date_algorithms.html
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads `YYYY-MM-DD`, the full-date of RFC 3339, and nothing else.
    public init?(_ text: UnsafeRawBufferPointer) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
        guard let year = Digits.value(text, 0, 4), let month = Digits.value(text, 5, 2),
            let day = Digits.value(text, 8, 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let date = bytes.withUnsafeBytes({ CivilDate($0) }) else { return nil }
        self = date
    }

    /// The number of days of a month.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Year, month and day.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSinceEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    /// The day that lies the given number of days later (earlier where it is negative).
    public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + Int32(clamping: days))
    }

    /// True where the left day is the earlier one.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(date: self)
        return buffer.text()
    }
}

/// Fixed-width decimal digits, as dates and times have them.
enum Digits {
    /// The number of decimal digits of a value.
    static func count(_ value: UInt64) -> Int {
        var digits = 1
        var limit: UInt64 = 10
        while value >= limit {
            digits += 1
            // 20 digits is all there is; the next power of ten does not fit.
            if digits == 20 { break }
            limit *= 10
        }
        return digits
    }

    /// The value of `length` digits at `start`, or nil where one of them is no digit.
    static func value(_ text: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> Int? {
        guard start + length <= text.count else { return nil }
        var value = 0
        for index in start..<(start + length) {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}

extension ByteBuffer {
    /// Appends a day as `YYYY-MM-DD`.
    public mutating func append(date: CivilDate) {
        let (year, month, day) = date.parts
        append(decimal: Int64(year), width: 4)
        append(UInt8(ascii: "-"))
        append(decimal: Int64(month), width: 2)
        append(UInt8(ascii: "-"))
        append(decimal: Int64(day), width: 2)
    }
}
