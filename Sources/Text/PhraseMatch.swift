/// A phrase found in a text.
public struct PhraseMatch: BitwiseCopyable, Equatable, Sendable {
    /// Where it begins, in bytes of the text in which it was searched.
    public let start: Int
    /// Where it ends: behind its last byte.
    public let end: Int
    /// Which phrase it is: its place among the phrases that the automaton tells apart.
    public let phrase: Int32
    /// What is written next to it.
    public internal(set) var surroundings: Surroundings = []

    /// What is written next to a phrase and may give it another meaning.
    public struct Surroundings: OptionSet, BitwiseCopyable, Hashable, Sendable {
        /// One bit for each.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A hyphen joins it to a word before it: `winston-salem` for `salem`.
        public static let joinedBefore = Surroundings(rawValue: 1)
        /// A hyphen joins it to a word behind it: `uae-funded` for `uae`.
        public static let joinedBehind = Surroundings(rawValue: 2)
        /// A genitive ending is behind it: `'s`, or `'` where it ends with an s.
        public static let isPossessive = Surroundings(rawValue: 4)
    }
}

/// Why phrases make no automaton. Nothing of a phrase is quoted.
public enum PhraseFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The phrase at this place is not in the form that `SearchText` gives it.
    case notFolded(place: Int)
    /// The phrase at this place has no letter or digit, or has a hyphen at an end, or a line feed.
    case notWords(place: Int)
    /// The phrases are too many or too long together: 2³¹ characters would be too many.
    case tooLarge

    /// Where and what was expected.
    public var description: String {
        switch self {
        case .notFolded(let place): "expected phrase \(place) folded as texts are"
        case .notWords(let place):
            "expected phrase \(place) to have a letter or digit, no hyphen at its ends and no line feed"
        case .tooLarge: "expected phrases of fewer than 2³¹ characters together"
        }
    }
}
