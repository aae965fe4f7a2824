import Connections
import Primitives

/// Reads one sentence: which partner is named beyond doubt, what it did, and what takes that back.
struct SentenceReader: ~Copyable {
    let index: NameIndex
    let language: Language
    let book: PhraseBook
    var matcher: PhraseMatcher
    /// The entries that are worth trying in this sentence, by what they are for.
    var aboutNames = WorkingList<UInt32>(capacity: 64)
    var statements = WorkingList<UInt32>(capacity: 64)
    var vetoes = WorkingList<UInt32>(capacity: 64)
    var free = WorkingList<UInt32>(capacity: 64)
    var signs = WorkingList<UInt32>(capacity: 64)
    /// The signs that stand in the sentence by themselves, one bit each; nil where nobody has looked.
    var freeSigns: UInt64?
    /// The sentence in which each entry was taken last, by number of the sentence.
    private var seen: [UInt32]
    /// The sentence in which a word of each set was seen last, likewise.
    private var present: [UInt32]
    private var sentences: UInt32 = 0
    /// True where the sentence names a country.
    var hasCountry = false
    var spans = WorkingList<NameSpan>(capacity: 16)
    /// The place of the text's first statement in the list that receives them.
    var first = 0
    /// The names that the text makes certain in one of its sentences: they are so in all of them.
    var certain = WorkingList<Int32>(capacity: 16)

    init(_ index: NameIndex) {
        self.index = index
        language = index.language
        book = language.book
        matcher = PhraseMatcher(index)
        seen = [UInt32](repeating: 0, count: book.count)
        present = [UInt32](repeating: 0, count: language.vocabulary.setWords.count)
    }

    /// Begins with another text.
    /// - Parameter first: the place of its first statement in the list that receives them.
    mutating func beginText(first: Int) {
        certain.clear()
        self.first = first
    }

    /// Notes which names the sentence makes certain.
    mutating func learn(_ range: WordRange, of tokens: borrowing WorkingList<Token>, _ text: UnsafeRawBufferPointer) {
        guard Self.hasName(range, tokens) else { return }
        begin(range, tokens)
        findSpans(range, tokens, text)
        for number in 0..<spans.count where spans[number].isCertain && !isCertainElsewhere(spans[number].meaning) {
            certain.append(spans[number].meaning.first)
        }
    }

    func isCertainElsewhere(_ meaning: NameIndex.Meaning) -> Bool {
        for number in 0..<certain.count where certain[number] == meaning.first { return true }
        return false
    }

    /// Whether the sentence tells something that was achieved, and not only planned.
    mutating func tellsResult(_ range: WordRange, of tokens: borrowing WorkingList<Token>) -> Bool {
        begin(range, tokens)
        for number in 0..<free.count {
            let entry = book.entry(free[number])
            guard entry.role == .result else { continue }
            for place in range.start..<range.end {
                guard let match = matcher.match(entry, at: .before(place), in: range, of: tokens) else { continue }
                // Money beside a result makes nothing less of it.
                let obstacle = obstacle(of: match, nil, range, tokens)
                if obstacle == nil || obstacle == .noResult { return true }
            }
        }
        return false
    }

    /// Appends what the sentence says of the connections that it names.
    mutating func read(
        _ range: WordRange, of tokens: borrowing WorkingList<Token>, _ text: UnsafeRawBufferPointer, _ needs: Needs,
        into found: inout [TextStatement]
    ) {
        guard Self.hasName(range, tokens) else { return }
        begin(range, tokens)
        findSpans(range, tokens, text)
        for number in 0..<spans.count {
            let span = spans[number]
            let claim = claim(of: span, range, tokens, needs)
            append(span, claim, into: &found, atMost: .beyondDoubt)
        }
    }

    /// Appends the connections that a name means. It has to be the whole of the field, with words that belong to it and
    /// the home city; of more, as in `Toyota Arena`, it is no more than a part.
    mutating func readName(
        _ range: WordRange, of tokens: borrowing WorkingList<Token>, _ text: UnsafeRawBufferPointer, country: Int32?,
        into found: inout [TextStatement]
    ) {
        begin(range, tokens)
        findSpans(range, tokens, text)
        for number in 0..<spans.count {
            var span = spans[number]
            if let country { keepUses(of: &span, in: country) }
            var isWhole = true
            for place in range.start..<range.end where !span.words.contains(place) {
                let token = tokens[place]
                isWhole = isWhole && (token.kind == .home || token.country >= 0 || language.isDeterminer(token.word))
            }
            append(span, Claim(), into: &found, atMost: isWhole ? .beyondDoubt : .nameAlone)
        }
    }

    private static func hasName(_ range: WordRange, _ tokens: borrowing WorkingList<Token>) -> Bool {
        for place in range.start..<range.end where tokens[place].kind == .name { return true }
        return false
    }

    mutating func begin(_ range: WordRange, _ tokens: borrowing WorkingList<Token>) {
        sentences &+= 1
        aboutNames.clear()
        statements.clear()
        vetoes.clear()
        free.clear()
        signs.clear()
        freeSigns = nil
        matcher.begin()
        hasCountry = false
        present[Int(Vocabulary.anySet)] = sentences
        for place in range.start..<range.end {
            let token = tokens[place]
            for set in language.vocabulary.sets(of: token.word) { present[Int(set)] = sentences }
            if token.country >= 0 { hasCountry = true }
        }
        take(0)
        for place in range.start..<range.end where tokens[place].word != 0 { take(tokens[place].word) }
    }

    /// Takes the entries that a word makes worth trying, each once.
    private mutating func take(_ word: UInt16) {
        for trigger in book.triggers(ofWord: word) {
            let number = trigger.entry
            guard isPresent(trigger.needs.0), isPresent(trigger.needs.1), isPresent(trigger.needs.2),
                seen[Int(number)] != sentences
            else { continue }
            seen[Int(number)] = sentences
            switch book.entry(number).role {
            case .notName, .certain, .belonging, .representation, .location: aboutNames.append(number)
            case .tie, .result: free.append(number)
            case .statement: statements.append(number)
            case .veto: vetoes.append(number)
            case .sign: break
            }
        }
    }

    /// Takes the signs that a word makes worth trying, each once.
    mutating func takeSigns(_ word: UInt16) {
        for trigger in book.signTriggers(ofWord: word) {
            let number = trigger.entry
            guard isPresent(trigger.needs.0), isPresent(trigger.needs.1), isPresent(trigger.needs.2),
                seen[Int(number)] != sentences
            else { continue }
            seen[Int(number)] = sentences
            signs.append(number)
        }
    }

    /// Whether the sentence has a word of a set.
    @inline(__always)
    private func isPresent(_ set: UInt16) -> Bool { present[Int(set)] == sentences }
}
