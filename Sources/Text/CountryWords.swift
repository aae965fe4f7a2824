import Primitives

/// A text by which narratives speak of a country.
public struct CountryWord: Sendable {
    /// What such a text is.
    public enum Kind: Sendable {
        /// A name of a country. In Spanish it may be a demonym, too: `argentina`, `filipinas`.
        case name
        /// An adjective, or a noun for people: `Mexican`, `mexicanas`.
        case demonym
    }

    /// The text as `TextNormaliser.appendFoldedForMatching` leaves it; punctuation stays (`u.s. virgin islands`).
    public let text: [UInt8]
    /// What the text is.
    public let kind: Kind
    /// True where a text of a US city often means something else by it: a state or a place of the US (`Georgia`), a
    /// person (`Jordan`, `Chad`), a hospital (`St. Vincent`), a language that is offered (`Spanish`), or another word
    /// of English or Spanish (`Turkey`, `Polish`, `Antigua`).
    ///
    /// Not so for names that mostly mean the country though towns or things have them (`China`, `Peru`), nor for parts
    /// of longer names (`New Mexico`, `British Columbia`, `Cuban American`), which the words around tell apart.
    public let isAmbiguous: Bool
    /// The countries that it means, sorted by their code: `Congolese` means two, most texts mean one.
    public internal(set) var countries: [Country]
}

extension Countries {
    /// The texts by which narratives speak of countries, each once, sorted by their bytes.
    ///
    /// They are the names of `countries.txt`, a few that only narratives use (`Korea`), and English and Spanish
    /// demonyms. Codes are not among them, except for `USA`; neither is `American`, which in a US city means no other
    /// country.
    public static let words: [CountryWord] = CountryWordList(list, PackageResources.demonyms_txt).words
}

/// What the built-in files say of names and demonyms.
struct CountryWordList: ~Copyable {
    private var text = TextNormaliser(bytesMax: 256)
    private var folded = ByteBuffer(capacity: 256)
    private var byText: [[UInt8]: CountryWord] = [:]
    private var ambiguous: Set<[UInt8]> = []

    /// Makes a list from names and the lines of `demonyms.txt`, whose first lines say what they are.
    init(_ countries: CountryList, _ file: [UInt8]) {
        let lines = file.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }.map {
            $0.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(Self.texts)
        }
        for line in lines where line[0] == [[UInt8(ascii: "?")]] {
            ambiguous.formUnion(line[1...].joined().map { fold($0) })
        }
        // Names before demonyms, so that what is both is a name.
        for entry in countries.written { add(entry.name, .name, entry.country) }
        for line in lines {
            guard let code = line[0].first,
                let country = countries.countries.first(where: { $0.alpha2.elementsEqual(code) })
            else { continue }
            for name in line.dropFirst(3).joined() { add(name, .name, country) }
            for demonym in line.dropFirst().prefix(2).joined() { add(demonym, .demonym, country) }
        }
    }

    /// All words, sorted by their bytes.
    var words: [CountryWord] { byText.values.sorted { $0.text.lexicographicallyPrecedes($1.text) } }

    /// The texts of a field, which stand between semicolons.
    private static func texts(_ field: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        field.split(separator: UInt8(ascii: ";"))
    }

    private mutating func add(_ word: ArraySlice<UInt8>, _ kind: CountryWord.Kind, _ country: Country) {
        let word = fold(word)
        var entry =
            byText[word]
            ?? CountryWord(text: word, kind: kind, isAmbiguous: ambiguous.contains(word), countries: [])
        guard !entry.countries.contains(country) else { return }
        let place = entry.countries.firstIndex { $0.place > country.place } ?? entry.countries.endIndex
        entry.countries.insert(country, at: place)
        byText[word] = entry
    }

    /// The form for matching; empty for what is no text, as a test sees.
    private mutating func fold(_ word: ArraySlice<UInt8>) -> [UInt8] {
        folded.clear()
        _ = try? word.withUnsafeBytes { try text.appendFoldedForMatching($0, to: &folded) }
        return folded.array()
    }
}
