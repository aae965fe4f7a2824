/// Base64 (RFC 4648, section 4), with or without its padding.
enum Base64 {
    /// The bytes; nil where a character is none of the alphabet's or a length cannot be.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.suffix(2).allSatisfy { $0 == UInt8(ascii: "=") } ? text.dropLast(2) : text[...]
        let unpadded = digits.last == UInt8(ascii: "=") ? digits.dropLast() : digits
        guard unpadded.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var bits = 0
        var pending: UInt32 = 0
        for character in unpadded {
            guard let value = value(of: character) else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
