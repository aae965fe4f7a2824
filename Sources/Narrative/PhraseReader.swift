/// The grammar of phrases: words, `a|b`, `(a b|c)`, `<list>`, `{partner}`, `...3`, `..3`, and `?` behind what may be
/// left out.
struct PhraseReader {
    /// One place, and whether the phrase is the same without it.
    struct Part {
        let atom: Atom
        let isOptional: Bool
    }

    /// What can stand at one place.
    indirect enum Atom {
        case word(String)
        case list(String)
        case mark(String)
        case gap(Int, staysInClause: Bool)
        case alternatives([[Part]])
    }

    private let text: [Character]
    private var place = 0
    private var depth = 0
    /// Parentheses inside one another.
    private static let depthMax = 4
    /// Words of a gap where nothing is said.
    private static let gapDefault = 6

    init(_ text: String) {
        self.text = Array(text)
    }

    /// The whole phrase.
    mutating func whole() throws(PhraseError) -> [Part] {
        let sequence = try sequence()
        guard place == text.count else { throw PhraseError(message: "expected no ) without (") }
        return sequence
    }

    private mutating func sequence() throws(PhraseError) -> [Part] {
        var parts: [Part] = []
        while true {
            while place < text.count, text[place].isWhitespace { place += 1 }
            guard place < text.count, text[place] != ")", text[place] != "|" || depth == 0 else { break }
            parts.append(try part())
        }
        guard !parts.isEmpty else { throw PhraseError(message: "expected words") }
        return parts
    }

    private mutating func part() throws(PhraseError) -> Part {
        let atom: Atom
        switch text[place] {
        case "(": atom = try group()
        case "<": atom = .list(String(try enclosed(until: ">").dropFirst().dropLast()))
        case "{": atom = .mark(try enclosed(until: "}"))
        case ".": atom = try gap()
        default: atom = try words()
        }
        let isOptional = place < text.count && text[place] == "?"
        if isOptional { place += 1 }
        if place < text.count, !text[place].isWhitespace, text[place] != ")", text[place] != "|" || depth == 0 {
            throw PhraseError(message: "expected a space between two parts of a phrase")
        }
        return Part(atom: atom, isOptional: isOptional)
    }

    private mutating func group() throws(PhraseError) -> Atom {
        depth += 1
        guard depth <= Self.depthMax else {
            throw PhraseError(message: "expected at most \(Self.depthMax) parentheses inside one another")
        }
        var sequences: [[Part]] = []
        repeat {
            place += 1
            sequences.append(try sequence())
        } while place < text.count && text[place] == "|"
        guard place < text.count, text[place] == ")" else { throw PhraseError(message: "expected )") }
        place += 1
        depth -= 1
        return .alternatives(sequences)
    }

    private mutating func enclosed(until end: Character) throws(PhraseError) -> String {
        guard let close = text[place...].firstIndex(of: end) else { throw PhraseError(message: "expected \(end)") }
        let found = String(text[place...close])
        place = close + 1
        return found
    }

    /// `...`, or `..` for a gap that ends at a comma, with the most words behind it.
    private mutating func gap() throws(PhraseError) -> Atom {
        var dots = 0
        while place < text.count, text[place] == "." {
            dots += 1
            place += 1
        }
        guard dots == 2 || dots == 3 else {
            throw PhraseError(message: "expected words, ... for a gap, or .. for one that ends at a comma")
        }
        var digits = ""
        while place < text.count, text[place].isNumber {
            digits.append(text[place])
            place += 1
        }
        guard let most = digits.isEmpty ? Self.gapDefault : Int(digits), (1...PhraseParser.gapMax).contains(most) else {
            throw PhraseError(message: "expected a gap of 1 to \(PhraseParser.gapMax) words, such as ...3")
        }
        return .gap(most, staysInClause: dots == 2)
    }

    /// A word, or words with | between them.
    private mutating func words() throws(PhraseError) -> Atom {
        var found: [String] = [""]
        while place < text.count, !text[place].isWhitespace, !"?()<>{}".contains(text[place]) {
            if text[place] == "|" {
                if depth > 0 { break }
                found.append("")
            } else {
                found[found.count - 1].append(text[place])
            }
            place += 1
        }
        guard found.allSatisfy({ !$0.isEmpty }) else { throw PhraseError(message: "expected a word beside |") }
        return found.count == 1
            ? .word(found[0]) : .alternatives(found.map { [Part(atom: .word($0), isOptional: false)] })
    }
}
