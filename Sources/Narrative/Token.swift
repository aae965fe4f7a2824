/// A word of a text in folded form, or the words of a name that the registry knows.
struct Token: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        case word, number
        /// A name of a connection; `value` is the meaning.
        case name
        /// The home city.
        case home
        /// A country, or its people.
        case country
    }

    /// What stands between a word and the one before.
    enum Break: UInt8, BitwiseCopyable {
        /// A space, or a hyphen.
        case none
        /// A comma, a colon, a parenthesis, a quotation mark or a dash: the clause may go on behind it.
        case soft
        /// A semicolon: no phrase goes across it.
        case hard
    }

    /// Where it begins and ends in the folded text.
    var start: Int32
    var end: Int32
    var kind = Kind.word
    var before = Break.none
    /// True for the first word of a sentence.
    var startsSentence = false
    /// True for a number that is an amount of money.
    var isMoney = false
    /// The number of the word in the vocabulary; 0 where no phrase has it.
    var word: UInt16 = 0
    var value: Int32 = -1
    /// The place of the country that it means, in `NameIndex.countries`; -1 for none.
    var country: Int32 = -1
}

/// A name, the home city or a country, where the automaton found it.
struct FoundName: BitwiseCopyable {
    let start: Int32
    let end: Int32
    let kind: Token.Kind
    let value: Int32
    let country: Int32
}
