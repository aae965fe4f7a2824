import Connections
import Primitives
import Text

/// Reads texts for what they say of the registry's connections, one after the other, for one thread.
///
/// Pure but for working memory that it keeps. Of the text itself nothing gets out: a statement names a connection, a
/// mechanism and an obstacle.
public final class TextReader {
    /// Statements of one text, at most.
    public static let statementsMax = 256
    /// Names in one text that are looked at: more than any report has, and few enough that each can be held against
    /// each.
    static let namesMax = 1024
    private var work: TextWork

    /// Makes a reader over a registry's names.
    public init(_ index: NameIndex) {
        work = TextWork(index, passesOverOthers: true)
    }

    /// Makes a reader that looks at sentences without names, too: slower, and the same.
    init(lookingAtAllOf index: NameIndex) {
        work = TextWork(index, passesOverOthers: false)
    }

    /// Appends what a text says.
    ///
    /// - Parameters:
    ///   - text: in UTF-8.
    ///   - isOutcomeKnown: true where the text belongs to an event that is an outcome; otherwise the text has to tell
    ///     what was achieved where money or help alone is told of.
    ///   - statements: receives one statement for each connection and mechanism, in a fixed order.
    public func read(
        _ text: UnsafeRawBufferPointer, isOutcomeKnown: Bool, into statements: inout [TextStatement]
    ) {
        work.read(text, isOutcomeKnown: isOutcomeKnown, into: &statements)
    }

    /// Appends the connections that a field names which holds a name and no text, with the country that stands beside
    /// it.
    ///
    /// - Parameters:
    ///   - name: in UTF-8.
    ///   - country: its two-letter code; a connection of another country is not meant.
    ///   - statements: receives one statement a connection, without mechanism.
    public func readName(
        _ name: UnsafeRawBufferPointer, country: UnsafeRawBufferPointer?, into statements: inout [TextStatement]
    ) {
        work.readName(name, country: country, into: &statements)
    }
}

/// What the reader works with. Apart from it, so that a text is one access to the reader, which Swift checks.
private struct TextWork: ~Copyable {
    private let index: NameIndex
    private let language: Language
    private var search = SearchText()
    private var matches = WorkingList<PhraseMatch>(capacity: 32)
    private var tokens = Tokens()
    private var names = WorkingList<FoundName>(capacity: 32)
    private var sentence: SentenceReader
    private let passesOverOthers: Bool

    init(_ index: NameIndex, passesOverOthers: Bool) {
        self.index = index
        self.passesOverOthers = passesOverOthers
        language = index.language
        sentence = SentenceReader(index)
    }

    mutating func read(
        _ text: UnsafeRawBufferPointer, isOutcomeKnown: Bool, into statements: inout [TextStatement]
    ) {
        let folded = search.fold(text)
        guard findNames(folded) else { return }
        // What came of it may stand in any sentence; names only in some.
        tokens.split(folded, names, language, onlyNamed: isOutcomeKnown && passesOverOthers)
        var needs = SentenceReader.Needs(
            result: !isOutcomeKnown && !tellsResult(),
            points: language.weighing.map { $0.least - (isOutcomeKnown ? $0.outcome : 0) })
        // What was given, and to whom, may stand in any sentence; what speaks against it only beside it.
        if !isOutcomeKnown, needs.points != nil { forEachSentence { needs.signs |= $0.signsAnywhere($1, of: $2) } }
        sentence.beginText(first: statements.count)
        if learns { forEachSentence { $0.learn($1, of: $2, folded) } }
        forEachSentence { $0.read($1, of: $2, folded, needs, into: &statements) }
    }

    mutating func readName(
        _ name: UnsafeRawBufferPointer, country: UnsafeRawBufferPointer?, into statements: inout [TextStatement]
    ) {
        let folded = search.fold(name)
        guard findNames(folded) else { return }
        tokens.split(folded, names, language, onlyNamed: false)
        var place: Int32?
        if let country {
            let found = index.countries.firstIndex { $0.withUnsafeBytes { $0.holdsSame(as: country) } }
            // No connection is in a country that none is in.
            place = found.map { Int32($0) } ?? Int32.max
        }
        sentence.beginText(first: statements.count)
        forEachSentence { $0.readName($1, of: $2, folded, country: place, into: &statements) }
    }

    private mutating func forEachSentence(
        _ body: (inout SentenceReader, WordRange, borrowing WorkingList<Token>) -> Void
    ) {
        var start = 0
        while start < tokens.list.count {
            let range = tokens.sentence(from: start)
            body(&sentence, range, tokens.list)
            start = range.end
        }
    }

    private mutating func tellsResult() -> Bool {
        var isTold = false
        forEachSentence { isTold = isTold || $0.tellsResult($1, of: $2) }
        return isTold
    }

    /// Whether one place in the text can say of a name in another who is meant: with two names at least.
    private var learns: Bool {
        var named = 0
        for place in 0..<tokens.list.count where tokens.list[place].kind == .name { named += 1 }
        return named > 1
    }

    /// Finds names, the home city and countries.
    /// - Returns: true where a connection may be meant.
    private mutating func findNames(_ folded: UnsafeRawBufferPointer) -> Bool {
        names.clear()
        var isNamed = false
        var lastEnd = -1
        index.find(in: folded, &matches)
        for place in 0..<min(matches.count, TextReader.namesMax) {
            let match = matches[place]
            guard let value = index.value(of: match) else { continue }
            let meaning = index.meaning(value)
            // `Winston-Salem` is not Salem; but a name may follow that of the home city: `Chicago-Kyiv`.
            if match.surroundings.contains(.joinedBefore), lastEnd + 1 != match.start { continue }
            let kind: Token.Kind =
                meaning.isHome ? .home : meaning.hasUses ? .name : meaning.country >= 0 ? .country : .word
            isNamed = isNamed || kind == .name
            lastEnd = match.end
            names.append(
                FoundName(
                    start: Int32(truncatingIfNeeded: match.start), end: Int32(truncatingIfNeeded: match.end),
                    kind: kind, value: value, country: meaning.country))
        }
        if isNamed { Anaphora(index).resolve(&names) }
        return isNamed
    }
}
