/// How many columns of a terminal a text takes up: 0 for marks that combine and for what is not printed, 2 for the wide
/// scripts of East Asia and for emoji (Unicode Standard Annex 11, in ranges).
enum DisplayWidth {
    static func of(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + of($1) } }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value < 32 || (127..<160).contains(scalar.value) ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
        0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
        0x20000...0x3fffd,
    ]

    /// The text, cut or filled with spaces to a width in columns.
    /// - Parameter ellipsis: what stands at the end of a text that was cut.
    static func fitted(_ text: String, to width: Int, ellipsis: String) -> String {
        let total = of(text)
        if total <= width { return text + String(repeating: " ", count: width - total) }
        var kept = ""
        var used = of(ellipsis)
        for character in text {
            let next = of(String(character))
            guard used + next <= width else { break }
            used += next
            kept.append(character)
        }
        let end = of(ellipsis) <= width ? ellipsis : ""
        return kept + end + String(repeating: " ", count: max(0, width - of(kept + end)))
    }
}
