/// A piece of HTML. What is put into it as text is escaped; only other pieces and what stands in the code are not.
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// The markup.
    private(set) var text: String

    /// Markup that stands in the code.
    init(stringLiteral value: String) { text = value }

    /// Markup with texts and other pieces in it.
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// A text, escaped.
    init(_ text: String) { self.text = HTML.escaped(text) }

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
        mutating func appendInterpolation(_ text: String) { self.text += HTML.escaped(text) }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ html: [HTML]) { for part in html { text += part.text } }
        mutating func appendInterpolation(_ number: Int) { text += String(number) }
    }

    /// What has a meaning in HTML written out, and what no document may hold replaced.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: needsLook) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": shown += "&amp;"
            case "<": shown += "&lt;"
            case ">": shown += "&gt;"
            case "\"": shown += "&quot;"
            case "'": shown += "&#39;"
            case "\t", "\n", "\r": shown += " "
            default: shown.unicodeScalars.append(isForbidden(scalar) ? "\u{fffd}" : scalar)
            }
        }
        return shown
    }

    /// Whether a byte is to be escaped, or may begin a scalar that is to be replaced.
    private static func needsLook(_ byte: UInt8) -> Bool {
        switch byte {
        case ..<0x20, 0x22, 0x26, 0x27, 0x3c, 0x3e, 0x7f, 0xc2, 0xe2, 0xef: true
        default: false
        }
    }

    /// Control characters, and those that turn the direction of all text that follows.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}", "\u{fffe}",
            "\u{ffff}":
            true
        default: false
        }
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
