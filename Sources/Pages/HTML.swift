import Primitives

/// A piece of HTML. What is put into it as text is escaped; only other pieces and what stands in the code are not.
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The markup.
    private(set) var text: String

    /// Markup that stands in the code.
    init(stringLiteral value: String) { text = value }

    /// Markup with texts and other pieces in it.
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// A text, escaped.
    init(_ text: String) { self.text = Markup.escaped(text) }

    /// Markup that another part of the program has made, such as a plot.
    init(made markup: String) { text = markup }

    /// Nothing.
    static let empty: HTML = ""

    /// Appends a piece.
    static func += (left: inout HTML, right: HTML) { left.text += right.text }

    /// One piece after the other.
    static func + (left: HTML, right: HTML) -> HTML {
        var both = left
        both += right
        return both
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { text.isEmpty }

    /// Collects markup; text is escaped on its way.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ text: String) { self.text += Markup.escaped(text) }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ html: [HTML]) { for part in html { text += part.text } }
        mutating func appendInterpolation(_ number: Int) { text += String(number) }
    }
}

extension [HTML] {
    /// One after the other, with something between them.
    func joined(_ separator: HTML = .empty) -> HTML {
        var all = HTML.empty
        for (place, part) in enumerated() {
            if place > 0 { all += separator }
            all += part
        }
        return all
    }
}
