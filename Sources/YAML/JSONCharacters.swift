extension YAMLDocument {
    /// Whether a character may stand in a text of JSON as it is, and libyaml, after YAML 1.1, takes it for the end of a
    /// line or refuses it: the text would be another one, or none.
    public static func hasToBeEscaped(_ scalar: UInt32) -> Bool {
        (0x7F...0x9F).contains(scalar) || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar)
    }
}

/// Makes JSON readable whose texts hold such characters.
enum JSONCharacters {
    /// The document with such characters of its texts as escapes; anything but JSON as it is.
    static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var copied = 0
        var isInText = false
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while position < bytes.count {
            let byte = bytes[position]
            if !isInText {
                guard isBetweenTexts(byte) else { return bytes }
                isInText = byte == UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\\") {
                position += 1
            } else if byte == UInt8(ascii: "\"") {
                isInText = false
            } else if let (code, length) = code(bytes, at: position) {
                let digits = String(code, radix: 16)
                result += bytes[copied..<position]
                result += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
                copied = position + length
                position = copied
                continue
            }
            position += 1
        }
        return copied == 0 ? bytes : result + bytes[copied...]
    }

    /// Whether JSON can have a byte outside of its texts.
    private static func isBetweenTexts(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || "{}[]:,\" \t\r\n+-.eEtrufalsn".utf8.contains(byte)
    }

    /// The character at a place and its length in bytes, where it is one of those.
    private static func code(_ bytes: [UInt8], at place: Int) -> (code: UInt32, length: Int)? {
        func next(_ distance: Int) -> UInt32 { place + distance < bytes.count ? UInt32(bytes[place + distance]) : 0 }
        let (code, length): (UInt32, Int)
        switch bytes[place] {
        case 0x7F: return (0x7F, 1)
        case 0xC2: (code, length) = (next(1), 2)
        case 0xE2, 0xEF: (code, length) = ((next(0) & 15) << 12 | (next(1) & 63) << 6 | next(2) & 63, 3)
        default: return nil
        }
        return next(length - 1) >= 0x80 && YAMLDocument.hasToBeEscaped(code) ? (code, length) : nil
    }
}
