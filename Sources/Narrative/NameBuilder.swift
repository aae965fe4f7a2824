import Connections
import Primitives
import Text

/// Collects the names of a registry in folded form.
struct NameBuilder {
    /// What a name means, while names are collected.
    struct Meaning {
        var uses: [NameIndex.Use] = []
        var isHome = false
        var country: Int32 = -1
        /// The types of connections for which it stands where one is named elsewhere.
        var anaphorOf = TypeSet()
    }

    private(set) var meanings: [Meaning] = []
    private(set) var contexts: [NameIndex.Context] = []
    private(set) var countries: [String] = []
    private let language: Language
    private var places: [[UInt8]: Int] = [:]
    private let folder = NameFolder()

    init(_ language: Language) {
        self.language = language
    }

    /// The names for the automaton, each with the place of its meaning.
    var phrases: [(phrase: [UInt8], value: Int32)] {
        places.map { (phrase: $0.key, value: Int32(truncatingIfNeeded: $0.value)) }.sorted { $0.value < $1.value }
    }

    /// Adds the names of a connection.
    mutating func add(_ facts: ConnectionFacts, _ index: Int) {
        for name in facts.names {
            let folded = folder.name(name.text)
            guard folded.count > 1 else { continue }
            add(folded, certainty(of: name, folded, facts), name, facts, index)
        }
        let words = facts.country.map { CountryWords.of($0) } ?? CountryWords()
        if facts.type == .consulate {
            let name = RegisteredName(facts.partner, country: facts.country)
            for word in words.names { add(folder.name(word), .asGiver, name, facts, index) }
            for word in words.people { add(folder.name(word), .withConsulate, name, facts, index) }
        }
        for template in language.derivedNames[facts.type] ?? [] {
            for (mark, list) in [("{country}", words.names), ("{people}", words.people)]
            where template.contains(mark) {
                for word in list {
                    let text = template.replacing(mark, with: word)
                    add(folder.name(text), .alone, RegisteredName(text, country: facts.country), facts, index)
                }
            }
        }
    }

    /// Adds the name of the home city.
    mutating func addHome(_ name: String) {
        let folded = folder.name(name)
        if !folded.isEmpty { meanings[place(of: folded)].isHome = true }
    }

    /// Adds the words that stand for a connection which is named elsewhere.
    mutating func addAnaphora() {
        for (type, words) in language.anaphora {
            for word in words { meanings[place(of: folder.name(word))].anaphorOf.insert(TypeSet(type)) }
        }
        for text in language.notAnaphora { _ = place(of: folder.name(text)) }
    }

    /// Adds a meaning for each connection that no phrase has: what such words are taken for.
    /// - Returns: the place of the first; the others follow in the order of the connections.
    mutating func addReferents(_ connections: [ConnectionFacts]) -> Int {
        let first = meanings.count
        for (index, facts) in connections.enumerated() {
            var meaning = Meaning()
            meaning.uses = [
                NameIndex.Use(
                    connection: Int32(truncatingIfNeeded: index), certainty: .alone, country: number(of: facts.country),
                    context: -1)
            ]
            meanings.append(meaning)
        }
        return first
    }

    /// Adds the countries of the connections, which can make a name certain and are none themselves.
    mutating func addCountries() {
        for (number, code) in countries.enumerated() {
            let words = CountryWords.of(code)
            for word in words.names + words.people + (language.regions[code] ?? []) {
                meanings[place(of: folder.name(word))].country = Int32(truncatingIfNeeded: number)
            }
        }
    }

    private mutating func add(
        _ folded: [UInt8], _ certainty: NameIndex.Certainty, _ name: RegisteredName, _ facts: ConnectionFacts,
        _ index: Int
    ) {
        let place = place(of: folded)
        if meanings[place].uses.contains(where: { Int($0.connection) == index && $0.certainty == certainty }) { return }
        meanings[place].uses.append(
            NameIndex.Use(
                connection: Int32(truncatingIfNeeded: index), certainty: certainty,
                country: number(of: name.country ?? facts.country), context: context(of: name)))
    }

    private mutating func context(of name: RegisteredName) -> Int32 {
        if name.near.isEmpty, name.notNear.isEmpty { return -1 }
        contexts.append(
            NameIndex.Context(
                near: name.near.map { folder.name($0) }, notNear: name.notNear.map { folder.name($0) }))
        return Int32(truncatingIfNeeded: contexts.count - 1)
    }

    private mutating func place(of folded: [UInt8]) -> Int {
        if let known = places[folded] { return known }
        places[folded] = meanings.count
        meanings.append(Meaning())
        return meanings.count - 1
    }

    private mutating func number(of country: String?) -> Int32 {
        guard let country else { return -1 }
        if let known = countries.firstIndex(of: country) { return Int32(truncatingIfNeeded: known) }
        countries.append(country)
        return Int32(truncatingIfNeeded: countries.count - 1)
    }

    /// How much a name says by itself: what the row says, else by the kind of connection.
    private mutating func certainty(
        of name: RegisteredName, _ folded: [UInt8], _ facts: ConnectionFacts
    ) -> NameIndex.Certainty {
        switch name.kind {
        case .place?: return .withContext
        case .organisation?: return .alone
        case nil: break
        }
        if CountryWords.isCountry(folded) { return .never }
        let words = Self.words(folded)
        switch facts.type {
        case .sisterCity, .friendshipCity:
            // `Ayuntamiento de Alcina`, `City of Alcina` and `Alcina, Nuevo León` say more than the name of the city;
            // `Alcina City` does not.
            let partner = folder.name(facts.partner)
            let city = Self.words(Array(partner.prefix { $0 != UInt8(ascii: ",") }))
            let more = words.filter { !city.contains($0) && !Self.cityWords.contains(Array($0)) }
            let isGovernment = ["city of ", "ciudad de "].contains { folded.starts(with: $0.utf8) }
            return words.count > city.count && (isGovernment || !more.isEmpty) && city.allSatisfy(words.contains)
                ? .alone : .withContext
        case .agreement: return words.count == 1 ? .withContext : .alone
        default: return .alone
        }
    }

    private static func words(_ folded: [UInt8]) -> [ArraySlice<UInt8>] {
        folded.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
    }

    private static let cityWords = Set(["city", "ciudad", "de", "of"].map { Array($0.utf8) })
}

/// Brings names into the form in which texts are searched.
final class NameFolder {
    private var search = SearchText()

    /// The name without what stands in parentheses at its end, folded.
    func name(_ text: String) -> [UInt8] {
        var text = text[...]
        if text.hasSuffix(")"), let opening = text.lastIndex(of: "("), opening > text.startIndex {
            text = text[..<opening]
        }
        let folded = Array(text.utf8).withUnsafeBytes { Array(search.fold($0)) }
        // A hyphen and a space are one in a name, and a name is one paragraph.
        return folded.map { $0 == UInt8(ascii: "-") || $0 == 0x0a ? 0x20 : $0 }.trimmed
    }
}

extension [UInt8] {
    /// The bytes without spaces at both ends, and with single ones between.
    fileprivate var trimmed: [UInt8] { Array(split(separator: 0x20).joined(separator: [0x20])) }
}
