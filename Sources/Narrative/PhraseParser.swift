import Primitives
import Text

/// Why a phrase of a rules file cannot be read.
struct PhraseError: Error, Equatable {
    let message: String
}

/// Reads phrases as a rules file writes them (docs/rules.md, "Phrases") and brings them into the form that is matched.
///
/// Alternatives of more than one word, and parts that may be left out, are written out: one line of the file can become
/// several phrases.
struct PhraseParser {
    /// Phrases that one line may become; enough for what a person can still read.
    static let phrasesMax = 512
    /// Words of a gap, at most.
    static let gapMax = 12
    private static let partner = "{partner}"
    private static let statement = "{statement}"

    private(set) var builder = VocabularyBuilder()
    /// The lists of words by name; a member has one word or several.
    private var lists: [String: [[String]]] = [:]
    private let folder = WordFolder()

    /// The names of the lists, for messages.
    var listNames: [String] { lists.keys.sorted() }

    /// Takes a list of words.
    /// - Throws: what is wrong with a member.
    mutating func addList(_ name: String, _ members: [String]) throws(PhraseError) {
        var words: [[String]] = []
        for member in members {
            let split = folder.words(member)
            guard !split.isEmpty else {
                throw PhraseError(message: "expected words of letters and digits")
            }
            words.append(split)
        }
        lists[name] = words
    }

    /// The numbers of the words of a list, where each is one word; those of several words are left out.
    mutating func singleWords(_ name: String) -> [UInt16] {
        (lists[name] ?? []).filter { $0.count == 1 }.map { builder.word($0[0]) }
    }

    /// The phrases that a line of the file stands for.
    /// - Throws: what was expected.
    mutating func phrases(_ text: String) throws(PhraseError) -> [Phrase] {
        var reader = PhraseReader(text)
        let sequence = try reader.whole()
        let written = try expand(sequence)
        var phrases: [Phrase] = []
        for items in written {
            let phrase = try phrase(items)
            if !phrases.contains(phrase) { phrases.append(phrase) }
        }
        return phrases
    }

    // MARK: Writing out

    /// One place of a phrase while alternatives are written out.
    private enum Item: Equatable {
        case words([String], isOptional: Bool)
        case mark(PhraseElement)
        case anchor(Phrase.Anchor)
    }

    private mutating func expand(_ sequence: [PhraseReader.Part]) throws(PhraseError) -> [[Item]] {
        var results: [[Item]] = [[]]
        for part in sequence {
            var choices = try choices(part.atom, isOptional: part.isOptional)
            if part.isOptional, !choices.allSatisfy(Self.isOptionalWord) { choices.append([]) }
            results = results.flatMap { result in choices.map { result + $0 } }
            guard results.count <= Self.phrasesMax else {
                throw PhraseError(message: "expected at most \(Self.phrasesMax) ways to read a phrase; write several")
            }
        }
        return results
    }

    /// True where a choice is one place that matching may leave out by itself.
    private static func isOptionalWord(_ items: [Item]) -> Bool {
        switch items.first {
        case .words(_, isOptional: true): items.count == 1
        case .mark(let element): items.count == 1 && element.isOptional
        default: false
        }
    }

    private mutating func choices(_ atom: PhraseReader.Atom, isOptional: Bool) throws(PhraseError) -> [[Item]] {
        switch atom {
        case .gap(let most, let staysInClause):
            return [[.mark(PhraseElement(kind: .gap, most: UInt8(most), staysInClause: staysInClause))]]
        case .mark(let name): return [[try mark(name, isOptional: isOptional)]]
        case .alternatives(let sequences):
            var single: [String] = []
            var choices: [[Item]] = []
            for sequence in sequences {
                for items in try expand(sequence) {
                    if case .words(let words, isOptional: false) = items.first, items.count == 1 {
                        single += words
                    } else {
                        choices.append(items)
                    }
                }
            }
            return single.isEmpty ? choices : [[.words(single, isOptional: isOptional)]] + choices
        case .list(let name):
            guard let members = lists[name] else {
                let near = NearestName.of(name, in: listNames).map { "; did you mean <\($0)>?" } ?? ""
                throw PhraseError(message: "there is no list <\(name)> under words\(near)")
            }
            let single = members.filter { $0.count == 1 }.map { $0[0] }
            let longer = members.filter { $0.count > 1 }.map { $0.map { Item.words([$0], isOptional: false) } }
            return (single.isEmpty ? [] : [[.words(single, isOptional: isOptional)]]) + longer
        case .word(let text):
            let words = folder.words(text)
            guard !words.isEmpty else {
                throw PhraseError(message: "expected words of letters and digits, and not \"\(text)\"")
            }
            if words.count == 1 { return [[.words(words, isOptional: isOptional)]] }
            return [words.map { .words([$0], isOptional: false) }]
        }
    }

    private func mark(_ name: String, isOptional: Bool) throws(PhraseError) -> Item {
        switch name {
        case Self.partner, Self.statement:
            if isOptional { throw PhraseError(message: "expected \(name) without ?") }
            return .anchor(name == Self.partner ? .partner : .statement)
        case "{home}": return .mark(PhraseElement(kind: .home, isOptional: isOptional))
        case "{elsewhere}": return .mark(PhraseElement(kind: .elsewhere, isOptional: isOptional))
        case "{connection}": return .mark(PhraseElement(kind: .connection, isOptional: isOptional))
        case "{number}": return .mark(PhraseElement(kind: .number, isOptional: isOptional))
        case "{money}": return .mark(PhraseElement(kind: .money, isOptional: isOptional))
        case "{country}": return .mark(PhraseElement(kind: .country, isOptional: isOptional))
        default:
            let marks = "{partner}, {statement}, {connection}, {home}, {elsewhere}, {country}, {number} or {money}"
            throw PhraseError(message: "\(name): expected \(marks)")
        }
    }

    private mutating func phrase(_ items: [Item]) throws(PhraseError) -> Phrase {
        var phrase = Phrase()
        for item in items {
            switch item {
            case .anchor(let anchor):
                guard phrase.anchor == .none else {
                    throw PhraseError(message: "expected one {partner} or {statement} in a phrase")
                }
                phrase.anchor = anchor
                phrase.before = phrase.after.reversed()
                phrase.after = []
            case .mark(let element): phrase.after.append(element)
            case .words(let words, let isOptional):
                let set = builder.set(words)
                phrase.after.append(PhraseElement(kind: .words, isOptional: isOptional, set: set))
            }
        }
        try check(phrase)
        return phrase
    }

    private func check(_ phrase: Phrase) throws(PhraseError) {
        if phrase.after.last?.kind == .gap || phrase.before.last?.kind == .gap {
            throw PhraseError(message: "expected a phrase that neither begins nor ends with ...")
        }
        let isFirm = (phrase.before + phrase.after).contains { $0.kind != .gap && !$0.isOptional }
        if !isFirm { throw PhraseError(message: "expected a word that is not optional") }
    }
}

/// Brings words of a rules file into the form in which texts are searched.
private final class WordFolder {
    private var search = SearchText()

    /// The words of a text.
    func words(_ text: String) -> [String] {
        Array(text.utf8).withUnsafeBytes { Tokens.words(of: search.fold($0)) }
    }
}
