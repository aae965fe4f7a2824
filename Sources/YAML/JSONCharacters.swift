/// JSON holds characters as they are that libyaml, after YAML 1.1, takes for the end of a line or refuses: a text would
/// be another one, or none.
enum JSONCharacters {
    /// The document with such characters of its texts as escapes; anything but JSON as it is.
    static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.indices.first(where: { code(bytes, at: $0) != nil && $0 > 0 }) else { return bytes }
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
            } else if position >= first, let (code, length) = code(bytes, at: position) {
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
    private static func code(_ bytes: [UInt8], at place: Int) -> (code: Int, length: Int)? {
        func next(_ distance: Int) -> Int { place + distance < bytes.count ? Int(bytes[place + distance]) : 0 }
        switch bytes[place] {
        case 0x7F: return (0x7F, 1)
        case 0xC2 where (0x80...0x9F).contains(next(1)): return (next(1), 2)
        case 0xE2, 0xEF:
            let code = Int(bytes[place] & 15) << 12 | (next(1) & 63) << 6 | next(2) & 63
            return [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(code) && next(2) >= 0x80 ? (code, 3) : nil
        default: return nil
        }
    }
}
