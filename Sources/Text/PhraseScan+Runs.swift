import Primitives

/// The search where a text is not ASCII: from character to character.
extension PhraseScan {
    /// Goes to the start of what blocks take for a word, where a place is inside one, and returns where that is.
    mutating func behindWord(_ place: Int, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        let text = cursor.text
        guard place > 0, WordBlock.isWord(text[place - 1]), WordBlock.isWord(text[place]) else { return place }
        return scanRun(place, &matches)
    }

    /// Goes from character to character to the start of what blocks take for one word, and returns where that is.
    mutating func scanRun(_ top: Int, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        var end = top
        var after = cursor.kind(at: end)
        while end > 0, WordBlock.isWord(cursor.text[end - 1]) {
            steps += 1
            let (point, start) = cursor.previous(end)
            let kind = cursor.kinds[point]
            if WordKind.mayEnd(with: kind, before: after) {
                let word =
                    kind == .unspaced
                    ? WordEnd(cursor, start: start, end: end) : WordEnd(cursor, end: end)
                if bit(end, word) != 0 {
                    let reached = tryEnd(end, word, &matches)
                    if reached < end {
                        end = reached
                        after = cursor.kind(at: end)
                        continue
                    }
                }
            }
            after = kind
            end = start
        }
        return end
    }
}
