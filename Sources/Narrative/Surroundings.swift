import Primitives

/// The words around a name, for those of a registry that are in no phrase.
struct Surroundings: ~Copyable {
    let sentence: WordRange
    let text: UnsafeRawBufferPointer
    /// How far away a word still stands beside a name.
    private static let wordsBeside = 2
    /// Words that one phrase of a registry may have.
    private static let wordsMax = 16

    /// Whether the words of a context allow the name at a place.
    func allow(_ context: NameIndex.Context, at place: Int, _ tokens: borrowing WorkingList<Token>) -> Bool {
        for words in context.notNear where hasBeside(place, words, tokens) { return false }
        if context.near.isEmpty { return true }
        for words in context.near where sentenceHas(words, tokens) { return true }
        return false
    }

    private func sentenceHas(_ words: [UInt8], _ tokens: borrowing WorkingList<Token>) -> Bool {
        for place in sentence.start..<sentence.end where stands(words, at: place, tokens) { return true }
        return false
    }

    private func hasBeside(_ name: Int, _ words: [UInt8], _ tokens: borrowing WorkingList<Token>) -> Bool {
        let from = max(sentence.start, name - Self.wordsBeside)
        let to = min(sentence.end - 1, name + Self.wordsBeside)
        for place in from...to where place != name && stands(words, at: place, tokens) { return true }
        return false
    }

    private func stands(_ words: [UInt8], at place: Int, _ tokens: borrowing WorkingList<Token>) -> Bool {
        let start = Int(tokens[place].start)
        guard start + words.count <= text.count else { return false }
        let found = UnsafeRawBufferPointer(rebasing: text[start..<(start + words.count)])
        guard words.withUnsafeBytes({ $0.holdsSame(as: found) }) else { return false }
        // Only where the words end with a word of the text.
        for last in place..<min(tokens.count, place + Self.wordsMax) where Int(tokens[last].end) == start + words.count
        {
            return true
        }
        return false
    }
}
