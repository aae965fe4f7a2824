import Charts
import Indicators
import Releases

/// The brief: two pages of paper for people who decide, of A4 or US Letter.
struct BriefPage {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext) { self.context = context }

    var body: PageBody {
        let headline = Headline(context: context)
        return PageBody(
            title: title,
            summary: PlainText.of(headline.main { HTML($1) }), html: first(headline) + second, kind: "brief")
    }

    private var title: String { texts("brief.title", ["period": context.periods.span(context.release)]) }

    private func first(_ headline: Headline) -> HTML {
        let lead = headline.lead { context.link($0, saying: $1) }.joined(" ")
        return """
            <p class="print-hint">\(texts["brief.hint"])</p>
            <div class="sheet">
            <p class="kicker">\(context.release.city) · \(title)</p>
            <h1>\(headline.main { context.link($0, saying: $1) })</h1>
            <p class="lead">\(lead)</p>
            \(figures)<div class="brief-plots">
            <div>\(departments)</div>
            \(Sureness(context: context).panel)</div>
            </div>

            """
    }

    private var figures: HTML {
        let items = KeyFigure.all(context).map { key -> HTML in
            let notes = key.notes.map { note -> HTML in "<p class=\"note\">\(note)</p>" }
            return
                """
                <li class="card"><h2>\(key.name)</h2><p class="value">\(context.link(key.figure))</p>\
                <div class="notes">\(notes)</div></li>

                """
        }
        return "<ul class=\"cards\">\n\(items)</ul>\n"
    }

    private var departments: HTML {
        let slices = context.table.departments.map {
            (context.names.department($0).capitalisedFirst, Slice([.department: $0]))
        }
        let chart = ColumnChart(
            ChartText(
                id: "brief-departments", title: texts["departments.plot"],
                description: texts("departments.plot.description", ["period": context.periods.short(context.release)])),
            months: context.steps.map(\.month), step: context.step,
            series: slices.map { .init($0.0, context.overTime(.attributedOutcomes, $0.1)) })
        let table = context.figureTable(
            "brief-departments-table", texts["departments.table"], head: texts["department"],
            rows: slices.map { (HTML($0.0), $0.1) },
            columns: [.attributedOutcomes, .creditedOutcomes, .shareOfSuccess, .residentsReached], showsCaption: false)
        return """
            <figure class="plot"><figcaption>\(texts["departments.plot"])</figcaption>
            \(HTML(made: chart.responsiveSVG(locale: context.locale)))</figure>
            \(table)<p class="note">\(texts["people.never.summed"])</p>

            """
    }

    private var second: HTML {
        let stories = Story.all(context).map { story -> HTML in
            let row = story.connection
            let text = story.sentences(context) { context.link($0, saying: $1) }.joined(" ")
            let country = row.country.map { " · " + context.names.country($0) } ?? ""
            return """
                <article class="story">
                <h3>\(context.partnerLink(row.id))</h3>
                <p class="tie">\(context.names.tie(row.type).capitalisedFirst + country)</p>
                <p>\(text)</p>
                </article>

                """
        }
        let told: HTML =
            stories.isEmpty ? "<p>\(texts["stories.none"])</p>\n" : "<div class=\"stories\">\n\(stories)</div>\n"
        return """
            <div class="sheet">
            <section aria-labelledby="stories-title"><h2 id="stories-title">\(texts["stories.title"])</h2>
            \(told)<p class="note">\(texts["stories.rule"])</p></section>
            \(credit)<section aria-labelledby="care-title"><h2 id="care-title">\(texts["care.title"])</h2>
            \(care)</section>
            <section aria-labelledby="note-title"><h2 id="note-title">\(texts["brief.method.title"])</h2>
            <p>\(texts("brief.method", ["threshold": String(context.release.threshold)]))</p>
            \(colophon)</section>
            </div>

            """
    }

    /// The connections with the most credit.
    private var credit: HTML {
        let figures = context.ranked(.creditedOutcomes, by: [.connection])
        guard !figures.isEmpty else { return .empty }
        let shown = figures.prefix(Self.barsMax)
        let chart = BarChart(
            ChartText(
                id: "brief-credit",
                title: figures.count > shown.count
                    ? texts("credit.plot.first", ["n": String(shown.count), "all": String(figures.count)])
                    : texts["credit.plot"], description: texts["credit.plot.description"]),
            nameHead: texts["connection"],
            bars: shown.map { .init(context.names.partner($0.slice[.connection] ?? ""), context.plotted($0)) },
            unit: .number(decimals: 1))
        return """
            <section aria-labelledby="credit-title"><h2 id="credit-title">\(texts["credit.title"])</h2>
            <figure class="plot"><figcaption>\(chart.text.title)</figcaption>
            \(HTML(made: chart.responsiveSVG(locale: context.locale)))</figure></section>

            """
    }

    private static let barsMax = 5

    private var care: HTML {
        let attention = Attention(context)
        let dormant = shortened(attention.dormant.map(context.partnerLink))
        let rows = attention.reviewsPast.map { row -> HTML in
            let day = row.reviewOn.map { context.periods.day($0) } ?? ""
            return "\(context.partnerLink(row.id)) <span class=\"tie\">(\(day))</span>"
        }
        let late = shortened(rows)
        let figure = context.table[.dormantConnections, Slice()]
        let none = figure.map { $0.isStated ? texts["dormant.none"] : context.reason($0) } ?? texts["not.stated"]
        let first: HTML = dormant.isEmpty ? HTML(none) : texts.list(dormant)
        let second: HTML = late.isEmpty ? HTML(texts["reviews.none"]) : texts.list(late)
        return """
            <dl class="care">
            <div><dt>\(texts["dormant.title"])</dt><dd>\(first)</dd></div>
            <div><dt>\(texts["reviews.title"])</dt><dd>\(second)</dd></div>
            </dl>

            """
    }

    /// As many as two pages have room for, and how many more there are.
    private func shortened(_ names: [HTML]) -> [HTML] {
        let more = names.count - Self.namesMax
        guard more > 0 else { return names }
        return names.prefix(Self.namesMax) + [HTML(texts("more", ["n": String(more)]))]
    }

    private static let namesMax = 6

    private var colophon: HTML {
        let release = context.release
        let restates = release.restates.map { texts("brief.restates", ["before": $0]) + " " } ?? ""
        let standing = Standing(context: context)
        let digest: HTML = standing.digest.map { " \(texts["digest"]) <code>\($0)</code>" } ?? .empty
        return "<p class=\"digest\">\(restates)\(standing.plainSource)\(digest)</p>\n"
    }
}
