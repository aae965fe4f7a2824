import CSimdJSON
import Primitives

extension ByteBuffer {
    /// Appends a string in quotes, escaped.
    /// - Parameter isValid: whether the bytes are known to be UTF-8; if not, what is none becomes U+FFFD.
    mutating func appendQuoted(_ text: UnsafeRawBufferPointer, isValid: Bool) {
        _ = reserve(text.count + 2)
        append(UInt8(ascii: "\""))
        var start = 0
        while start < text.count {
            let end = JSONText.endOfPlainRun(text, from: start, isValid: isValid)
            append(UnsafeRawBufferPointer(rebasing: text[start..<end]))
            guard end < text.count else { break }
            start = end + appendSpecial(text, at: end)
        }
        append(UInt8(ascii: "\""))
    }

    /// Appends what stands for a byte that cannot be copied, and returns how many bytes of the text it stands for.
    private mutating func appendSpecial(_ text: UnsafeRawBufferPointer, at offset: Int) -> Int {
        switch text[offset] {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0a: append("\\n")
        case 0x0c: append("\\f")
        case 0x0d: append("\\r")
        case 0x00..<0x20:
            append("\\u00")
            append(hex: UnsafeRawBufferPointer(rebasing: text[offset...offset]))
        default:
            append("\u{fffd}")
            return -UTF8Sequence.length(text, at: offset)
        }
        return 1
    }

    /// Appends a finite number in the form of ECMAScript (ECMA-262, Number::toString).
    mutating func append(shortest value: Double) {
        guard value != 0 else { return append(UInt8(ascii: "0")) }
        if value < 0 { append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 17) { memory in
            guard let start = memory.baseAddress else { return }
            var exponent: CInt = 0
            let count = csj_shortest_digits(value.magnitude, start, &exponent)
            append(digits: UnsafeRawBufferPointer(start: start, count: count), exponent: Int(exponent))
        }
    }

    /// - Parameters:
    ///   - digits: without a point, 1 to 17.
    ///   - exponent: the power of ten of the first digit.
    private mutating func append(digits: UnsafeRawBufferPointer, exponent: Int) {
        let point = exponent + 1
        switch point {
        case digits.count...21 where point > 0:
            append(digits)
            for _ in digits.count..<point { append(UInt8(ascii: "0")) }
        case 1...21:
            append(UnsafeRawBufferPointer(rebasing: digits[..<point]))
            append(UInt8(ascii: "."))
            append(UnsafeRawBufferPointer(rebasing: digits[point...]))
        case -5...0:
            append("0.")
            for _ in point..<0 { append(UInt8(ascii: "0")) }
            append(digits)
        default:
            append(UnsafeRawBufferPointer(rebasing: digits[..<1]))
            if digits.count > 1 {
                append(UInt8(ascii: "."))
                append(UnsafeRawBufferPointer(rebasing: digits[1...]))
            }
            append(exponent < 0 ? "e-" : "e+")
            append(decimal: Int64(exponent.magnitude))
        }
    }
}

/// What a string may hold without an escape.
enum JSONText {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// The end of the longest run of bytes that are copied as they are.
    static func endOfPlainRun(_ text: UnsafeRawBufferPointer, from start: Int, isValid: Bool) -> Int {
        var offset = start
        while offset < text.count {
            while offset + 8 <= text.count {
                let special = specials(text.loadUnaligned(fromByteOffset: offset, as: UInt64.self), isValid)
                guard special == 0 else {
                    offset += special.trailingZeroBitCount / 8
                    break
                }
                offset += 8
            }
            guard offset < text.count else { break }
            let byte = text[offset]
            if byte >= 0x80 {
                let length = isValid ? 1 : UTF8Sequence.length(text, at: offset)
                guard length > 0 else { return offset }
                offset += length
            } else if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return offset
            } else {
                offset += 1
            }
        }
        return offset
    }

    /// The high bit of each of eight bytes that is a control character, a quote or a backslash, or not ASCII unless the
    /// text is valid. The lowest bit set is exact; a borrow may set bits above it.
    private static func specials(_ word: UInt64, _ isValid: Bool) -> UInt64 {
        let control = (word &- ones &* 0x20) & ~word
        let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found = control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        return (isValid ? found : found | word) & highs
    }
}
