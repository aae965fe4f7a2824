/// One place of a phrase.
struct PhraseElement: BitwiseCopyable, Equatable {
    enum Kind: UInt8, BitwiseCopyable {
        /// One word of a set; `set` says which.
        case words
        /// Any words, at most `most`, but no amount of money and no word of the list `barriers`.
        case gap
        /// A number in digits or in words.
        case number
        /// An amount of money.
        case money
        /// The home city.
        case home
        /// Any word but the name of the home city, where that is known.
        case elsewhere
        /// A partner of the registry, this one or another.
        case connection
        /// The country of the partner, or the people of that country.
        case country
    }

    let kind: Kind
    /// True where the phrase is the same without it.
    var isOptional = false
    /// The place of the set of words in `PhraseBook.sets`.
    var set: UInt16 = 0
    /// The most words of a gap.
    var most: UInt8 = 0
    /// True for a gap that ends at a comma.
    var staysInClause = false
}

/// A phrase to look for, seen from its anchor: from a partner that is named, or from a statement that was found.
///
/// A phrase without an anchor stands in `after` and is tried at every word.
struct Phrase: Equatable {
    /// What a phrase hangs on.
    enum Anchor: UInt8 {
        /// Nothing: it may stand anywhere in the sentence.
        case none
        /// The words that name the partner.
        case partner
        /// The words of the statement that the phrase may take back.
        case statement
    }

    var anchor = Anchor.none
    /// What stands before the anchor, the nearest first.
    var before: [PhraseElement] = []
    /// What stands behind the anchor.
    var after: [PhraseElement] = []
}
