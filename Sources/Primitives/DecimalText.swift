/// Numbers as people and their programs write them in text: exact, and never by way of a `Double`.
///
/// Reading is strict. White space of ASCII around the number is left out. Groups, where there are any, are all there:
/// one to three digits, then three in each. So `1,23` is no number, and neither is `1.234` with a point for decimals,
/// since it may be one thousand.
public enum DecimalText: String, CaseIterable, Sendable {
    /// `1234` and `1234.50`.
    case plain
    /// `1,234` and `1,234.50`, as in the United States; also without groups.
    case thousands
    /// `1.234` and `1.234,50`, as in Germany, Spain and Brazil; also without groups.
    case thousandsEuropean = "thousands-european"

    /// Reads a whole number; nil where the text is none, or is too large for an `Int64`.
    /// - Parameter isSigned: true where negative numbers count: `-12`, or `(12)` as accountants write it.
    public func wholeNumber(_ text: UnsafeRawBufferPointer, isSigned: Bool = false) -> Int64? {
        var reader = DecimalReader(text, form: self)
        guard let isNegative = reader.open(isSigned: isSigned, isMoney: false), let value = reader.digitsAndGroups(),
            reader.isAtEnd
        else { return nil }
        return isNegative ? -value : value
    }

    /// Reads an amount with at most two decimals, in hundredths (cents); nil where the text is none, or is too large.
    ///
    /// A `$` may stand before the digits.
    /// - Parameter isSigned: true where negative amounts count: `-12.50`, `-$12.50`, or `($12.50)` as accountants write
    ///   it.
    public func cents(_ text: UnsafeRawBufferPointer, isSigned: Bool = false) -> Int64? {
        var reader = DecimalReader(text, form: self)
        guard let isNegative = reader.open(isSigned: isSigned, isMoney: true), let value = reader.digitsAndGroups(),
            let decimals = reader.decimals(), reader.isAtEnd
        else { return nil }
        let (hundredths, isTooLarge) = value.multipliedReportingOverflow(by: 100)
        guard !isTooLarge else { return nil }
        let (sum, isTooLargeToo) = hundredths.addingReportingOverflow(decimals)
        guard !isTooLargeToo else { return nil }
        return isNegative ? -sum : sum
    }
}

/// Reads a number from front to back.
private struct DecimalReader {
    let text: UnsafeRawBufferPointer
    var position: Int
    var end: Int
    let group: UInt8?
    let point: UInt8

    init(_ text: UnsafeRawBufferPointer, form: DecimalText) {
        self.text = text
        position = 0
        end = text.count
        while position < end, Self.isWhiteSpace(text[position]) { position += 1 }
        while end > position, Self.isWhiteSpace(text[end - 1]) { end -= 1 }
        switch form {
        case .plain: (group, point) = (nil, UInt8(ascii: "."))
        case .thousands: (group, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
        case .thousandsEuropean: (group, point) = (UInt8(ascii: "."), UInt8(ascii: ","))
        }
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    var isAtEnd: Bool { position == end }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < end, text[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func takeDigit() -> Int64? {
        guard position < end, text[position] &- 48 < 10 else { return nil }
        position += 1
        return Int64(text[position - 1] &- 48)
    }

    /// What stands before the digits; true where it makes the number negative, nil where it may not stand there.
    mutating func open(isSigned: Bool, isMoney: Bool) -> Bool? {
        var isNegative = false
        if take(UInt8(ascii: "-")) {
            isNegative = true
        } else if position < end, text[position] == UInt8(ascii: "("), text[end - 1] == UInt8(ascii: ")") {
            isNegative = true
            position += 1
            end -= 1
        }
        if isNegative && !isSigned { return nil }
        if isMoney { _ = take(UInt8(ascii: "$")) }
        return isNegative
    }

    /// The digits before the decimals, of which 18 are always few enough.
    mutating func digitsAndGroups() -> Int64? {
        let start = position
        var value: Int64 = 0
        while let digit = takeDigit() {
            guard position - start <= 18 else { return nil }
            value = value * 10 + digit
        }
        let digits = position - start
        guard digits > 0 else { return nil }
        guard let group, position < end, text[position] == group else { return value }
        // `0,123` with groups would be a decimal of the other form.
        guard digits <= 3, text[start] != UInt8(ascii: "0") else { return nil }
        var groups = 0
        while take(group) {
            groups += 1
            guard groups <= 5, let first = takeDigit(), let second = takeDigit(), let third = takeDigit() else {
                return nil
            }
            value = value * 1000 + first * 100 + second * 10 + third
        }
        return value
    }

    /// Hundredths: none, one or two decimals behind the point.
    mutating func decimals() -> Int64? {
        guard take(point) else { return 0 }
        guard let tenths = takeDigit() else { return nil }
        return tenths * 10 + (takeDigit() ?? 0)
    }
}
