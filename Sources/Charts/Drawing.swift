import Primitives

/// An image in the making: shapes and text at places in units of the image.
struct Drawing {
    let width: Double
    /// Grows with what is laid out downwards.
    var height = 0.0
    private let layout: ChartLayout
    private let text: ChartText
    private var body = ""
    private var patterns: Set<String> = []

    /// Where a text stands by its place.
    enum Anchor: String {
        case start, middle, end
    }

    init(_ text: ChartText, _ layout: ChartLayout, width: Double? = nil) {
        self.text = text
        self.layout = layout
        self.width = width ?? (layout == .wide ? 720 : 360)
    }

    private var id: String { "\(text.id)-\(layout.rawValue)" }

    // MARK: Shapes

    /// A rectangle. What is drawn with a title shows it where a pointer rests.
    mutating func rect(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ styles: String, title: String = ""
    ) {
        shape(
            "rect x=\"\(at(x))\" y=\"\(at(y))\" width=\"\(at(max(0, width)))\" height=\"\(at(max(0, height)))\"",
            styles,
            title)
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ styles: String) {
        shape("line x1=\"\(at(x1))\" y1=\"\(at(y1))\" x2=\"\(at(x2))\" y2=\"\(at(y2))\"", styles, "")
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ styles: String, title: String = "") {
        shape("circle cx=\"\(at(x))\" cy=\"\(at(y))\" r=\"\(at(radius))\"", styles, title)
    }

    /// A polygon or an open line through points.
    mutating func path(
        _ points: [(x: Double, y: Double)], _ styles: String, isClosed: Bool = false, title: String = ""
    ) {
        let data = points.map { "\(at($0.x)) \(at($0.y))" }.joined(separator: "L")
        outline("M" + data + (isClosed ? "Z" : ""), styles, title: title)
    }

    /// A path whose data are at hand.
    /// - Parameter isHatched: true for the outline of what is withheld.
    mutating func outline(_ data: String, _ styles: String, isHatched: Bool = false, title: String = "") {
        if isHatched { patterns.insert("hatching") }
        shape("path d=\"\(data)\"" + (isHatched ? " fill=\"url(#\(id)-hatching)\"" : ""), styles, title)
    }

    /// A rectangle in the colour of a series, with its texture over it.
    mutating func filled(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, series: Int, title: String = ""
    ) {
        rect(x, y, width, height, Palette.color(series), title: title)
        let texture = Palette.texture(series)
        if !texture.isEmpty { textured(x, y, width, height, texture, "", title) }
    }

    /// The hatched box that stands for a withheld figure.
    mutating func hatched(_ x: Double, _ y: Double, _ width: Double, _ height: Double, title: String = "") {
        textured(x, y, width, height, "hatching", "withheld", title)
    }

    private mutating func textured(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ texture: String, _ styles: String,
        _ title: String
    ) {
        patterns.insert(texture)
        shape(
            "rect x=\"\(at(x))\" y=\"\(at(y))\" width=\"\(at(width))\" height=\"\(at(height))\" "
                + "fill=\"url(#\(id)-\(texture))\"", styles, title)
    }

    /// The hollow diamond that stands for a figure that is not stated.
    mutating func diamond(_ x: Double, _ y: Double, title: String = "", size: Double = 5) {
        path([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], "unstated", isClosed: true, title: title)
    }

    /// A line of text on a base line.
    mutating func label(
        _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ styles: String = "", whole: String? = nil
    ) {
        let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let title = whole == nil || whole == text ? "" : "<title>\(Markup.escaped(whole ?? ""))</title>"
        body +=
            "<text x=\"\(at(x))\" y=\"\(at(y))\"\(side)\(Self.styled(styles))>\(Markup.escaped(text))\(title)</text>\n"
    }

    private mutating func shape(_ start: String, _ styles: String, _ title: String) {
        body += "<\(start)\(Self.styled(styles))"
        body += title.isEmpty ? "/>\n" : "><title>\(Markup.escaped(title))</title></\(start.prefix { $0 != " " })>\n"
    }

    private static func styled(_ styles: String) -> String { styles.isEmpty ? "" : " class=\"\(styles)\"" }

    /// A coordinate: one decimal, and none where it is 0.
    private func at(_ value: Double) -> String { FixedDecimal.text(value, 1, trimmed: true) }

    // MARK: The whole

    /// The words for a plot without figures, instead of any.
    mutating func empty(_ words: String) {
        height = 120
        label(TextFit.cut(words, to: width, size: 13), width / 2, 65, .middle, "quiet", whole: words)
    }

    /// The element.
    func finished() -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="chart chart-\(layout.rawValue)" \
        viewBox="0 0 \(at(width)) \(at(height.rounded(.up)))" role="img" \
        aria-labelledby="\(id)-title \(id)-desc">
        <title id="\(id)-title">\(Markup.escaped(text.title))</title>
        <desc id="\(id)-desc">\(Markup.escaped(text.description))</desc>
        \(definitions)\(body)</svg>

        """
    }

    private var definitions: String {
        guard !patterns.isEmpty else { return "" }
        let made = patterns.sorted().map { name in
            let content =
                switch name {
                case "dots": "width=\"6\" height=\"6\"><circle class=\"speck\" cx=\"3\" cy=\"3\" r=\"1.3\"/>"
                case "stripes":
                    "width=\"6\" height=\"6\" patternTransform=\"rotate(45)\">"
                        + "<line class=\"stripe\" x1=\"3\" y1=\"0\" x2=\"3\" y2=\"6\"/>"
                default:
                    "width=\"4\" height=\"4\" patternTransform=\"rotate(45)\">"
                        + "<line class=\"hatch\" x1=\"2\" y1=\"0\" x2=\"2\" y2=\"4\"/>"
                }
            return "<pattern id=\"\(id)-\(name)\" patternUnits=\"userSpaceOnUse\" \(content)</pattern>"
        }
        return "<defs>\(made.joined())</defs>\n"
    }
}
