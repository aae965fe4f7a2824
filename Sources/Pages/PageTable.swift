/// A table with a caption, heads and links, in a region that scrolls where the screen is too narrow.
struct PageTable {
    /// A cell.
    struct Cell {
        let html: HTML
        let isNumber: Bool

        /// A cell of text.
        static func text(_ html: HTML) -> Cell { Cell(html: html, isNumber: false) }
        /// A cell with a figure, which stands to the right.
        static func number(_ html: HTML) -> Cell { Cell(html: html, isNumber: true) }
    }

    let id: String
    let caption: String
    /// The heads; those of numbers stand to the right.
    let heads: [(text: String, isNumber: Bool)]
    /// Whether the caption is shown, or only told.
    var showsCaption = true
    private var rows: HTML = .empty
    private(set) var count = 0

    init(_ id: String, _ caption: String, heads: [(text: String, isNumber: Bool)], showsCaption: Bool = true) {
        (self.id, self.caption, self.heads, self.showsCaption) = (id, caption, heads, showsCaption)
    }

    /// Adds a row, the first cell of which heads it.
    mutating func add(_ head: HTML, _ cells: [Cell]) {
        rows += "<tr><th scope=\"row\">\(head)</th>"
        for cell in cells { rows += cell.isNumber ? "<td class=\"number\">\(cell.html)</td>" : "<td>\(cell.html)</td>" }
        rows += "</tr>\n"
        count += 1
    }

    /// The element.
    var html: HTML {
        let heads = heads.map { head -> HTML in
            head.isNumber
                ? "<th scope=\"col\" class=\"number\">\(head.text)</th>" : "<th scope=\"col\">\(head.text)</th>"
        }
        let captionClass: HTML = showsCaption ? "" : " class=\"unseen\""
        return """
            <div class="scroll" role="region" aria-labelledby="\(id)-caption" tabindex="0">
            <table class="data"><caption id="\(id)-caption"\(captionClass)>\(caption)</caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(rows)</tbody></table></div>

            """
    }
}
