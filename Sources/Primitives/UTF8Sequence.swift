/// Steps through bytes that ought to be UTF-8 (Unicode 16, table 3-7).
public enum UTF8Sequence {
    /// The bytes of the scalar at an offset; where there is none, the bytes that one U+FFFD stands for, negated: the
    /// longest start of a scalar, or one byte.
    /// - Parameter offset: below the number of bytes, at a byte from 0x80 on.
    public static func length(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        let lead = bytes[offset]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch lead {
        case 0xc2...0xdf: length = 2
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: length = 3
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        case 0xf1...0xf3: length = 4
        default: return -1
        }
        guard offset + 1 < bytes.count, second.contains(bytes[offset + 1]) else { return -1 }
        for extra in 2..<max(length, 2) {
            guard offset + extra < bytes.count, 0x80...0xbf ~= bytes[offset + extra] else { return -extra }
        }
        return length
    }

    /// The code point of a scalar.
    /// - Parameters:
    ///   - offset: where it begins.
    ///   - length: its bytes, as `length(_:at:)` counts them; 1 for an ASCII character.
    public static func point(_ bytes: UnsafeRawBufferPointer, at offset: Int, length: Int) -> Int32 {
        if length == 1 { return Int32(bytes[offset]) }
        var point = Int32(bytes[offset]) & (0x7f >> Int32(length))
        for extra in 1..<length { point = point << 6 | Int32(bytes[offset + extra] & 0x3f) }
        return point
    }
}
