import Primitives

/// Where the words of a sentence, or some of them, stand among those of a text.
struct WordRange: BitwiseCopyable, Equatable {
    var start: Int
    var end: Int

    var count: Int { end - start }
    var isEmpty: Bool { start == end }

    func contains(_ place: Int) -> Bool { place >= start && place < end }

    mutating func takeIn(_ other: WordRange) {
        start = min(start, other.start)
        end = max(end, other.end)
    }

    /// The border before a word.
    static func before(_ place: Int) -> WordRange { WordRange(start: place, end: place) }
}

/// Looks for phrases in one sentence.
struct PhraseMatcher {
    private let book: PhraseBook
    private let language: Language
    /// True where the home city has a name by which it can be told from others.
    private let knowsHome: Bool
    private var steps = 0
    /// Steps that one sentence may cost; a sentence made to be slow is not read to the end.
    static let stepsMax = 100_000

    init(_ index: NameIndex) {
        language = index.language
        book = language.book
        knowsHome = index.knowsHome
    }

    mutating func begin() { steps = 0 }

    /// The words that an entry covers when its anchor stands at `anchor`; nil where it does not match.
    mutating func match(
        _ entry: PhraseBook.Entry, at anchor: WordRange, in sentence: WordRange,
        of tokens: borrowing WorkingList<Token>,
        country: Int32 = -1
    ) -> WordRange? {
        // Without an anchor the phrase begins here, whatever stands before.
        let scope = WordRange(start: anchor.isEmpty ? anchor.start : sentence.start, end: sentence.end)
        guard mayMatch(entry, anchor, scope, tokens) else { return nil }
        let start = extend(entry.start, entry.middle, anchor.start, scope, tokens, country, isForward: false)
        guard start >= 0 else { return nil }
        let end = extend(entry.middle, entry.end, anchor.end, scope, tokens, country, isForward: true)
        return end < 0 ? nil : WordRange(start: start, end: end)
    }

    /// Whether the words next to the anchor are those of the phrase, where it has words there: most phrases end here.
    @inline(__always)
    private func mayMatch(
        _ entry: PhraseBook.Entry, _ anchor: WordRange, _ scope: WordRange, _ tokens: borrowing WorkingList<Token>
    ) -> Bool {
        if entry.middle > entry.start {
            let nearest = book.element(entry.start)
            if nearest.kind == .words, !nearest.isOptional {
                guard anchor.start > scope.start else { return false }
                if !language.vocabulary.contains(tokens[anchor.start - 1].word, set: nearest.set) { return false }
            }
        }
        if entry.end > entry.middle {
            let nearest = book.element(entry.middle)
            if nearest.kind == .words, !nearest.isOptional {
                guard anchor.end < scope.end else { return false }
                if !language.vocabulary.contains(tokens[anchor.end].word, set: nearest.set) { return false }
            }
        }
        return true
    }

    /// Matches elements one after the other from a border between two words.
    /// - Returns: the border behind the last one; -1 where they do not match.
    private mutating func extend(
        _ first: Int32, _ end: Int32, _ border: Int, _ scope: WordRange, _ tokens: borrowing WorkingList<Token>,
        _ country: Int32, isForward: Bool
    ) -> Int {
        var border = border
        var place = first
        while place < end {
            steps += 1
            guard steps < Self.stepsMax else { return -1 }
            let element = book.element(place)
            if element.kind == .gap {
                return acrossGap(element, place + 1, end, border, scope, tokens, country, isForward: isForward)
            }
            let next = step(border, scope, tokens, isForward: isForward)
            let fits = next >= 0 && matches(element, isForward ? border : next, tokens, country)
            if fits, element.isOptional {
                // Without an optional word the rest may match where it does not behind it.
                let rest = extend(place + 1, end, next, scope, tokens, country, isForward: isForward)
                if rest >= 0 { return rest }
            } else if fits {
                border = next
            } else if !element.isOptional {
                return -1
            }
            place += 1
        }
        return border
    }

    private mutating func acrossGap(
        _ gap: PhraseElement, _ first: Int32, _ end: Int32, _ border: Int, _ scope: WordRange,
        _ tokens: borrowing WorkingList<Token>, _ country: Int32, isForward: Bool
    ) -> Int {
        var border = border
        // Nearly always a gap is followed by a word that has to be there, and most words are another.
        let wanted = first < end ? book.element(first) : gap
        let needsWord = wanted.kind == .words && !wanted.isOptional
        for _ in 0...gap.most {
            // The comma stands before the word that follows it.
            if gap.staysInClause, border < tokens.count, tokens[border].before != .none { return -1 }
            let next = step(border, scope, tokens, isForward: isForward)
            guard next >= 0 || !needsWord else { return -1 }
            if !needsWord || matches(wanted, isForward ? border : next, tokens, country) {
                let found = extend(first, end, border, scope, tokens, country, isForward: isForward)
                if found >= 0 { return found }
            }
            guard next >= 0 else { return -1 }
            let passed = tokens[isForward ? border : next]
            if passed.isMoney || language.isBarrier(passed.word) { return -1 }
            border = next
        }
        return -1
    }

    /// The border on the other side of the next word; -1 at the end of the sentence and at a hard break.
    @inline(__always)
    private func step(
        _ border: Int, _ scope: WordRange, _ tokens: borrowing WorkingList<Token>, isForward: Bool
    ) -> Int {
        if isForward {
            guard border < scope.end else { return -1 }
            return border > scope.start && tokens[border].before == .hard ? -1 : border + 1
        }
        guard border > scope.start else { return -1 }
        return border < scope.end && tokens[border].before == .hard ? -1 : border - 1
    }

    @inline(__always)
    private func matches(
        _ element: PhraseElement, _ place: Int, _ tokens: borrowing WorkingList<Token>, _ country: Int32
    ) -> Bool {
        let token = tokens[place]
        // Before all others, since it nearly always is that. Word 0, which is none, is in no set.
        if element.kind == .words { return language.vocabulary.contains(token.word, set: element.set) }
        return switch element.kind {
        case .number: token.kind == .number && !token.isMoney || language.isNumber(token.word)
        case .money: token.isMoney
        case .home: token.kind == .home
        case .elsewhere: knowsHome && !beginsHome(place, tokens)
        case .connection: token.kind == .name
        case .country: token.country == country && country >= 0
        case .words, .gap: false
        }
    }

    /// Whether the home city's name stands here, maybe behind a word or two that belong to it: `Villa de Meanguera`.
    private func beginsHome(_ place: Int, _ tokens: borrowing WorkingList<Token>) -> Bool {
        for next in place..<min(place + 3, tokens.count) {
            if next > place, tokens[next].before != .none || tokens[next].startsSentence { return false }
            if tokens[next].kind == .home { return true }
        }
        return false
    }
}
