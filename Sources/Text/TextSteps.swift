/// What is done to a text, in this order whatever the order in which it is asked for: case, normal form, white space.
///
/// Of `forMatching`, `caseFold`, `lowerCase` and `upperCase` the first that is asked for counts. Case is that of the
/// Unicode Character Database for any language: no rule of Turkish or Lithuanian, and no final sigma.
public struct TextSteps: OptionSet, Hashable, Sendable {
    /// One bit for each step.
    public let rawValue: UInt8

    /// Makes a set of steps from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Leaves out white space (Unicode's `White_Space`) at both ends.
    public static let trim = TextSteps(rawValue: 1)
    /// Makes one space (U+0020) of each run of white space.
    public static let collapse = TextSteps(rawValue: 2)
    /// Lower case, by the full mapping.
    public static let lowerCase = TextSteps(rawValue: 4)
    /// Upper case, by the full mapping: `ß` becomes `SS`.
    public static let upperCase = TextSteps(rawValue: 8)
    /// Full case folding, for comparison without regard to case; the result is in NFC too.
    public static let caseFold = TextSteps(rawValue: 16)
    /// Normalization Form C (UAX #15), so that canonically equivalent texts have the same bytes.
    public static let nfc = TextSteps(rawValue: 32)
    /// One form for names that people write in several ways: NFKD, case folding, no diacritics, NFC.
    ///
    /// Left out are the marks on letters of Latin, Greek, Cyrillic, Hebrew and Arabic, and characters that cannot be
    /// seen (Unicode's `Default_Ignorable_Code_Point`). Marks of other scripts stay, since there they are vowels or
    /// make another letter, as in Devanagari, Thai and kana. Letters that have no decomposition become what people
    /// write in their place: ø o, đ d, ł l, ħ h, æ ae, œ oe, þ th, ð d, ı i; and ß becomes ss by case folding.
    public static let forMatching = TextSteps(rawValue: 64)

    /// True where the result is in NFC.
    var normalises: Bool { !isDisjoint(with: [.nfc, .caseFold, .forMatching]) }
}

/// Why a text was not brought into a form. Nothing of the text is quoted.
public enum TextFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bytes are not UTF-8 from this place on.
    case notUTF8(offset: Int)
    /// The text, or what would become of it, has more bytes.
    case tooLong(bytesMax: Int)
    /// More marks on one letter than any language has.
    case tooManyMarks(max: Int)

    /// Where and what was expected.
    public var description: String {
        switch self {
        case .notUTF8(let offset): "expected UTF-8 at byte \(offset) of the text"
        case .tooLong(let bytesMax): "expected a text of at most \(bytesMax) bytes"
        case .tooManyMarks(let max): "expected at most \(max) combining marks in a row"
        }
    }
}
