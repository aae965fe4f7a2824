import Primitives

/// What speaks for and against a statement, in points.
extension SentenceReader {
    /// The points of the signs around a statement: each counts once, wherever it stands.
    ///
    /// - Parameter elsewhere: the signs of other sentences that count here, one bit each.
    mutating func points(
        of match: WordRange, _ span: NameSpan, _ range: WordRange, _ tokens: borrowing WorkingList<Token>,
        _ elsewhere: UInt64
    ) -> Int {
        guard let weighing = language.weighing else { return 0 }
        var found = elsewhere | freeSigns(range, tokens)
        for number in 0..<signs.count {
            let entry = book.entry(signs[number])
            let bit = UInt64(1) << UInt64(entry.detail)
            if found & bit != 0 { continue }
            let isFound: Bool =
                switch entry.anchor {
                case .statement: matcher.match(entry, at: match, in: range, of: tokens) != nil
                case .partner: matches(entry, span, range, tokens)
                case .none: false
                }
            if isFound { found |= bit }
        }
        return weighing.sum(found)
    }

    /// The signs of the sentence that count in all sentences of the text, one bit each.
    mutating func signsAnywhere(_ range: WordRange, of tokens: borrowing WorkingList<Token>) -> UInt64 {
        begin(range, tokens)
        return freeSigns(range, tokens) & (language.weighing?.anywhere ?? 0)
    }

    /// The signs that stand in the sentence by themselves, which are looked for once: most sentences claim nothing.
    private mutating func freeSigns(_ range: WordRange, _ tokens: borrowing WorkingList<Token>) -> UInt64 {
        if let freeSigns { return freeSigns }
        takeSigns(0)
        for place in range.start..<range.end where tokens[place].word != 0 { takeSigns(tokens[place].word) }
        var found: UInt64 = 0
        for number in 0..<signs.count {
            let entry = book.entry(signs[number])
            let bit = UInt64(1) << UInt64(entry.detail)
            guard entry.anchor == .none, found & bit == 0 else { continue }
            // One word is there, since otherwise the entry would not have been taken.
            if book.isOneWord(entry) || matchesAnywhere(entry, range, tokens) { found |= bit }
        }
        freeSigns = found
        return found
    }
}
