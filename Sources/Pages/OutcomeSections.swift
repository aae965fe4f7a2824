import Charts
import Connections
import Indicators
import Releases

/// The parts of the first page about outcomes: by department, share of success, credit, countries.
struct OutcomeSections {
    let context: PageContext
    let map: WorldMap?
    private var texts: PageTexts { context.texts }

    /// The connections that a plot has room for.
    private static let barsMax = 12

    private var departmentSlices: [(name: String, slice: Slice)] {
        context.table.departments.map {
            (context.names.department($0).capitalisedFirst, Slice([.department: $0]))
        }
    }

    /// Outcomes by department over time; nil where no department has any.
    var departmentsChart: ColumnChart? {
        let slices = departmentSlices
        guard !slices.isEmpty else { return nil }
        return ColumnChart(
            ChartText(
                id: "outcomes-over-time", title: texts["departments.plot"],
                description: texts("departments.plot.description", ["period": context.periods.short(context.release)])),
            months: context.steps.map(\.month), step: context.step,
            series: slices.map { .init($0.name, context.overTime(.attributedOutcomes, $0.slice)) })
    }

    /// Outcomes by department over time, and the departments' figures.
    var departments: HTML {
        guard let chart = departmentsChart else { return .empty }
        let plot = LinkedPlot(
            context: context, chart: chart,
            table: context.timeTable(
                "outcomes-over-time-table", texts["departments.plot"],
                departmentSlices.map { ($0.name, .attributedOutcomes, $0.slice) }))
        let rows = context.table.departments.map { name in
            (
                context.link(context.department(name), context.names.department(name).capitalisedFirst),
                Slice([.department: name])
            )
        }
        let table = context.figureTable(
            "departments-table", texts["departments.table"], head: texts["department"], rows: rows,
            columns: [.attributedOutcomes, .creditedOutcomes, .shareOfSuccess, .residentsReached])
        return context.section(
            "departments", texts["departments.title"], lead: HTML(texts["departments.lead"]),
            """
            <div class="pair">
            \(plot.html)<div>\(table)<p class="note">\(texts["people.never.summed"])</p></div>
            </div>

            """
        )
    }

    /// The share of each department's success over time.
    var shares: HTML {
        let slices = departmentSlices.filter { context.table[.shareOfSuccess, $0.slice] != nil }
        guard !slices.isEmpty else { return .empty }
        let chart = ShareChart(
            ChartText(
                id: "share-of-success", title: texts["shares.plot"],
                description: texts("departments.plot.description", ["period": context.periods.short(context.release)])),
            months: context.steps.map(\.month), step: context.step,
            series: slices.map { line in
                .init(line.name, context.overTime(.shareOfSuccess, line.slice).map { ShareChart.Point($0) })
            }, decimals: 1)
        let plot = LinkedPlot(
            context: context, chart: chart,
            table: context.timeTable(
                "share-of-success-table", texts["shares.plot"],
                slices.map { ($0.name, .shareOfSuccess, $0.slice) }))
        return context.section("shares", texts["shares.title"], lead: HTML(texts["shares.lead"]), plot.html)
    }

    /// The connections with the most credit; nil where none has any.
    var creditChart: BarChart? {
        let figures = context.ranked(.creditedOutcomes, by: [.connection])
        guard !figures.isEmpty else { return nil }
        return BarChart(
            ChartText(
                id: "credit-by-connection",
                title: figures.count > Self.barsMax
                    ? texts("credit.plot.first", ["n": String(Self.barsMax), "all": String(figures.count)])
                    : texts["credit.plot"],
                description: texts["credit.plot.description"]),
            nameHead: texts["connection"],
            bars: figures.prefix(Self.barsMax).map {
                .init(context.names.partner($0.slice[.connection] ?? ""), context.plotted($0))
            }, unit: .number(decimals: 1))
    }

    /// Credit by connection.
    var credit: HTML {
        guard let chart = creditChart else { return .empty }
        let rows = context.ranked(.creditedOutcomes, by: [.connection]).map { figure -> (HTML, Slice) in
            let id = figure.slice[.connection] ?? ""
            let tie = context.index.connections[id].map { context.names.tie($0.type) } ?? ""
            return ("\(context.partnerLink(id)) <span class=\"tie\">\(tie)</span>", figure.slice)
        }
        let table = context.figureTable(
            "credit-table", texts["credit.table"], head: texts["connection"], rows: rows,
            columns: [.creditedOutcomes, .attributedOutcomes], showsCaption: false)
        return context.section(
            "credit", texts["credit.title"], lead: HTML(texts["credit.lead"]),
            LinkedPlot(context: context, chart: chart, table: table, isOpen: false).html)
    }

    /// Where the partners are.
    var countries: HTML {
        let figures = context.ranked(.attributedOutcomes, by: [.country])
        guard !figures.isEmpty else { return .empty }
        let rows = figures.map { figure -> (HTML, Slice) in
            (partnersOf(figure.slice[.country] ?? ""), figure.slice)
        }
        let table = context.figureTable(
            "countries-table", texts["countries.table"], head: texts["country"], rows: rows,
            columns: [.attributedOutcomes, .creditedOutcomes], showsCaption: map == nil)
        let content: HTML
        if let map {
            let chart = MapChart(
                ChartText(
                    id: "partner-map", title: texts["countries.plot"],
                    description: texts["countries.plot.description"]),
                world: map, nameHead: texts["country"],
                places: figures.map {
                    let code = $0.slice[.country] ?? ""
                    return .init(code: code, name: context.names.country(code), context.plotted($0))
                })
            content = LinkedPlot(context: context, chart: chart, table: table).html
        } else {
            content = table
        }
        return context.section("countries", texts["countries.title"], lead: HTML(texts["countries.lead"]), content)
    }

    /// A country with the partners in it.
    private func partnersOf(_ code: String) -> HTML {
        let partners = context.release.connections.filter { $0.country == code && $0.status != .ended }.map {
            context.partnerLink($0.id)
        }
        return "\(context.names.country(code)) <span class=\"tie\">\(partners.joined(", "))</span>"
    }
}
