import Charts
import Connections
import Indicators
import Primitives
import Releases

/// A connection: what the registry says of it, and what it did.
struct ConnectionPage {
    let context: PageContext
    let row: ReleasedConnection
    private var texts: PageTexts { context.texts }
    private var slice: Slice { Slice([.connection: row.id]) }

    /// The page; nil where the release has no such connection.
    init?(_ context: PageContext, _ id: String) {
        guard let row = context.index.connections[id] else { return nil }
        (self.context, self.row) = (context, row)
    }

    var body: PageBody {
        let country = row.country.map { " · " + context.names.country($0) } ?? ""
        return PageBody(
            title: row.partner, summary: PlainText.of(sentence { HTML($1) }),
            html: """
                <nav class="crumbs" aria-label="\(texts["nav.crumbs"])"><ol>\
                <li>\(context.link(.connections(release: context.release.id), texts["nav.connections"]))</li></ol></nav>
                <p class="kicker">\(context.names.tie(row.type).capitalisedFirst + country)</p>
                <h1>\(row.partner)</h1>
                <p class="lead">\(sentence { context.link($0, saying: $1) })</p>
                <div class="pair">
                \(registry)<section aria-labelledby="did-title"><h2 id="did-title">\(texts["connection.did"])</h2>
                \(figures)\(evidence)</section>
                </div>
                \(overTime)
                """, kind: "connection")
    }

    private func sentence(_ shown: (ReleasedFigure, String) -> HTML) -> HTML {
        let period = HTML(context.periods.within(context.release))
        guard let figure = context.table[.attributedOutcomes, slice] else {
            return texts.html("connection.none", ["period": period])
        }
        guard let amount = figure.amount else {
            return texts.html("connection.absent", ["period": period, "word": shown(figure, context.words(figure))])
        }
        let words = amount == 1 ? texts["outcome.one"] : texts("outcome.other", ["n": context.words(figure)])
        let credit = context.table[.creditedOutcomes, slice]
        guard let credit, credit.isStated, amount > 0 else {
            return texts.html(
                amount == 0 ? "connection.none" : "connection.some",
                ["period": period, "outcomes": shown(figure, words)])
        }
        return texts.html(
            "connection.credit",
            ["period": period, "outcomes": shown(figure, words), "credited": shown(credit, context.words(credit))])
    }

    private var figures: HTML {
        let forms = ["grant", "in-kind"].map { context.table[.foreignFunds, [.connection: row.id, .form: $0]] }
        let list = FigureList(context: context, figures: forms.compactMap { $0 }).html
        let departments = context.ranked(.attributedOutcomes, by: [.department, .connection], where: slice)
        let table = context.figureTable(
            "connection-departments", texts["by.department"].capitalisedFirst, head: texts["department"],
            rows: departments.map { figure in
                let name = figure.slice[.department] ?? ""
                return (
                    context.link(context.department(name), context.names.department(name).capitalisedFirst),
                    figure.slice
                )
            }, columns: [.attributedOutcomes, .creditedOutcomes])
        return table + list
    }

    private var evidence: HTML {
        guard !row.evidence.isEmpty else { return .empty }
        let items = row.evidence.map { kind -> HTML in
            "<li>\(EvidenceWords(texts: texts).sentence(kind)) <span class=\"code\">\(kind)</span></li>\n"
        }
        return "<h3>\(texts["evidence.title"])</h3>\n<ul class=\"names\">\n\(items)</ul>\n"
    }

    /// What the registry had when the period was closed.
    private var registry: HTML {
        let periods = context.periods
        let isLate = row.reviewOn.map { $0 < context.release.lastDay && row.status != .ended } ?? false
        let review = row.reviewOn.map { periods.day($0) + (isLate ? " " + texts["review.past"] : "") }
        let activities = row.activities.map { entry in
            texts(texts.form("activity.\(entry.kind.rawValue)", Int64(entry.count)), ["n": String(entry.count)])
        }
        let rows: [(String, String?)] = [
            ("status", texts["status.\(row.status.rawValue)"]), ("since", row.since.map { periods.partialDate($0) }),
            ("until", row.until.map { periods.partialDate($0) }), ("holder", row.holder), ("agreement", row.agreement),
            ("review", review), ("last.contact", row.lastContact.map(periods.day)),
            ("last.two.way", row.lastTwoWayContact.map(periods.day)),
            ("activities", activities.isEmpty ? nil : activities.joined(separator: ", ")),
            ("hours", row.staffHours.map { Numerals.text(FixedDecimal.text($0, 1)) }),
            ("cost", row.costUSD.map { "$" + Numerals.text(FixedDecimal.text($0, 0)) }),
            ("fee", row.annualFeeUSD.map { "$" + Numerals.text(FixedDecimal.text($0, 0)) }),
        ]
        let shown = rows.map { key, value -> HTML in
            let isGap = value == nil
            guard !isGap || ["holder", "review", "last.contact"].contains(key) else { return .empty }
            let cell: HTML = value.map { "<dd>\($0)</dd>" } ?? "<dd class=\"absent\">\(texts["not.stated"])</dd>"
            return "<div><dt>\(texts["registry.\(key)"])</dt>\(cell)</div>\n"
        }
        return """
            <section aria-labelledby="registry-title">
            <h2 id="registry-title">\(texts["registry.title"])</h2>
            <dl class="parts">
            \(shown)</dl>
            </section>

            """
    }

    private var overTime: HTML {
        guard context.table[.attributedOutcomes, slice] != nil else { return .empty }
        let title = texts["connection.time"]
        let chart = ColumnChart(
            ChartText(
                id: "connection-over-time", title: title,
                description: texts("departments.plot.description", ["period": context.periods.short(context.release)])),
            months: context.steps.map(\.month), step: context.step,
            series: [.init(texts["K01.title"], context.overTime(.attributedOutcomes, slice))])
        let table = context.timeTable(
            "connection-over-time-table", title,
            [.attributedOutcomes, .creditedOutcomes].map { (texts["\($0.rawValue).short"], $0, slice) })
        return context.section(
            "time", texts["time.title"], LinkedPlot(context: context, chart: chart, table: table).html)
    }
}

/// Kinds of evidence, such as `T1 funded-by`, in words.
struct EvidenceWords {
    let texts: PageTexts

    /// A sentence: `Documents show that the partner funded the work.`
    func sentence(_ kind: String) -> String {
        let parts = kind.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let tier = texts.known("tier.\(parts[0])"),
            let work = texts.known("mechanism.\(parts[1])")
        else { return kind }
        return texts("evidence.sentence", ["tier": tier, "work": work])
    }
}
