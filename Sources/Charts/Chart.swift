/// A plot of plain data: as an image, and as the table behind it.
///
/// Pure: the same data, layout and locale give the same bytes. Images carry no colours of their own and no scripts: the
/// page supplies `ChartStylesheet.css` once.
public protocol Chart: Sendable {
    /// What names and explains the plot.
    var text: ChartText { get }

    /// An `<svg>` element that scales to the width it is given.
    func svg(_ layout: ChartLayout, locale: ChartLocale) -> String

    /// The same data as an HTML `<table>`.
    func table(locale: ChartLocale) -> String
}

extension Chart {
    /// The image in both layouts, of which the stylesheet shows the one that fits the screen.
    ///
    /// The hidden one is hidden from assistive technology too, since it is not displayed.
    public func responsiveSVG(locale: ChartLocale = .english) -> String {
        svg(.wide, locale: locale) + svg(.narrow, locale: locale)
    }
}

/// What names and explains a plot; the texts are those of the reader's language.
public struct ChartText: Sendable, Hashable {
    /// Stands for the plot within its page: letters, digits and hyphens; other characters become hyphens.
    public let id: String
    /// The name of the plot.
    public var title: String
    /// What can be seen in it, for those who do not see it.
    public var description: String

    /// Makes the texts.
    public init(id: String, title: String, description: String) {
        let isPlain = { (byte: UInt8) in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
        }
        self.id = String(decoding: id.utf8.map { isPlain($0) ? $0 : 45 }, as: UTF8.self)
        self.title = title
        self.description = description
    }
}

/// For which width an image is laid out; it scales from there, and its text with it.
public enum ChartLayout: String, Sendable, CaseIterable {
    /// For a page, a printed brief or a wall screen, from about 600 pixels on.
    case wide
    /// For a phone.
    case narrow
}
