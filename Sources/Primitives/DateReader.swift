/// Reads the parts of a day or a time from front to back.
struct DateReader {
    let text: UnsafeRawBufferPointer
    var position = 0

    var isAtEnd: Bool { position == text.count }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func number(digits: ClosedRange<Int>) -> Int? {
        let start = position
        while position < text.count, position - start < digits.upperBound, text[position] &- 48 < 10 { position += 1 }
        guard position - start >= digits.lowerBound else { return nil }
        return Digits.value(text, start, position - start)
    }

    /// Two numbers of one or two digits and a year of four, with the separator between them.
    mutating func threeNumbers(between separator: UInt8) -> (Int, Int, Int)? {
        guard let first = number(digits: 1...2), take(separator), let second = number(digits: 1...2), take(separator),
            let year = number(digits: 4...4)
        else { return nil }
        return (first, second, year)
    }

    /// `-?` and 1 to 18 digits.
    mutating func signedNumber() -> Int64? {
        let isNegative = take(UInt8(ascii: "-"))
        guard let value = number(digits: 1...18) else { return nil }
        return Int64(isNegative ? -value : value)
    }

    /// `15:04:05`, with an optional fraction, in microseconds of the day. Second 60 is the first of the next minute.
    mutating func fullDayTime() -> Int64? {
        guard let hour = number(digits: 2...2), hour < 24, take(UInt8(ascii: ":")), let minute = number(digits: 2...2),
            minute < 60, take(UInt8(ascii: ":")), let second = number(digits: 2...2), second <= 60,
            let fraction = Timestamp.fraction(text, &position)
        else { return nil }
        return Int64(hour * 3600 + minute * 60 + second) * 1_000_000 + Int64(fraction)
    }

    /// ` 3:04 PM` or ` 03:04:05 pm` in microseconds of the day; 12 AM is midnight. Before AM or PM there is a space or,
    /// as recent systems write it, a narrow no-break space (U+202F).
    mutating func halfDayTime() -> Int64? {
        guard take(UInt8(ascii: " ")), let hour = number(digits: 1...2), (1...12).contains(hour),
            take(UInt8(ascii: ":")),
            let minute = number(digits: 2...2), minute < 60
        else { return nil }
        var second = 0
        if take(UInt8(ascii: ":")) {
            guard let stated = number(digits: 2...2), stated < 60 else { return nil }
            second = stated
        }
        guard take(UInt8(ascii: " ")) || (take(0xe2) && take(0x80) && take(0xaf)) else { return nil }
        let isAfternoon = take(UInt8(ascii: "P")) || take(UInt8(ascii: "p"))
        guard isAfternoon || take(UInt8(ascii: "A")) || take(UInt8(ascii: "a")),
            take(UInt8(ascii: "M")) || take(UInt8(ascii: "m"))
        else { return nil }
        return Int64((hour % 12 + (isAfternoon ? 12 : 0)) * 3600 + minute * 60 + second) * 1_000_000
    }
}
