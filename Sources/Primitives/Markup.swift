/// Text within HTML and XML.
public enum Markup {
    /// The text with what has a meaning in markup written out, and what no document may hold replaced.
    ///
    /// Replaced by U+FFFD are the characters that XML 1.0 (section 2.2) does not allow or discourages, and those that
    /// turn the direction of all text that follows. Line ends and tabs become spaces.
    public static func escaped(_ text: String) -> String {
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

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}", "\u{fffe}",
            "\u{ffff}":
            true
        default: false
        }
    }
}
