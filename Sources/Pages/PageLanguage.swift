public import Charts

/// A language of the pages.
public enum PageLanguage: String, Sendable, CaseIterable {
    /// English as in the United States.
    case english = "en"
    /// Spanish as in the United States and Latin America.
    case spanish = "es"

    /// Its name in itself.
    var ownName: String { self == .english ? "English" : "Español" }

    /// How its numbers and months are written in plots.
    public var chartLocale: ChartLocale { self == .english ? .english : .spanish }
}
