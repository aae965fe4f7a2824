import Text

/// The words by which texts speak of a country, in folded form.
struct CountryWords {
    /// What it is called.
    private(set) var names: [String] = []
    /// What its people are called.
    private(set) var people: [String] = []

    /// The words of a country by its two-letter code; none for an unknown one.
    static func of(_ code: String) -> CountryWords { byCode[code] ?? CountryWords() }

    /// Whether a text is the name of a country, or of its people.
    static func isCountry(_ folded: [UInt8]) -> Bool { all.contains(folded) }

    private static let all = Set(Countries.words.map(\.text))
    private static let byCode: [String: CountryWords] = {
        var byCode: [String: CountryWords] = [:]
        for word in Countries.words {
            let text = String(decoding: word.text, as: UTF8.self)
            for country in word.countries {
                let code = String(decoding: country.alpha2, as: UTF8.self)
                switch word.kind {
                case .name: byCode[code, default: CountryWords()].names.append(text)
                case .demonym: byCode[code, default: CountryWords()].people.append(text)
                }
            }
        }
        return byCode
    }()
}
