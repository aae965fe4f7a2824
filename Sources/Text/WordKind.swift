import CUTF8Proc

/// What a character is where words begin and end.
struct WordKind: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// A letter or digit of a script that is written with spaces between words.
    static let spaced = WordKind(rawValue: 1)
    /// A syllable or letter of Hangul, written with spaces, but with particles behind words and no space between.
    static let hangul = WordKind(rawValue: 2)
    /// A character of a script that is written without spaces.
    static let unspaced = WordKind(rawValue: 4)
    /// A character of katakana, which parts words by being next to other characters.
    static let katakana = WordKind(rawValue: 8)
    /// A mark belongs to the character before it.
    static let mark = WordKind(rawValue: 16)
    /// Punctuation, symbols, white space, and what is no character.
    static let other: WordKind = []

    private static let word: WordKind = [.spaced, .hangul]

    /// True where two characters that follow one another are of one word.
    private static func areJoined(_ before: WordKind, _ after: WordKind) -> Bool {
        if after.contains(.mark) { return true }
        if !before.isDisjoint(with: word), !after.isDisjoint(with: word) { return true }
        return before.contains(.katakana) && after.contains(.katakana)
    }

    /// True where a phrase may begin between two characters.
    static func mayBegin(behind before: WordKind, at first: WordKind) -> Bool {
        !areJoined(before, first)
    }

    /// True where a phrase may end between two characters.
    static func mayEnd(with last: WordKind, before after: WordKind) -> Bool {
        after == .hangul || !areJoined(last, after)
    }
}

/// The kinds of all characters.
struct WordKinds: Sendable {
    static let shared = WordKinds()

    // Allocated by `init` for as long as the process lives, and only read then: a byte for each code point of the Basic
    // Multilingual Plane.
    private nonisolated(unsafe) let kinds: UnsafePointer<WordKind>

    private init() {
        let kinds = UnsafeMutablePointer<WordKind>.allocate(capacity: 0x10000)
        for point in Int32(0)..<0x10000 { (kinds + Int(point)).initialize(to: Self.kind(point)) }
        self.kinds = UnsafePointer(kinds)
    }

    /// The kind of a code point; of one below zero, which is none, too.
    @inline(__always)
    subscript(point: Int32) -> WordKind {
        let place = UInt32(bitPattern: point)
        return place < 0x10000 ? kinds[Int(place)] : Self.kind(point)
    }

    private static func kind(_ point: Int32) -> WordKind {
        switch utf8proc_category(point) {
        case UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LT, UTF8PROC_CATEGORY_LM,
            UTF8PROC_CATEGORY_LO, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NL, UTF8PROC_CATEGORY_NO:
            script(point)
        case UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_MC, UTF8PROC_CATEGORY_ME: [script(point), .mark]
        default: .other
        }
    }

    /// The kind of a letter, a digit or a mark by its block (Unicode's Blocks.txt).
    private static func script(_ point: Int32) -> WordKind {
        switch point {
        case 0x1100...0x11ff, 0x3130...0x318f, 0xa960...0xa97f, 0xac00...0xd7ff: .hangul
        case 0x3099...0x309a, 0x30a0...0x30ff, 0x31f0...0x31ff: .katakana
        // Thai and Lao, Myanmar, Khmer.
        case 0xe00...0xeff, 0x1000...0x109f, 0xa9e0...0xa9ff, 0xaa60...0xaa7f, 0x1780...0x17ff: .unspaced
        // Ideographs, with the marks and letters that stand for them; hiragana; Bopomofo.
        case 0x3005...0x3007, 0x3021...0x302f, 0x3038...0x309f, 0x3100...0x312f, 0x31a0...0x31bf, 0x3400...0x4dbf,
            0x4e00...0x9fff, 0xf900...0xfaff, 0x1aff0...0x1b16f, 0x20000...0x3ffff:
            .unspaced
        default: .spaced
        }
    }
}
