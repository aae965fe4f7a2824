/// How wide text is likely to be, since nothing here can ask a font.
///
/// Advances in em of DejaVu Sans, which is among the widest of the common sans-serif fonts: text that is said to fit
/// does with it, and the more so with Arial, Roboto or Segoe.
enum TextFit {
    /// The width of a text in a font of a size, both in units of the image.
    static func width(_ text: String, size: Double, isStrong: Bool = false) -> Double {
        text.unicodeScalars.reduce(0) { $0 + advance($1) } * size * (isStrong ? 1.12 : 1)
    }

    private static func advance(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        // Shown as a replacement character.
        case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}": 1
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", " ", "\u{a0}": 0.34
        case "f", "t", "r", "!", "(", ")", "-", "/", "[", "]", "·": 0.41
        case "m", "w", "M", "W", "@", "%", "—", "…": 1
        case "s", "c", "z", "k", "x", "v", "y", "J", "?", "L": 0.6
        case "A"..."Z": 0.77
        default:
            scalar.value < 0x250 ? 0.64 : DisplayWidth.of(scalar) == 2 ? 1.1 : DisplayWidth.of(scalar) == 0 ? 0 : 0.9
        }
    }

    /// The text, or its beginning with an ellipsis where it is too wide.
    static func cut(_ text: String, to width: Double, size: Double, isStrong: Bool = false) -> String {
        // What was measured to fit must not fail by rounding.
        let width = width + 0.01
        guard self.width(text, size: size, isStrong: isStrong) > width else { return text }
        var kept = ""
        var used = self.width("…", size: size, isStrong: isStrong)
        for character in text {
            used += self.width(String(character), size: size, isStrong: isStrong)
            guard used <= width else { break }
            kept.append(character)
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text in lines no wider than a width, broken at spaces; what the last line cannot hold is cut.
    static func lines(_ text: String, to width: Double, size: Double, max count: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var words = text.split(separator: " ").map(String.init)[...]
        while let word = words.first {
            let longer = line.isEmpty ? word : line + " " + word
            if lines.count == count - 1 {
                return lines + [
                    cut((line.isEmpty ? words : [line] + words).joined(separator: " "), to: width, size: size)
                ]
            }
            if line.isEmpty || self.width(longer, size: size) <= width {
                line = longer
                words.removeFirst()
            } else {
                lines.append(cut(line, to: width, size: size))
                line = ""
            }
        }
        return line.isEmpty ? lines : lines + [cut(line, to: width, size: size)]
    }
}
