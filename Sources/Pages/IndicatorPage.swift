import Charts
import Indicators
import Releases

/// A figure opened: what it is, what it is made of, what it rests on, and all other figures of its indicator.
struct IndicatorPage {
    let context: PageContext
    let indicator: Indicator
    let slice: Slice
    private let figure: ReleasedFigure?
    private var texts: PageTexts { context.texts }
    private var code: String { indicator.rawValue }

    /// The page; nil where a slice is asked for that the release has no figure of.
    init?(_ context: PageContext, _ indicator: Indicator, _ slice: Slice) {
        (self.context, self.indicator, self.slice) = (context, indicator, slice)
        figure = context.table[indicator, slice]
        guard figure != nil || slice.parts.isEmpty else { return nil }
    }

    var body: PageBody {
        let title = texts["\(code).title"]
        let name = slice.parts.isEmpty ? title : "\(title): \(context.names.slice(slice))"
        let sliceLine: HTML =
            slice.parts.isEmpty ? .empty : "<p class=\"subtitle\">\(context.names.slice(slice))</p>\n"
        return PageBody(
            title: name, summary: texts["\(code).definition"],
            html: """
                \(breadcrumb)<p class="kicker">\(code) · \(context.periods.span(context.release))</p>
                <h1>\(title)</h1>
                \(sliceLine)<div class="pair opened">
                \(opened)\(definition)</div>
                \(overTime)\(breakdowns)\(versions)
                """, kind: "indicator")
    }

    private var breadcrumb: HTML {
        let top = context.link(.release(context.release.id), context.periods.short(context.release))
        let up: HTML =
            slice.parts.isEmpty ? .empty : "<li>\(context.link(context.figure(indicator), texts["\(code).title"]))</li>"
        return "<nav class=\"crumbs\" aria-label=\"\(texts["nav.crumbs"])\"><ol><li>\(top)</li>\(up)</ol></nav>\n"
    }

    /// The figure with its parts.
    private var opened: HTML {
        guard let figure else {
            let key = context.table.all(indicator).isEmpty ? "no.figures" : "\(code).no.total"
            return """
                <section id="figure" aria-labelledby="figure-title">
                <h2 id="figure-title">\(texts["figure.title"])</h2>
                <p>\(texts.known(key) ?? texts["no.total"])</p>
                </section>

                """
        }
        let reason = context.reason(figure)
        let why: HTML = reason.isEmpty ? .empty : "<p>\(reason)</p>\n"
        let comparison =
            context.comparison(figure).map { "<p class=\"note\">\($0.capitalisedFirst).</p>\n" as HTML } ?? .empty
        let rows = parts(figure).map { name, value, note -> HTML in
            let note: HTML = note.isEmpty ? .empty : " <span class=\"note\">\(note)</span>"
            return "<div><dt>\(name)</dt><dd>\(value)\(note)</dd></div>\n"
        }
        let classes: HTML = figure.isStated ? "" : " absent"
        return """
            <section id="figure" aria-labelledby="figure-title">
            <h2 id="figure-title">\(texts["figure.title"])</h2>
            <p class="value\(classes)">\(context.words(figure, isExact: true))</p>
            \(why)\(comparison)<dl class="parts">
            \(rows)</dl>
            \(listed(figure))</section>

            """
    }

    private func parts(_ figure: ReleasedFigure) -> [(String, String, String)] {
        var rows: [(String, String, String)] = [
            (texts["part.unit"], texts["unit.\(figure.unit.rawValue)"], "")
        ]
        if let numerator = figure.numerator {
            rows.append((texts["part.numerator"], Numerals.text(numerator), texts.known("\(code).numerator") ?? ""))
        }
        if let denominator = figure.denominator {
            rows.append(
                (texts["part.denominator"], Numerals.text(denominator), texts.known("\(code).denominator") ?? ""))
        }
        if let lower = figure.lower, let upper = figure.upper {
            let ends = [lower, upper].map { context.amount($0, figure.unit, isExact: true) }
            rows.append((texts["part.interval"], ends.joined(separator: " – "), ""))
        }
        switch figure.n {
        case let n?: rows.append((texts["part.n"], Numerals.text(n), texts.known("\(code).n") ?? ""))
        case nil: rows.append((texts["part.n"], texts["withheld"], ""))
        }
        if let abstained = figure.abstained {
            rows.append((texts["part.abstained"], Numerals.text(abstained), texts["part.abstained.note"]))
        } else if indicator == .attributedOutcomes || indicator == .shareOfSuccess {
            rows.append((texts["part.abstained"], texts["part.abstained.none"], ""))
        }
        let release = context.release
        rows.append(
            (
                texts["part.suppression"],
                figure.value == .withheld ? texts["withheld"] : texts["part.suppression.shown"],
                texts("part.suppression.note", ["threshold": String(release.threshold)])
            ))
        return rows
    }

    private func listed(_ figure: ReleasedFigure) -> HTML {
        guard !figure.listed.isEmpty else { return .empty }
        let items = figure.listed.map { id -> HTML in
            let tie = context.index.connections[id].map { context.names.tie($0.type) } ?? ""
            return "<li>\(context.partnerLink(id)) <span class=\"tie\">\(tie)</span></li>\n"
        }
        return "<h3>\(texts["listed"])</h3>\n<ul class=\"names\">\n\(items)</ul>\n"
    }

    private var definition: HTML {
        """
        <section aria-labelledby="definition-title" id="definition">
        <h2 id="definition-title">\(texts["definition.title"])</h2>
        <p>\(texts["\(code).definition"])</p>
        <h3>\(texts["misread.title"])</h3>
        <p>\(texts["\(code).misread"])</p>
        <p>\(context.link(.method, texts["definition.method"]))</p>
        </section>

        """
    }

    private var overTime: HTML {
        guard let figure, context.index.timeline.count > 1 else { return .empty }
        let title = texts["\(code).title"]
        let chart = ColumnChart(
            ChartText(
                id: "figure-over-time", title: texts("over.time", ["name": title]),
                description: texts(
                    "over.time.description",
                    [
                        "from": context.periods.short(context.index.timeline[0].release),
                        "to": context.periods.short(context.release), "value": context.words(figure),
                    ])),
            months: context.steps.map(\.month), step: context.step,
            series: [.init(title, context.overTime(indicator, slice))], unit: context.plotUnit(figure.unit))
        let plot = LinkedPlot(
            context: context, chart: chart,
            table: context.timeTable(
                "figure-over-time-table", texts("over.time", ["name": title]), [(title, indicator, slice)]))
        return context.section("time", texts["time.title"], plot.html)
    }

    /// All figures of the indicator in this release, by what they are broken down by.
    private var breakdowns: HTML {
        var groups: [[Dimension]: [ReleasedFigure]] = [:]
        for figure in context.table.all(indicator) {
            groups[figure.slice.parts.map(\.dimension), default: []].append(figure)
        }
        let ordered = groups.keys.sorted {
            $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
        }
        let columns = columns
        let tables = ordered.map { dimensions -> HTML in
            let name =
                dimensions.isEmpty
                ? texts["all"] : dimensions.map { texts["by.\($0.rawValue)"] }.joined(separator: ", ")
            var table = PageTable(
                "by-" + (dimensions.isEmpty ? "all" : dimensions.map(\.rawValue).joined(separator: "-")),
                name.capitalisedFirst,
                heads: [(texts["about"], false), (texts["value"], true)] + columns.map { ($0.head, true) })
            for figure in sorted(groups[dimensions] ?? [], dimensions) {
                let cells = columns.map { column -> PageTable.Cell in
                    .number(HTML(column.value(figure).map { Numerals.text($0) } ?? "–"))
                }
                table.add(HTML(context.names.slice(figure.slice)), [.number(context.link(figure))] + cells)
            }
            return table.html
        }
        return context.section(
            "all-figures", texts("all.figures", ["period": context.periods.short(context.release)]), tables.joined())
    }

    private typealias Column = (head: String, value: (ReleasedFigure) -> String?)

    /// The parts that any figure of the indicator has; of a plain count there is no numerator.
    private var columns: [Column] {
        let all: [Column] = [
            (texts["part.numerator"], { $0.numerator }), (texts["part.denominator"], { $0.denominator }),
            ("n", { $0.n.map { String($0) } }), (texts["part.abstained"], { $0.abstained.map { String($0) } }),
        ]
        let figures = context.table.all(indicator)
        return all.filter { column in figures.contains { column.value($0) != nil } }
    }

    /// Connections by the names that readers see, and not by their ids.
    private func sorted(_ figures: [ReleasedFigure], _ dimensions: [Dimension]) -> [ReleasedFigure] {
        guard dimensions.contains(.connection) else { return figures }
        let named = figures.map { (name: context.names.slice($0.slice), figure: $0) }
        return named.sorted { ($0.name, $0.figure.slice) < ($1.name, $1.figure.slice) }.map(\.figure)
    }

    private var versions: HTML {
        context.section("versions-part", texts["versions.title"], Provenance(context: context).html)
    }
}
