import Indicators
import Releases

/// Tables all of whose figures lead to the pages that open them.
extension PageContext {
    /// Rows of slices with a column for each indicator. Rows without any figure are left out.
    func figureTable(
        _ id: String, _ caption: String, head: String, rows: [(name: HTML, slice: Slice)], columns: [Indicator],
        showsCaption: Bool = true
    ) -> HTML {
        var table = PageTable(
            id, caption, heads: [(head, false)] + columns.map { (texts["\($0.rawValue).short"], true) },
            showsCaption: showsCaption)
        for row in rows {
            let figures = columns.map { self.table[$0, row.slice] }
            guard figures.contains(where: { $0 != nil }) else { continue }
            table.add(row.name, figures.map { .number(link($0)) })
        }
        return table.count == 0 ? .empty : table.html
    }

    /// One indicator over time, with a column for each slice.
    func timeTable(
        _ id: String, _ caption: String, _ columns: [(name: String, indicator: Indicator, slice: Slice)]
    ) -> HTML {
        var table = PageTable(
            id, caption, heads: [(texts["period"], false)] + columns.map { ($0.name, true) }, showsCaption: false)
        for step in index.timeline.reversed() {
            let cells = columns.map { column -> PageTable.Cell in
                guard let figure = step[column.indicator, column.slice] else { return .number(link(nil)) }
                let route = PageRoute.indicator(column.indicator, column.slice, release: step.release.id)
                return .number(link(route, words(figure), figure.isStated ? "figure" : "figure absent"))
            }
            table.add(link(.release(step.release.id), periods.short(step.release)), cells)
        }
        return table.html
    }

    /// The figures of an indicator by one dimension beside fixed ones, the largest first and those that say nothing
    /// last.
    func ranked(_ indicator: Indicator, by dimensions: [Dimension], where fixed: Slice = Slice()) -> [ReleasedFigure] {
        let figures = table.all(indicator, by: dimensions, where: fixed)
        return figures.sorted { left, right in
            let (first, second) = (left.amount ?? -1, right.amount ?? -1)
            return first == second ? left.slice < right.slice : first > second
        }
    }

    /// A part of a page under a heading.
    func section(_ id: String, _ title: String, lead: HTML = .empty, _ content: HTML) -> HTML {
        guard !content.isEmpty else { return .empty }
        let lead: HTML = lead.isEmpty ? .empty : "<p class=\"section-lead\">\(lead)</p>\n"
        return """
            <section class="part" aria-labelledby="\(id)-title" id="\(id)">
            <h2 id="\(id)-title">\(title)</h2>
            \(lead)\(content)</section>

            """
    }
}
