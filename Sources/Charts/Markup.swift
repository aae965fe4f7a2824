/// Text within markup.
enum Markup {
    /// The text with what has a meaning in HTML and XML written out, and what XML 1.0 does not allow replaced.
    static func escaped(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": shown += "&amp;"
            case "<": shown += "&lt;"
            case ">": shown += "&gt;"
            case "\"": shown += "&quot;"
            case "'": shown += "&#39;"
            case "\t", "\n", "\r": shown += " "
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{fffe}", "\u{ffff}": shown += "\u{fffd}"
            // These turn the direction of all text that follows.
            case "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": shown += "\u{fffd}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
