public import Connections
import Text

/// A rule so simple that the method has to be better to be worth its cost.
public enum Baseline: String, CaseIterable, Sendable {
    /// A text claims a connection where it holds a country, a demonym or the name of a foreign city.
    case foreignWord = "any-foreign-word"
    /// A text claims a connection where it holds a word such as sister city, consulate, exchange or agreement.
    case tieWords = "tie-words"
    /// Every text does.
    case alwaysYes = "always-yes"
}

/// How often a naive rule is right about passages. Events have no words and are left out.
public struct BaselineFigures: Sendable, Hashable {
    /// The rule.
    public let baseline: Baseline
    /// Of the passages that can be decided by themselves, as the method's own figures are.
    public let decidable: Detection
    /// Of all passages.
    public let all: Detection
}

/// The naive rules, each a function of the text alone.
public struct Baselines: Sendable {
    private static let tieWords = WordList(PackageResources.tie_words_txt)
    /// Of the United States and their territories: no foreign words.
    private static let homeCountries = ["US", "AS", "GU", "MP", "PR", "UM", "VI"]
    /// Names of countries and demonyms, but for those of home.
    private static let countries = PhraseList(
        Countries.words
            .filter { word in
                word.countries.contains { !homeCountries.contains(String(decoding: $0.alpha2, as: UTF8.self)) }
            }
            .map { String(decoding: $0.text, as: UTF8.self) })

    private let cities: PhraseList

    /// Makes the rules.
    /// - Parameter cities: names of foreign cities.
    public init(cities: [String]) {
        self.cities = PhraseList(cities)
    }

    /// Makes the rules with the sister and friendship cities of a registry, by all their names.
    public init(_ registry: Registry) {
        let rows = registry.connections.filter { $0.type == .sisterCity || $0.type == .friendshipCity }
        self.init(cities: rows.flatMap { [$0.partner] + ($0.names + $0.aliases).map(\.text) })
    }

    /// What a rule says of a text.
    public func says(_ baseline: Baseline, of text: String) -> Bool {
        if baseline == .alwaysYes { return true }
        var reader = WordReader()
        let words = reader.words(text)
        if baseline == .tieWords { return Baselines.tieWords.isFound(in: words) }
        return Baselines.countries.isFound(in: words) || cities.isFound(in: words)
    }

    /// The figures of all rules.
    func figures(of cases: [LabelledCase]) -> [BaselineFigures] {
        Baseline.allCases.map { baseline in
            var (decidable, all) = (Detection(), Detection())
            for labelled in cases {
                guard let text = labelled.text else { continue }
                let isClaimed = says(baseline, of: text)
                all.add(isClaimed: isClaimed, isPositive: labelled.label.isPositive)
                if labelled.isDecidable {
                    decidable.add(isClaimed: isClaimed, isPositive: labelled.label.isPositive)
                }
            }
            return BaselineFigures(baseline: baseline, decidable: decidable, all: all)
        }
    }
}
