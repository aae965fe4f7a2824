import Primitives

/// The table behind a plot: what it shows, for those who read figures or hear them.
struct HTMLTable {
    private let caption: String
    private let heads: [String]
    private var rows = ""

    init(_ caption: String, heads: [String]) {
        self.caption = caption
        self.heads = heads
    }

    /// Adds a row.
    mutating func add(_ head: String, _ cells: [(text: String, isAbsent: Bool)]) {
        rows += "<tr><th scope=\"row\">\(Markup.escaped(head))</th>"
        for cell in cells {
            rows += "<td\(cell.isAbsent ? " class=\"absent\"" : "")>\(Markup.escaped(cell.text))</td>"
        }
        rows += "</tr>\n"
    }

    /// The element.
    func finished() -> String {
        let head = heads.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
        return """
            <table class="chart-table">
            <caption>\(Markup.escaped(caption))</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>

            """
    }
}

extension ChartLocale {
    /// A cell with a figure, or with the word for why there is none.
    func cell(_ value: ChartValue, _ unit: ChartUnit) -> (text: String, isAbsent: Bool) {
        (full(value, unit), value.finite == nil)
    }
}
