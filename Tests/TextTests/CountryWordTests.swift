import Primitives
import Testing

@testable import Text

@Suite struct CountryWordTests {
    private static let words = Dictionary(uniqueKeysWithValues: Countries.words.map { ($0.text, $0) })
    /// The fields of the lines of `demonyms.txt`, each as its folded texts; the code stays as it is.
    private static let lines: [(code: String, fields: [[[UInt8]]])] =
        String(decoding: PackageResources.demonyms_txt, as: UTF8.self).split(separator: "\n")
        .filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            return (String(fields[0]), fields.dropFirst().map { $0.split(separator: ";").map { fold(String($0)) } })
        }

    private static func fold(_ text: String) -> [UInt8] {
        var normaliser = TextNormaliser()
        var buffer = ByteBuffer()
        do {
            try Array(text.utf8).withUnsafeBytes { try normaliser.appendFoldedForMatching($0, to: &buffer) }
        } catch {
            Issue.record("\(text): \(error)")
        }
        return buffer.array()
    }

    private static func codes(_ word: CountryWord) -> [String] {
        word.countries.map { String(decoding: $0.alpha2, as: UTF8.self) }
    }

    @Test(arguments: [
        ("Mexican", "MX"), ("mexicanas", "MX"), ("Congolese", "CD CG"), ("Koreans", "KP KR"), ("South Korean", "KR"),
        ("Guinean", "GN GQ GW"), ("guineanos", "GN GQ GW"), ("Dominican", "DM DO"), ("dominicana", "DO"),
        ("dominiqués", "DM"), ("Dutch", "NL"), ("holandés", "NL"), ("British", "GB"), ("Englishmen", "GB"),
        ("Scottish", "GB"), ("galesa", "GB"), ("Northern Irish", "GB"), ("Irish", "IE"), ("Emiratis", "AE"),
        ("emiratíes", "AE"), ("Taiwanese", "TW"), ("Hong Konger", "HK"), ("alemanas", "DE"), ("español", "ES"),
        ("Spaniards", "ES"), ("japonesas", "JP"), ("Nigerien", "NE"), ("Nigerian", "NG"), ("Filipina", "PH"),
        ("costarricenses", "CR"), ("vietnamitas", "VN"), ("Samoan", "AS WS"), ("Swiss", "CH"),
        ("Curaçaoan", "CW"), ("American", ""), ("estadounidenses", ""), ("Americans", ""), ("Hindu", ""), ("finés", ""),
    ])
    func demonyms(_ text: String, _ codes: String) {
        let word = Self.words[Self.fold(text)]
        #expect((word.map(Self.codes) ?? []).joined(separator: " ") == codes)
        #expect(codes.isEmpty || word?.kind == .demonym)
    }

    @Test(arguments: [
        ("Mexico", "MX"), ("MÉXICO", "MX"), ("United  Kingdom", "GB"), ("UK", "GB"), ("UAE", "AE"), ("USA", "US"),
        ("United States", "US"), ("Côte d'Ivoire", "CI"), ("Korea", "KP KR"), ("Corea", "KP KR"), ("Congo", "CD CG"),
        ("DR Congo", "CD"), ("Virgin Islands", "VG VI"), ("U.S. Virgin Islands", "VI"), ("Republic of China", "TW"),
        ("People's Republic of China", "CN"), ("Irlanda del Norte", "GB"), ("Argentina", "AR"), ("Filipinas", "PH"),
        ("CA", ""), ("IN", ""), ("US", ""), ("GEO", ""), ("MEX", ""), ("Republic of Georgia", "GE"),
    ])
    func names(_ text: String, _ codes: String) {
        let word = Self.words[Self.fold(text)]
        #expect((word.map(Self.codes) ?? []).joined(separator: " ") == codes)
        #expect(codes.isEmpty || word?.kind == .name)
    }

    @Test(arguments: [
        ("Georgia", true), ("Jordan", true), ("Chad", true), ("Turkey", true), ("Polish", true), ("Antigua", true),
        ("St. Vincent", true), ("English", true), ("Mexico", false), ("Jordanian", false), ("Japan", false),
        ("Republic of Georgia", false), ("Türkiye", false), ("China", false), ("Asian Indian", false), ("UK", false),
    ])
    func ambiguity(_ text: String, _ isAmbiguous: Bool) {
        #expect(Self.words[Self.fold(text)]?.isAmbiguous == isAmbiguous)
    }

    @Test func areFoldedAndStandOnceInOrder() {
        for (word, next) in zip(Countries.words, Countries.words.dropFirst()) {
            #expect(word.text.lexicographicallyPrecedes(next.text))
        }
        for word in Countries.words {
            #expect(!word.text.isEmpty && Self.fold(String(decoding: word.text, as: UTF8.self)) == word.text)
            let codes = Self.codes(word)
            #expect(!codes.isEmpty && codes == Set(codes).sorted())
        }
    }

    @Test func holdEveryNameAndNoCode() {
        for (name, country) in Countries.list.written {
            let word = Self.words[Self.fold(String(decoding: name, as: UTF8.self))]
            #expect(word?.kind == .name && word?.countries.contains(country) == true)
        }
        let short = Countries.words.filter { $0.text.count <= 3 }.map { String(decoding: $0.text, as: UTF8.self) }
        #expect(short == ["bvi", "drc", "eua", "ksa", "lao", "prc", "rmi", "uae", "uk", "usa"])
    }

    @Test func holdEveryLineOfTheFile() {
        let codes = Self.lines.map(\.code).filter { $0 != "?" }
        #expect(codes == Set(codes).sorted())
        let known = Set(Countries.all.map { String(decoding: $0.alpha2, as: UTF8.self) })
        for (code, fields) in Self.lines where code != "?" {
            #expect(known.contains(code) && (2...3).contains(fields.count), "\(code)")
            for field in fields {
                #expect(Set(field).count == field.count, "\(code) has a word twice")
                for text in field { #expect(Self.words[text].map(Self.codes)?.contains(code) == true, "\(code)") }
            }
        }
        #expect(Self.lines.count { $0.code != "?" && !$0.fields[0].isEmpty && !$0.fields[1].isEmpty } >= 190)
    }

    @Test func whatIsAmbiguousIsAWord() {
        var seen: Set<[UInt8]> = []
        for (_, fields) in Self.lines where fields.count == 1 {
            for text in fields[0] {
                #expect(Self.words[text]?.isAmbiguous == true, "\(String(decoding: text, as: UTF8.self))")
                seen.insert(text)
            }
        }
        #expect(Countries.words.count(where: \.isAmbiguous) == seen.count)
    }
}
