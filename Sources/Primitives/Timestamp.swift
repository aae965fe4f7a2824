/// An instant in UTC, to the microsecond.
public struct Timestamp: Comparable, Hashable, Sendable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// Makes an instant from microseconds since 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads the date-time of RFC 3339 section 5.6: `2026-03-04T15:04:05Z`, with an optional fraction (digits past the
    /// sixth are dropped) and `Z` or an offset. A leap second counts as the first second of the next minute.
    public init?(_ text: UnsafeRawBufferPointer) {
        guard text.count >= 20, text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":")
        else { return nil }
        guard let date = CivilDate(UnsafeRawBufferPointer(rebasing: text[0..<10])),
            let hour = Digits.value(text, 11, 2), let minute = Digits.value(text, 14, 2),
            let second = Digits.value(text, 17, 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        var position = 19
        guard let fraction = Timestamp.fraction(text, &position), let offset = Timestamp.offset(text, position)
        else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
        microseconds = seconds * 1_000_000 + Int64(fraction)
    }

    /// Reads the date-time of RFC 3339.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let time = bytes.withUnsafeBytes({ Timestamp($0) }) else { return nil }
        self = time
    }

    /// The day, in UTC, that holds this instant.
    public var date: CivilDate {
        let day = microseconds >= 0 ? microseconds / 86_400_000_000 : (microseconds - 86_399_999_999) / 86_400_000_000
        return CivilDate(daysSinceEpoch: Int32(clamping: day))
    }

    /// True where the instant lies in the years 0001 to 9999, the only ones that RFC 3339 can write.
    public var isWritable: Bool {
        (-62_135_596_800_000_000..<253_402_300_800_000_000).contains(microseconds)
    }

    /// True where the left instant is the earlier one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// RFC 3339 in UTC with as many digits of the fraction as are needed (0, 3 or 6).
    public var description: String {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(time: self)
        return buffer.text()
    }

    /// Microseconds of an optional fraction of a second, digits past the sixth dropped; nil where a point has no digit.
    static func fraction(_ text: UnsafeRawBufferPointer, _ position: inout Int) -> Int? {
        guard position < text.count, text[position] == UInt8(ascii: ".") else { return 0 }
        position += 1
        let start = position
        var value = 0
        while position < text.count, text[position] &- 48 < 10 {
            if position - start < 6 { value = value * 10 + Int(text[position] &- 48) }
            position += 1
        }
        guard position > start else { return nil }
        for _ in 0..<max(0, 6 - (position - start)) { value *= 10 }
        return value
    }

    /// Seconds east of UTC; nil where the rest of the text is no offset.
    private static func offset(_ text: UnsafeRawBufferPointer, _ position: Int) -> Int? {
        guard position < text.count else { return nil }
        if text[position] | 0x20 == UInt8(ascii: "z") { return position + 1 == text.count ? 0 : nil }
        let sign: Int
        switch text[position] {
        case UInt8(ascii: "+"): sign = 1
        case UInt8(ascii: "-"): sign = -1
        default: return nil
        }
        guard position + 6 == text.count, text[position + 3] == UInt8(ascii: ":"),
            let hours = Digits.value(text, position + 1, 2), let minutes = Digits.value(text, position + 4, 2),
            hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension ByteBuffer {
    /// Appends an instant as RFC 3339 in UTC with 0, 3 or 6 digits of fraction; one outside the years 0001 to 9999 is
    /// written as the nearest that is inside.
    public mutating func append(time: Timestamp) {
        let value = min(max(time.microseconds, -62_135_596_800_000_000), 253_402_300_799_999_999)
        let date = Timestamp(microseconds: value).date
        let rest = value - Int64(date.daysSinceEpoch) * 86_400_000_000
        let second = rest / 1_000_000
        append(date: date)
        append(UInt8(ascii: "T"))
        append(decimal: second / 3600, width: 2)
        append(UInt8(ascii: ":"))
        append(decimal: second / 60 % 60, width: 2)
        append(UInt8(ascii: ":"))
        append(decimal: second % 60, width: 2)
        let fraction = rest % 1_000_000
        if fraction != 0 {
            append(UInt8(ascii: "."))
            if fraction % 1000 == 0 {
                append(decimal: fraction / 1000, width: 3)
            } else {
                append(decimal: fraction, width: 6)
            }
        }
        append(UInt8(ascii: "Z"))
    }
}
