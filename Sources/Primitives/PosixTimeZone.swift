/// The TZ string of POSIX that the footer of a zone's file holds: what applies behind its last listed change.
///
/// All forms of POSIX.1-2017 section 8.3 that zones use: names of letters or in `<>`, the changes `Mm.w.d`, `Jn` and
/// `n`, and their times, which RFC 8536 section 3.3.1 extends to -167 to 167 hours.
struct PosixTimeZone: Equatable, Sendable {
    /// A change between standard and daylight saving time, each year.
    struct Change: Equatable, Sendable {
        enum Day: Equatable, Sendable {
            /// `Mm.w.d`: the weekday (0 is Sunday) of a week (5 is the last) of a month.
            case ofMonth(Int, week: Int, weekday: Int)
            /// `Jn`: the day 1 to 365, without 29 February.
            case withoutLeapDay(Int)
            /// `n`: the day 0 to 365, with 29 February.
            case ofYear(Int)
        }

        var day: Day
        /// Seconds from the beginning of that day, by the clock that applies before the change.
        var secondOfDay: Int
    }

    /// Daylight saving time, which may also be the time behind the standard one, as in Ireland.
    struct Daylight: Equatable, Sendable {
        /// Seconds east of UTC.
        var offset: Int
        var from: Change
        var until: Change
    }

    /// Seconds east of UTC.
    var standardOffset: Int
    var daylight: Daylight?

    /// Reads a TZ string; nil where it is none.
    init?(_ text: [UInt8]) {
        var reader = Reader(text: text)
        guard reader.skipName(), let standard = reader.duration(hoursMax: 24) else { return nil }
        standardOffset = -standard
        guard !reader.isAtEnd else { return }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3600
        if reader.peek != UInt8(ascii: ",") {
            guard let stated = reader.duration(hoursMax: 24) else { return nil }
            offset = -stated
        }
        guard let from = reader.change(), let until = reader.change(), reader.isAtEnd else { return nil }
        daylight = Daylight(offset: offset, from: from, until: until)
    }

    /// Seconds east of UTC.
    /// - Parameters:
    ///   - seconds: seconds since 1970, in UTC or as a local clock shows them.
    ///   - isLocal: true for those of a local clock. A time that it shows twice is the earlier one; one that it leaves
    ///     out is read with the offset before the change.
    func offset(at seconds: Int64, isLocal: Bool) -> Int {
        guard let daylight else { return standardOffset }
        // The calendar repeats itself, weekdays included, after 400 years.
        let sinceCycle = (seconds - Self.cycleStart) % Self.cycleSeconds
        let time = Self.cycleStart + (sinceCycle < 0 ? sinceCycle + Self.cycleSeconds : sinceCycle)
        let year = CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: time / 86_400)).parts.year
        let ahead = Int64(max(standardOffset, daylight.offset))
        var latest = Int64.min
        var offset = standardOffset
        // A change may lie up to a week outside its year.
        for year in (year - 1)...(year + 1) {
            let from = daylight.from.localSeconds(in: year)
            let start = isLocal ? from - Int64(standardOffset) + ahead : from - Int64(standardOffset)
            if start <= time, start >= latest { (latest, offset) = (start, daylight.offset) }
            let until = daylight.until.localSeconds(in: year)
            let end = isLocal ? until - Int64(daylight.offset) + ahead : until - Int64(daylight.offset)
            if end <= time, end >= latest { (latest, offset) = (end, standardOffset) }
        }
        return offset
    }

    /// 2000-01-01 in seconds since 1970.
    private static let cycleStart: Int64 = 946_684_800
    private static let cycleSeconds: Int64 = 146_097 * 86_400
}

extension PosixTimeZone.Change {
    /// When the change is in a year, in seconds since 1970 by the clock that applies before it.
    func localSeconds(in year: Int) -> Int64 {
        let first = dayNumber(year, 1)
        let dayNumber =
            switch day {
            case .ofYear(let number): first + number
            case .withoutLeapDay(let number):
                first + number - 1 + (number >= 60 && CivilDate.days(inMonth: 2, of: year) == 29 ? 1 : 0)
            case .ofMonth(let month, let week, let weekday):
                lastOrNumbered(week, weekday, of: month, in: year)
            }
        return Int64(dayNumber) * 86_400 + Int64(secondOfDay)
    }

    private func lastOrNumbered(_ week: Int, _ weekday: Int, of month: Int, in year: Int) -> Int {
        let first = dayNumber(year, month)
        // 1970-01-01 was a Thursday; the years here are never before 1999.
        let firstWeekday = (first + 4) % 7
        var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        if day >= CivilDate.days(inMonth: month, of: year) { day -= 7 }
        return first + day
    }

    private func dayNumber(_ year: Int, _ month: Int) -> Int {
        Int(CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0)
    }
}

/// Reads a TZ string from front to back.
private struct Reader {
    let text: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == text.count }
    var peek: UInt8? { position < text.count ? text[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    /// A name: three or more letters, or three or more letters, digits and signs in `<>`.
    mutating func skipName() -> Bool {
        let isQuoted = take(UInt8(ascii: "<"))
        let start = position
        while let byte = peek, isLetter(byte) || (isQuoted && isDigitOrSign(byte)) { position += 1 }
        guard position - start >= 3 else { return false }
        return !isQuoted || take(UInt8(ascii: ">"))
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    private func isDigitOrSign(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }

    mutating func number(digitsMax: Int) -> Int? {
        let start = position
        var value = 0
        while let byte = peek, byte &- 48 < 10 {
            guard position - start < digitsMax else { return nil }
            value = value * 10 + Int(byte &- 48)
            position += 1
        }
        return position > start ? value : nil
    }

    /// `[+-]h[:m[:s]]` in seconds.
    mutating func duration(hoursMax: Int) -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        guard let hours = number(digitsMax: 3), hours <= hoursMax else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(UInt8(ascii: ":")) {
            guard let part = number(digitsMax: 2), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,day[/time]`; without a time it is 02:00:00.
    mutating func change() -> PosixTimeZone.Change? {
        guard take(UInt8(ascii: ",")), let day = changeDay() else { return nil }
        guard take(UInt8(ascii: "/")) else { return PosixTimeZone.Change(day: day, secondOfDay: 7200) }
        guard let time = duration(hoursMax: 167) else { return nil }
        return PosixTimeZone.Change(day: day, secondOfDay: time)
    }

    private mutating func changeDay() -> PosixTimeZone.Change.Day? {
        if take(UInt8(ascii: "M")) {
            guard let month = number(digitsMax: 2), (1...12).contains(month), take(UInt8(ascii: ".")),
                let week = number(digitsMax: 1), (1...5).contains(week), take(UInt8(ascii: ".")),
                let weekday = number(digitsMax: 1), weekday < 7
            else { return nil }
            return .ofMonth(month, week: week, weekday: weekday)
        }
        if take(UInt8(ascii: "J")) {
            guard let day = number(digitsMax: 3), (1...365).contains(day) else { return nil }
            return .withoutLeapDay(day)
        }
        guard let day = number(digitsMax: 3), day <= 365 else { return nil }
        return .ofYear(day)
    }
}
