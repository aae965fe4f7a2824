import Primitives

/// Which of the phrases found in a text count, and what is written next to them.
struct PhraseChoice {
    private let cursor: TextCursor

    init(_ text: UnsafeRawBufferPointer) {
        cursor = TextCursor(text)
    }

    /// Leaves of the phrases, which are from the last to the first, those that overlap none before them, from the first
    /// to the last.
    func choose(_ matches: inout WorkingList<PhraseMatch>) {
        var low = 0
        var high = matches.count - 1
        while low < high {
            let (left, right) = (matches[low], matches[high])
            matches.change(low) { $0 = right }
            matches.change(high) { $0 = left }
            low += 1
            high -= 1
        }
        var chosen = 0
        var end = 0
        for place in 0..<matches.count {
            var match = matches[place]
            guard match.start >= end else { continue }
            end = match.end
            match.surroundings = surroundings(of: match)
            matches.change(chosen) { $0 = match }
            chosen += 1
        }
        matches.truncate(to: chosen)
    }

    private func surroundings(of match: PhraseMatch) -> PhraseMatch.Surroundings {
        var found: PhraseMatch.Surroundings = []
        if byte(match.start - 1) == UInt8(ascii: "-"), cursor.kind(before: match.start - 1) != .other {
            found.insert(.joinedBefore)
        }
        if byte(match.end) == UInt8(ascii: "-"), cursor.kind(at: match.end + 1) != .other {
            found.insert(.joinedBehind)
        }
        if isPossessive(match.end) { found.insert(.isPossessive) }
        return found
    }

    private func isPossessive(_ end: Int) -> Bool {
        guard byte(end) == UInt8(ascii: "'") else { return false }
        let s = UInt8(ascii: "s")
        if byte(end + 1) == s, WordKind.mayEnd(with: .spaced, before: cursor.kind(at: end + 2)) { return true }
        return byte(end - 1) == s && cursor.kind(at: end + 1) == .other
    }

    /// The byte at a place, or 0 outside the text.
    private func byte(_ place: Int) -> UInt8 {
        place >= 0 && place < cursor.text.count ? cursor.text[place] : 0
    }
}
