import Primitives

/// The characters that plots in a terminal are made of.
public struct TerminalGlyphs: Sendable, Hashable {
    /// From almost nothing to full, for heights.
    let heights: [Character]
    /// From almost nothing to full, for lengths.
    let lengths: [Character]
    let (withheld, notStated): (Character, Character)
    let (corner, floor, wall): (String, String, String)
    let ellipsis: String

    /// Block elements, with eighths of a cell (Unicode, U+2580 to U+259F).
    public static let unicode = TerminalGlyphs(
        heights: Array("▁▂▃▄▅▆▇█"), lengths: Array("▏▎▍▌▋▊▉█"), withheld: "×", notStated: "?", corner: "└", floor: "─",
        wall: "│", ellipsis: "…")

    /// For terminals and logs that know ASCII only. Labels stay as they are given.
    public static let ascii = TerminalGlyphs(
        heights: Array("_.-=+*%#"), lengths: Array("#"), withheld: "x", notStated: "?", corner: "+", floor: "-",
        wall: "|", ellipsis: "...")

    /// A width that plots are made for: 40 to 200.
    static func width(_ width: Int) -> Int { min(200, max(40, width)) }

    /// A line of one character for each figure, from 0 to the largest.
    func line(_ values: [ChartValue]) -> String {
        let largest = values.compactMap(\.drawn).max() ?? 0
        return String(
            values.map { value -> Character in
                switch value {
                case .withheld: return withheld
                case .notStated: return notStated
                case .value:
                    guard let amount = value.drawn else { return notStated }
                    let share = largest > 0 ? amount / largest : 0
                    return heights[min(heights.count - 1, Int(share * Double(heights.count)))]
                }
            })
    }

    /// A bar so many cells long; what is not 0 has at least the smallest piece.
    func bar(_ share: Double, cells: Int) -> String {
        let pieces = share > 0 ? max(1, Int((share * Double(cells * lengths.count)).rounded())) : 0
        let (full, rest) = pieces.quotientAndRemainder(dividingBy: lengths.count)
        let end = rest > 0 ? String(lengths[rest - 1]) : ""
        return String(repeating: lengths[lengths.count - 1], count: full) + end
    }

    /// What the two marks of absence stand for, where there are any.
    func legend(_ values: [ChartValue], _ locale: ChartLocale) -> [String] {
        var words: [String] = []
        if values.contains(.withheld) { words.append("\(withheld) \(locale.words.withheld)") }
        if values.contains(.notStated) { words.append("\(notStated) \(locale.words.notStated)") }
        return words
    }

    /// Lines of text, none wider than a width, and nothing in them that acts on a terminal.
    func page(_ lines: [String], width: Int) -> String {
        lines.map { line in
            var shown = DisplayWidth.fitted(line.printable, to: width, ellipsis: ellipsis)
            while shown.last == " " { shown.removeLast() }
            return shown + "\n"
        }.joined()
    }
}
