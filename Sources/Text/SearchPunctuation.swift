/// Punctuation that people write in several ways, and what stands for it in a text that is searched.
enum SearchPunctuation {
    /// An ASCII character and how often it stands for a code point, or nil for a code point that stays.
    static func replacement(of point: Int32) -> (byte: UInt8, count: Int)? {
        switch point {
        // Apostrophes, single quotation marks, primes, and letters that are written as apostrophes: okina, geresh.
        case 0x60, 0xb4, 0x2b9, 0x2bb...0x2bf, 0x2cb, 0x5f3, 0x2018...0x201b, 0x2032, 0x2035, 0xa78b, 0xa78c:
            (UInt8(ascii: "'"), 1)
        // The hyphens and dashes that may join words, and the sign for minus.
        case 0x58a, 0x5be, 0x1400, 0x1806, 0x2010...0x2013, 0x2043, 0x2212, 0x2e17, 0x2e1a, 0x2e40, 0x30a0, 0x10ead:
            (UInt8(ascii: "-"), 1)
        // Dashes that part sentences become what a typewriter has for them, so that they join no words.
        case 0x2014, 0x2015, 0x2e3a, 0x2e3b: (UInt8(ascii: "-"), 2)
        // Signs of currencies.
        case 0xa2...0xa5, 0x20a0...0x20c0: (UInt8(ascii: "$"), 1)
        case 0xab, 0xbb, 0x5f4, 0x201c...0x201f, 0x2039, 0x203a, 0x2e42, 0x301d...0x301f: (UInt8(ascii: "\""), 1)
        default: nil
        }
    }

    /// An acute accent that stands alone is written as an apostrophe; compatibility mapping would make a space of it.
    static func isLoneAcute(_ point: Int32) -> Bool { point == 0xb4 || point == 0x1ffd }

    /// The UTF-8 of a code point or of what stands for it, the first byte lowest.
    static func encoded(_ point: Int32) -> (bytes: UInt64, count: Int) {
        if let (byte, count) = replacement(of: point) {
            return (count == 1 ? UInt64(byte) : UInt64(byte) << 8 | UInt64(byte), count)
        }
        let value = UInt64(UInt32(bitPattern: point))
        func rest(_ shift: UInt64) -> UInt64 { 0x80 | value >> shift & 0x3f }
        if value < 0x80 { return (value, 1) }
        if value < 0x800 { return (0xc0 | value >> 6 | rest(0) << 8, 2) }
        if value < 0x10000 { return (0xe0 | value >> 12 | rest(6) << 8 | rest(0) << 16, 3) }
        return (0xf0 | value >> 18 | rest(12) << 8 | rest(6) << 16 | rest(0) << 24, 4)
    }
}
