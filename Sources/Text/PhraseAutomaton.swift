public import Primitives

/// Finds any of many phrases in a text, in one pass: an Aho-Corasick automaton (Aho and Corasick, CACM 18, 1975).
///
/// Phrases and texts are in the form that `SearchText` gives them. A phrase is found where it begins and ends at the
/// bounds of words:
///
/// - Letters and digits of scripts that are written with spaces are parts of words. Marks belong to the character
///   before them.
/// - In scripts that are written without (Han, hiragana, Thai, Lao, Khmer, Myanmar) every character is a word. A run of
///   katakana is one word.
/// - A word may have particles of Hangul behind it, but none before it.
/// - A space in a phrase stands for a hyphen too, and a hyphen for a space. A phrase is in one paragraph.
///
/// Of the phrases that begin at the same place the longest counts; of phrases that overlap the one that begins first.
/// Time is linear in the text, whatever the phrases are; a search allocates nothing but what the list of matches needs.
public final class PhraseAutomaton: Sendable {
    /// The number of phrases that are told apart.
    public let count: Int

    // All of it is written by `init`, freed by `deinit` and only read between, so that threads may share it.
    private nonisolated(unsafe) let nodes: UnsafeMutablePointer<PhraseNode>
    private nonisolated(unsafe) let links: UnsafeMutablePointer<PhraseLinks>
    private nonisolated(unsafe) let lengths: UnsafeMutablePointer<Int32>
    private let values: PackedLists<Int32>
    private let ends: PhraseEnds
    private let tailMax: Int

    /// Makes an automaton.
    ///
    /// - Parameter phrases: each with a value of the caller's. Those that are the same, or differ in hyphens and spaces
    ///   alone, are one phrase with several values. Phrases are numbered in the order in which they are first given.
    /// - Throws: `PhraseFault`.
    public init(_ phrases: [(phrase: [UInt8], value: Int32)]) throws(PhraseFault) {
        var folder = SearchText()
        for (place, entry) in phrases.enumerated() {
            try Self.check(entry.phrase, at: place, &folder)
        }
        guard phrases.reduce(0, { $0 + $1.phrase.count }) < Int32.max else { throw .tooLarge }
        let trie = PhraseTrie(phrases.map(\.phrase))
        let distinct = trie.members.map { phrases[$0[0]].phrase }
        count = distinct.count
        let words = distinct.map { Self.lastWord(of: $0, trie) }
        tailMax = words.reduce(0) { max($0, $1.tail.count) }
        ends = PhraseEnds(
            words.filter(\.tail.isEmpty).map { (key: $0.key, node: $0.node) },
            tailed: words.compactMap { word in word.tail.first.map { (key: word.key, byte: $0) } })
        nodes = Self.copy(trie.nodes)
        links = Self.copy(trie.links)
        lengths = Self.copy(distinct.map { Int32($0.count) })
        values = PackedLists(trie.members.map { members in members.map { phrases[$0].value } })
    }

    /// The last word of a phrase, its node where nothing is behind it, and what is.
    private static func lastWord(
        of phrase: [UInt8], _ trie: PhraseTrie
    ) -> (key: UInt64, node: Int, tail: ArraySlice<UInt8>) {
        let end = (phrase.lastIndex(where: WordBlock.isWord) ?? 0) + 1
        return phrase.withUnsafeBytes { bytes in
            let cursor = TextCursor(bytes)
            let word = WordEnd(cursor, end: end)
            return (key: word.key, node: trie.node(of: cursor, from: word.start), tail: phrase[end...])
        }
    }

    private static func copy<Element: BitwiseCopyable>(_ list: [Element]) -> UnsafeMutablePointer<Element> {
        let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(list.count, 1))
        copy.initialize(from: list, count: list.count)
        return copy
    }

    deinit {
        nodes.deallocate()
        links.deallocate()
        lengths.deallocate()
    }

    private static func check(_ phrase: [UInt8], at place: Int, _ folder: inout SearchText) throws(PhraseFault) {
        let isFolded = phrase.withUnsafeBytes { folder.fold($0).holdsSame(as: $0) }
        guard isFolded else { throw .notFolded(place: place) }
        let hyphen = UInt8(ascii: "-")
        let hasWord = phrase.withUnsafeBytes { bytes in
            let cursor = TextCursor(bytes)
            return bytes.indices.contains { cursor.kind(at: $0) != .other }
        }
        guard hasWord, phrase.first != hyphen, phrase.last != hyphen, !phrase.contains(0x0a) else {
            throw .notWords(place: place)
        }
    }

    /// The values of a phrase, in the order in which they were given; valid as long as the automaton.
    /// - Parameter phrase: below `count`.
    public func values(of phrase: Int32) -> UnsafeBufferPointer<Int32> {
        values[Int(phrase)]
    }

    /// Puts the phrases of a text into a list, from its start to its end, in place of what the list held.
    /// - Parameter text: what `SearchText` made of a text.
    public func find(in text: UnsafeRawBufferPointer, _ matches: inout WorkingList<PhraseMatch>) {
        _ = findCountingSteps(in: text, &matches)
    }

    /// Finds, and tells how many steps from node to node and from character to character that took.
    func findCountingSteps(in text: UnsafeRawBufferPointer, _ matches: inout WorkingList<PhraseMatch>) -> Int {
        matches.clear()
        var scan = PhraseScan(
            text, ends: ends.view, nodes: UnsafePointer(nodes), links: UnsafePointer(links),
            lengths: UnsafePointer(lengths), tailMax: tailMax)
        scan.run(&matches)
        if matches.count > 0 { PhraseChoice(text).choose(&matches) }
        return scan.steps
    }
}
