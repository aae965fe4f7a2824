import Connections
import Indicators
import Releases

/// The parts of the first page about how the connections are kept, what they cost, and what else is counted.
struct UpkeepSections {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    /// The connections to look after, and the shares that are maintained, managed, coordinated and dormant.
    var upkeep: HTML {
        let indicators: [Indicator] = [
            .connectionsMaintained, .connectionsManaged, .connectionsCoordinated, .dormantConnections,
            .connectionsBuilt,
        ]
        let facts = FigureList(context: context, figures: indicators.compactMap { context.table[$0, Slice()] }).html
        let lists = [dormant, reviews].joined()
        return context.section(
            "upkeep", texts["upkeep.title"], lead: HTML(texts["upkeep.lead"]),
            "<div class=\"pair\">\n<div>\(facts)</div>\n<div>\(lists)</div>\n</div>\n")
    }

    private var dormant: HTML {
        guard let figure = context.table[.dormantConnections, Slice()] else { return .empty }
        let items = Attention(context).dormant.map { id in item(id, "") }
        let list: HTML =
            items.isEmpty
            ? "<p>\(figure.isStated ? texts["dormant.none"] : context.reason(figure))</p>\n"
            : "<ul class=\"names\">\n\(items)</ul>\n"
        return """
            <h3>\(texts["dormant.title"]) \(context.link(figure, saying: countOf(figure)))</h3>
            \(list)
            """
    }

    private func countOf(_ figure: ReleasedFigure) -> String {
        guard figure.isStated, let numerator = figure.numerator, let denominator = figure.denominator else {
            return context.words(figure)
        }
        return texts("of", ["numerator": Numerals.text(numerator), "denominator": Numerals.text(denominator)])
    }

    private var reviews: HTML {
        let late = Attention(context).reviewsPast
        guard !late.isEmpty else { return .empty }
        let items = late.map { row in
            item(row.id, row.reviewOn.map { texts("review.was", ["day": context.periods.day($0)]) } ?? "")
        }
        return "<h3>\(texts["reviews.title"])</h3>\n<ul class=\"names\">\n\(items)</ul>\n"
    }

    private func item(_ id: String, _ note: String) -> HTML {
        let row = context.index.connections[id]
        let parts = [row.map { context.names.tie($0.type) }, row?.holder, note.isEmpty ? nil : note].compactMap { $0 }
        return "<li>\(context.partnerLink(id)) <span class=\"tie\">\(parts.joined(separator: " · "))</span></li>\n"
    }

    /// Money from abroad, and what the programme costs.
    var money: HTML {
        var table = PageTable(
            "money-table", texts["money.table"],
            heads: [(texts["department"], false), (texts["form.grant"].capitalisedFirst, true)]
                + [(texts["form.in-kind"].capitalisedFirst, true)])
        let rows: [(HTML, [(Dimension, String)])] =
            [(HTML(texts["all"]), [])]
            + context.table.departments.map { name in
                (
                    context.link(context.department(name), context.names.department(name).capitalisedFirst),
                    [(.department, name)]
                )
            }
        for (name, parts) in rows {
            let figures = ["grant", "in-kind"].map { form in
                context.table[.foreignFunds, Slice(parts + [(.form, form)])]
            }
            guard figures.contains(where: { $0 != nil }) else { continue }
            table.add(name, figures.map { .number(context.link($0)) })
        }
        let costs = [
            context.table[.costPerCreditedOutcome, Slice()],
            context.table[.networkActivity, [.measure: "fee per outcome"]],
        ].compactMap { $0 }
        guard table.count > 0 || !costs.isEmpty else { return .empty }
        let list = FigureList(context: context, figures: costs).html
        return context.section(
            "money", texts["money.title"], lead: HTML(texts["money.lead"]),
            "<div class=\"pair\">\n<div>\(table.count > 0 ? table.html : .empty)</div>\n<div>\(list)</div>\n</div>\n")
    }

    /// Time, networks, and what partners report for their own residents, which is added to nothing.
    var others: HTML {
        let figures = [
            context.table[.timeToPartner, Slice()], context.table[.timeToOutcome, Slice()],
            context.table[.networkActivity, [.measure: "active memberships"]],
            context.table[.outboundContribution, Slice()],
        ].compactMap { $0 }
        return figures.isEmpty
            ? .empty
            : context.section("others", texts["others.title"], FigureList(context: context, figures: figures).html)
    }
}

/// Figures one below the other, each with its name and what it says.
struct FigureList {
    let context: PageContext
    let figures: [ReleasedFigure]

    var html: HTML {
        guard !figures.isEmpty else { return .empty }
        let rows = figures.map { figure -> HTML in
            let name = name(of: figure)
            return """
                <div><dt>\(name.capitalisedFirst)</dt><dd class="measure">\(context.link(figure))</dd>\
                <dd class="note">\(note(figure))</dd></div>

                """
        }
        return "<dl class=\"facts\">\n\(rows)</dl>\n"
    }

    /// The measure's own name where an indicator has several, and the form of what was given.
    private func name(of figure: ReleasedFigure) -> String {
        if let measure = figure.slice[.measure] { return context.names.value(.measure, measure) }
        let title = context.texts["\(figure.indicator.rawValue).title"]
        return figure.slice[.form].map { "\(title) (\(context.names.value(.form, $0)))" } ?? title
    }

    private func note(_ figure: ReleasedFigure) -> String {
        guard figure.isStated else { return context.reason(figure) }
        var parts: [String] = []
        // Basis points say nothing to people.
        if figure.unit == .percent, figure.indicator != .domesticShare, let numerator = figure.numerator,
            let denominator = figure.denominator
        {
            parts.append(
                context.texts(
                    "of", ["numerator": Numerals.text(numerator), "denominator": Numerals.text(denominator)]))
        }
        if let comparison = context.comparison(figure) { parts.append(comparison) }
        parts.append(context.texts.known("\(figure.indicator.rawValue).note") ?? "")
        return parts.filter { !$0.isEmpty }.map { $0.hasSuffix(".") ? $0 : $0.capitalisedFirst + "." }
            .joined(separator: " ")
    }
}
