import Charts
import Indicators
import Releases

/// What connections did for one department.
struct DepartmentPage {
    let context: PageContext
    let name: String
    private var texts: PageTexts { context.texts }
    private var slice: Slice { Slice([.department: name]) }

    /// The page; nil where the release has no such department.
    init?(_ context: PageContext, _ name: String) {
        (self.context, self.name) = (context, name)
        guard context.table.departments.contains(name) else { return nil }
    }

    var body: PageBody {
        let shown = context.names.department(name)
        return PageBody(
            title: shown.capitalisedFirst, summary: PlainText.of(sentence { HTML($1) }),
            html: """
                <nav class="crumbs" aria-label="\(texts["nav.crumbs"])"><ol>\
                <li>\(context.link(.release(context.release.id), context.periods.short(context.release)))</li>\
                </ol></nav>
                <p class="kicker">\(texts["department"]) · \(context.periods.span(context.release))</p>
                <h1>\(shown.capitalisedFirst)</h1>
                <p class="lead">\(sentence { context.link($0, saying: $1) })</p>
                \(facts)\(overTime)\(tables)
                """, kind: "department")
    }

    private func sentence(_ shown: (ReleasedFigure, String) -> HTML) -> HTML {
        guard let figure = context.table[.attributedOutcomes, slice] else { return .empty }
        let period = HTML(context.periods.within(context.release))
        guard let amount = figure.amount else {
            return texts.html("department.absent", ["period": period, "word": shown(figure, context.words(figure))])
        }
        let count = Int64(amount)
        let words = count == 1 ? texts["outcome.one"] : texts("outcome.other", ["n": context.words(figure)])
        return texts.html(
            count == 0 ? "department.none" : "department.some", ["period": period, "outcomes": shown(figure, words)])
    }

    private var facts: HTML {
        let forms = ["grant", "in-kind"].map { Slice([.department: name, .form: $0]) }
        let figures: [ReleasedFigure?] =
            [.shareOfSuccess, .creditedOutcomes, .domesticShare, .residentsReached].map { context.table[$0, slice] }
            + forms.map { context.table[.foreignFunds, $0] } + [context.table[.outboundContribution, slice]]
        return FigureList(context: context, figures: figures.compactMap { $0 }).html
            + "<p class=\"note\">\(texts["people.never.summed"])</p>\n"
    }

    private var overTime: HTML {
        let types = context.ranked(.attributedOutcomes, by: [.department, .type], where: slice).filter {
            $0.amount ?? 1 > 0
        }
        let series =
            types.isEmpty
            ? [(texts["K01.title"], slice)]
            : types.prefix(6).map { (context.names.type($0.slice[.type] ?? "").capitalisedFirst, $0.slice) }
        let title = texts(types.isEmpty ? "over.time" : "types.over.time", ["name": texts["K01.title"]])
        let chart = ColumnChart(
            ChartText(
                id: "department-over-time", title: title,
                description: texts("departments.plot.description", ["period": context.periods.short(context.release)])),
            months: context.steps.map(\.month), step: context.step,
            series: series.map { .init($0.0, context.overTime(.attributedOutcomes, $0.1)) })
        return context.section(
            "time", texts["time.title"],
            LinkedPlot(
                context: context, chart: chart,
                table: context.timeTable(
                    "department-over-time-table", title, series.map { ($0.0, .attributedOutcomes, $0.1) })
            ).html)
    }

    private var tables: HTML {
        let parts: [(String, Dimension, [Indicator])] = [
            ("connections", .connection, [.attributedOutcomes, .creditedOutcomes]),
            ("types", .type, [.attributedOutcomes, .shareOfSuccess, .residentsReached]),
            ("groups", .group, [.residentsReached, .equityLens]),
            ("districts", .district, [.attributedOutcomes, .residentsReached]),
        ]
        let tables = parts.map { id, dimension, indicators -> HTML in
            var rows = context.ranked(indicators[0], by: [.department, dimension], where: slice)
            if dimension == .district { rows.sort { Self.isBefore($0.slice[.district], $1.slice[.district]) } }
            return context.figureTable(
                "department-\(id)", texts["by.\(dimension.rawValue)"].capitalisedFirst,
                head: texts[dimension == .connection ? "connection" : "about"],
                rows: rows.map { figure in
                    let value = figure.slice[dimension] ?? ""
                    return (
                        dimension == .connection
                            ? context.partnerLink(value)
                            : HTML(context.names.value(dimension, value).capitalisedFirst), figure.slice
                    )
                }, columns: indicators)
        }
        return context.section("tables", texts["department.tables"], "<div class=\"tables\">\n\(tables)</div>\n")
    }

    /// `D2` before `D10`.
    private static func isBefore(_ left: String?, _ right: String?) -> Bool {
        func key(_ text: String?) -> (Int, Int, String) {
            let text = text ?? ""
            let digits = text.filter { ("0"..."9").contains($0) }
            return (digits.isEmpty ? 1 : 0, Int(digits) ?? 0, text)
        }
        return key(left) < key(right)
    }
}
