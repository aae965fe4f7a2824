/// A day that was read, and the instant where the value had one.
public struct DateReading: Equatable, Sendable {
    /// The calendar day.
    public let day: CivilDate
    /// The instant; nil where the value is a day only, or a local time without a zone.
    public let instant: Timestamp?
}

/// The forms in which departments' systems write days and instants.
///
/// Reading is strict: a value is of the form from its first byte to its last, or it is none. A year has four digits.
/// Only years of `DateForm.years` count: what lies outside is a placeholder (`0001-01-01`, `9999-12-31`) or of another
/// form.
public enum DateForm: String, CaseIterable, Sendable {
    /// `2026-03-04`; `2026-03-04T15:04:05Z` of RFC 3339; and the local `2026-03-04T15:04:05` or `2026-03-04 15:04:05`,
    /// each with an optional fraction of the second.
    case iso
    /// `20260304`, also as a number.
    case compact
    /// `2026/03/04`.
    case slashed
    /// Month first: `03/04/2026` or `3/4/2026`, also with a local time such as `3:04 PM` or `03:04:05 pm` behind a
    /// space.
    case us
    /// Day first: `04/03/2026` or `4/3/2026`.
    case european
    /// Day first, with points: `04.03.2026` or `4.3.2026`.
    case german
    /// Whole days since 1970-01-01.
    case epochDays = "epoch-days"
    /// Whole seconds since 1970-01-01T00:00:00Z.
    case epochSeconds = "epoch-seconds"
    /// Whole milliseconds since 1970-01-01T00:00:00Z.
    case epochMilliseconds = "epoch-milliseconds"
    /// Whole microseconds since 1970-01-01T00:00:00Z.
    case epochMicroseconds = "epoch-microseconds"

    /// The years that count.
    public static let years = 1900...2200
    /// 1900-01-01 to 2200-12-31.
    private static let days: ClosedRange<Int32> = -25_567...84_370

    /// True where the form can state an instant, by itself or with a time zone.
    public var hasInstants: Bool {
        switch self {
        case .iso, .us, .epochSeconds, .epochMilliseconds, .epochMicroseconds: true
        case .compact, .slashed, .european, .german, .epochDays: false
        }
    }

    /// A value of this form, for messages.
    public var example: String {
        switch self {
        case .iso: "2026-03-04 or 2026-03-04T15:04:05Z"
        case .compact: "20260304"
        case .slashed: "2026/03/04"
        case .us: "03/04/2026 or 03/04/2026 3:04 PM"
        case .european: "04/03/2026"
        case .german: "04.03.2026"
        case .epochDays: "20516"
        case .epochSeconds: "1772636645"
        case .epochMilliseconds: "1772636645000"
        case .epochMicroseconds: "1772636645000000"
        }
    }

    /// Reads UTF-8 text; nil where it is not of this form. Allocates nothing.
    /// - Parameter zone: where the department's clocks are. Local times become instants by it, and instants fall on its
    ///   days. Without one a local time has no instant, an instant with an offset falls on the day as it is written,
    ///   and a number since 1970 falls on the day in UTC.
    public func read(_ text: UnsafeRawBufferPointer, in zone: TimeZoneRules? = nil) -> DateReading? {
        var reader = DateReader(text: text)
        switch self {
        case .iso: return text.count == 10 ? bounded(CivilDate(text)) : isoTime(text, zone)
        case .compact:
            guard text.count == 8, let number = Digits.value(text, 0, 8) else { return nil }
            return read(Int64(number))
        case .slashed:
            guard text.count == 10, text[4] == UInt8(ascii: "/"), text[7] == UInt8(ascii: "/"),
                let year = Digits.value(text, 0, 4), let month = Digits.value(text, 5, 2),
                let day = Digits.value(text, 8, 2)
            else { return nil }
            return bounded(CivilDate(year: year, month: month, day: day))
        case .us:
            guard let (month, day, year) = reader.threeNumbers(between: UInt8(ascii: "/")),
                let date = bounded(CivilDate(year: year, month: month, day: day))
            else { return nil }
            if reader.isAtEnd { return date }
            guard let time = reader.halfDayTime(), reader.isAtEnd else { return nil }
            return local(date.day, time, zone)
        case .european, .german:
            let separator = self == .german ? UInt8(ascii: ".") : UInt8(ascii: "/")
            guard let (day, month, year) = reader.threeNumbers(between: separator), reader.isAtEnd else { return nil }
            return bounded(CivilDate(year: year, month: month, day: day))
        case .epochDays, .epochSeconds, .epochMilliseconds, .epochMicroseconds:
            guard let number = reader.signedNumber(), reader.isAtEnd else { return nil }
            return read(number, in: zone)
        }
    }

    /// Reads a number; nil where this form does not write this one. Allocates nothing.
    /// - Parameter zone: as for texts.
    public func read(_ number: Int64, in zone: TimeZoneRules? = nil) -> DateReading? {
        let microseconds: Int64
        switch self {
        case .compact:
            guard (10_000_000...99_999_999).contains(number) else { return nil }
            let number = Int(number)
            return bounded(CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100))
        case .epochDays:
            guard let day = Int32(exactly: number) else { return nil }
            return bounded(CivilDate(daysSinceEpoch: day))
        case .epochSeconds: microseconds = 1_000_000
        case .epochMilliseconds: microseconds = 1000
        case .epochMicroseconds: microseconds = 1
        case .iso, .slashed, .us, .european, .german: return nil
        }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: microseconds)
        guard !isTooLarge else { return nil }
        let instant = Timestamp(microseconds: product)
        return bounded(zone?.date(at: instant) ?? instant.date, instant)
    }

    /// The date-time of RFC 3339, or a local one.
    private func isoTime(_ text: UnsafeRawBufferPointer, _ zone: TimeZoneRules?) -> DateReading? {
        guard text.count >= 19, let date = CivilDate(UnsafeRawBufferPointer(rebasing: text[..<10])) else { return nil }
        if let instant = Timestamp(text) {
            return bounded(zone?.date(at: instant) ?? date, instant)
        }
        var reader = DateReader(text: text, position: 11)
        guard text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "),
            let time = reader.fullDayTime(), reader.isAtEnd
        else { return nil }
        return local(date, time, zone)
    }

    private func local(_ day: CivilDate, _ microsecondsOfDay: Int64, _ zone: TimeZoneRules?) -> DateReading? {
        bounded(day, zone?.instant(of: day, microsecondsOfDay: microsecondsOfDay))
    }

    private func bounded(_ day: CivilDate?, _ instant: Timestamp? = nil) -> DateReading? {
        guard let day, Self.days.contains(day.daysSinceEpoch) else { return nil }
        return DateReading(day: day, instant: instant)
    }
}
