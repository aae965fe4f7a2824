import Primitives

/// The words of all phrases, each with a number from 1.
struct VocabularyBuilder {
    private(set) var words: [String: UInt16] = [:]
    private var sets: [[UInt16]: UInt16] = [:]
    /// Set 0 has no words.
    private(set) var setWords: [[UInt16]] = [[]]

    /// The number of a word.
    mutating func word(_ text: String) -> UInt16 {
        if let known = words[text] { return known }
        // A rules file ends long before this many words; the parser sees to it.
        let number = UInt16(truncatingIfNeeded: words.count + 1)
        words[text] = number
        return number
    }

    /// The place of a set of words.
    mutating func set(_ members: [String]) -> UInt16 {
        let numbers = Set(members.map { word($0) }).sorted()
        if let known = sets[numbers] { return known }
        let place = UInt16(truncatingIfNeeded: setWords.count)
        sets[numbers] = place
        setWords.append(numbers)
        return place
    }
}

/// The words of all phrases and the sets they are in, ready for looking up.
final class Vocabulary: Sendable {
    private let table: ByteTable<UInt16>
    /// One row of bits a set: the bit of each word in it. Written by `init`, freed by `deinit`.
    private nonisolated(unsafe) let bits: UnsafeMutableBufferPointer<UInt64>
    private let stride: Int
    /// The words of each set.
    let setWords: [[UInt16]]
    /// The set that no phrase has, and that every sentence is taken to have a word of.
    static let anySet: UInt16 = 0
    /// The sets that have a word, by its number.
    private let sets: PackedLists<UInt16>
    /// The number of words, and of the first number that is none.
    let count: Int
    private let common: Set<UInt16>

    init(_ builder: VocabularyBuilder) {
        table = ByteTable(
            builder.words.sorted { $0.value < $1.value }.map { (key: Array($0.key.utf8), value: $0.value) })
        count = builder.words.count + 1
        stride = (count + 63) / 64
        setWords = builder.setWords
        var bits = [UInt64](repeating: 0, count: stride * builder.setWords.count)
        for (place, words) in builder.setWords.enumerated() {
            for word in words { bits[place * stride + Int(word) / 64] |= 1 << UInt64(word % 64) }
        }
        self.bits = .allocate(capacity: max(bits.count, 1))
        _ = self.bits.initialize(from: bits)
        var setsOfWords = [[UInt16]](repeating: [], count: count)
        for (place, words) in builder.setWords.enumerated() {
            for word in words { setsOfWords[Int(word)].append(UInt16(truncatingIfNeeded: place)) }
        }
        sets = PackedLists(setsOfWords)
        common = Set(Self.commonWords.split(whereSeparator: \.isWhitespace).compactMap { builder.words[String($0)] })
    }

    deinit {
        bits.deallocate()
    }

    /// True for words that stand in nearly every sentence: they only cost time as the ones to look for.
    func isCommon(_ word: UInt16) -> Bool { common.contains(word) }

    private static let commonWords = """
        a al and are as at by con de del el en for from had has have in is la las los of on or our para por que se that
        the their to un una was were will with y
        """

    /// The number of a word in folded form; 0 where no phrase has it.
    func word(_ text: UnsafeRawBufferPointer) -> UInt16 { table[text] ?? 0 }

    /// The sets that have a word; valid as long as the vocabulary.
    @inline(__always)
    func sets(of word: UInt16) -> UnsafeBufferPointer<UInt16> { sets[Int(word)] }

    /// Whether a set has a word.
    @inline(__always)
    func contains(_ word: UInt16, set: UInt16) -> Bool {
        bits[Int(set) * stride + Int(word) / 64] & (1 << UInt64(word % 64)) != 0
    }
}
