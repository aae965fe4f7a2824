import Connections
import Primitives

/// All phrases of a rules file, ready for matching: for a sentence only those are tried that have one of its words.
///
/// In memory of its own, so that looking at an entry counts no references.
final class PhraseBook: Sendable {
    /// What a phrase is for.
    enum Role: UInt8, BitwiseCopyable {
        case notName, certain, belonging, representation, location, tie, result, statement, veto, sign
    }

    /// A phrase and what it is for.
    struct Entry: BitwiseCopyable {
        let anchor: Phrase.Anchor
        let role: Role
        /// The mechanism of a statement, the obstacle of a veto, or the number of a sign.
        let detail: UInt8
        /// True for a statement that needs a result beside it.
        let needsResult: Bool
        /// True where the phrase names the country of the partner.
        let namesCountry: Bool
        /// Where its elements begin, where those behind the anchor do, and where they end.
        let start: Int32
        let middle: Int32
        let end: Int32

        /// What a partner did, by a statement.
        var mechanism: Mechanism? { role == .statement ? Mechanism(rawValue: detail) : nil }
        /// What a veto says.
        var obstacle: Obstacle? { role == .veto ? Obstacle(rawValue: detail) : nil }
    }

    /// An entry that a word makes worth trying, where the sentence has the others, too.
    struct Trigger: BitwiseCopyable {
        let entry: UInt32
        /// Sets of words: a sentence without a word of each does not have the phrase.
        let needs: (UInt16, UInt16, UInt16)
    }

    /// The number of entries.
    let count: Int
    // Written by `init`, freed by `deinit` and only read between, so that threads may share it.
    private nonisolated(unsafe) let elements: UnsafeMutableBufferPointer<PhraseElement>
    private nonisolated(unsafe) let entries: UnsafeMutableBufferPointer<Entry>
    /// The entries that words make worth trying, by the number of the word. Those of word 0, which is none, have no
    /// word of their own.
    private let triggers: PackedLists<Trigger>
    /// The same for signs, which are looked for only where there is a statement to weigh.
    private let signTriggers: PackedLists<Trigger>

    init(_ phrases: [(phrase: Phrase, owner: Language.Owner)], _ vocabulary: Vocabulary) {
        var elements: [PhraseElement] = []
        var entries: [Entry] = []
        var byWord = [[Trigger]](repeating: [], count: vocabulary.count)
        var signsByWord = byWord
        for (phrase, owner) in phrases {
            let number = UInt32(entries.count)
            let start = Int32(elements.count)
            elements += phrase.before
            let middle = Int32(elements.count)
            elements += phrase.after
            let telling = TellingSets(phrase, vocabulary)
            entries.append(
                Entry(
                    anchor: phrase.anchor, role: owner.role, detail: owner.detail, needsResult: owner.needsResult,
                    namesCountry: (phrase.before + phrase.after).contains { $0.kind == .country }, start: start,
                    middle: middle, end: Int32(elements.count)))
            let trigger = Trigger(entry: number, needs: (telling.set(1), telling.set(2), telling.set(3)))
            for word in telling.words {
                if owner.role == .sign {
                    signsByWord[Int(word)].append(trigger)
                } else {
                    byWord[Int(word)].append(trigger)
                }
            }
        }
        count = entries.count
        self.elements = .allocate(capacity: max(elements.count, 1))
        _ = self.elements.initialize(from: elements)
        self.entries = .allocate(capacity: max(entries.count, 1))
        _ = self.entries.initialize(from: entries)
        triggers = PackedLists(byWord)
        signTriggers = PackedLists(signsByWord)
    }

    deinit {
        elements.deallocate()
        entries.deallocate()
    }

    /// An element of a phrase.
    @inline(__always)
    func element(_ place: Int32) -> PhraseElement { elements[Int(place)] }

    /// Whether an entry is one word of a set, and nothing else.
    func isOneWord(_ entry: Entry) -> Bool { entry.end - entry.start == 1 && element(entry.start).kind == .words }

    /// An entry by its number.
    @inline(__always)
    func entry(_ number: UInt32) -> Entry { entries[Int(number)] }

    /// The entries that may be worth trying where a sentence has a word; those of 0 may always be.
    @inline(__always)
    func triggers(ofWord word: UInt16) -> UnsafeBufferPointer<Trigger> { triggers[Int(word)] }

    /// The signs that may be worth looking for where a sentence has a word; those of 0 may always be.
    @inline(__always)
    func signTriggers(ofWord word: UInt16) -> UnsafeBufferPointer<Trigger> { signTriggers[Int(word)] }
}

/// The sets of words that a sentence has to have one of for a phrase to be in it, those that say most first.
private struct TellingSets {
    private let sets: [UInt16]
    /// The words of the first one; word 0, which is none, where there is none.
    let words: [UInt16]

    init(_ phrase: Phrase, _ vocabulary: Vocabulary) {
        let needed = (phrase.before + phrase.after).filter { $0.kind == .words && !$0.isOptional }.map(\.set)
        let costs = Set(needed).map { set in
            let words = vocabulary.setWords[Int(set)]
            return (set: set, cost: words.count + words.count { vocabulary.isCommon($0) } * 1000)
        }
        sets = costs.sorted { ($0.cost, $0.set) < ($1.cost, $1.set) }.map(\.set)
        words = sets.first.map { vocabulary.setWords[Int($0)] } ?? [0]
    }

    /// The set at a place; where there are fewer, the one that every sentence has.
    func set(_ place: Int) -> UInt16 { place < sets.count ? sets[place] : Vocabulary.anySet }
}

extension Language.Owner {
    fileprivate var role: PhraseBook.Role {
        switch self {
        case .notName: .notName
        case .certain: .certain
        case .belonging: .belonging
        case .representation: .representation
        case .location: .location
        case .tie: .tie
        case .result: .result
        case .statement: .statement
        case .veto: .veto
        case .sign: .sign
        }
    }

    fileprivate var detail: UInt8 {
        switch self {
        case .statement(let mechanism, _): mechanism.rawValue
        case .veto(let obstacle): obstacle.rawValue
        case .sign(let number): number
        default: 0
        }
    }

    fileprivate var needsResult: Bool {
        if case .statement(_, let needsResult) = self { return needsResult }
        return false
    }
}
