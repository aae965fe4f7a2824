import Connections
import Indicators
import Releases

/// All connections of a release, by the kind of tie.
struct ConnectionsPage {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext) { self.context = context }

    var body: PageBody {
        let rows = context.release.connections
        let tables = ConnectionType.allCases.map { type in
            table(type, rows.filter { $0.type == type })
        }
        let lead = texts(
            texts.form("connections.lead", Int64(rows.count)),
            ["n": String(rows.count), "period": context.periods.span(context.release)])
        return PageBody(
            title: texts["nav.connections"], summary: lead,
            html: """
                <p class="kicker">\(context.periods.span(context.release))</p>
                <h1>\(texts["connections.title"])</h1>
                <p class="lead">\(lead)</p>
                <p>\(texts["connections.never.sum"])</p>
                <div class="tables">
                \(tables)</div>

                """, kind: "connections")
    }

    private func table(_ type: ConnectionType, _ rows: [ReleasedConnection]) -> HTML {
        guard !rows.isEmpty else { return .empty }
        var table = PageTable(
            "type-\(type.rawValue)", texts["ties.\(type.rawValue)"],
            heads: [
                (texts["connection"], false), (texts["country"], false), (texts["registry.status"], false),
                (texts["K01.short"], true), (texts["K04.short"], true), (texts["registry.last.two.way"], false),
            ])
        for row in rows.sorted(by: { ($0.partner, $0.id) < ($1.partner, $1.id) }) {
            let slice = Slice([.connection: row.id])
            let contact = row.lastTwoWayContact.map(context.periods.day)
            table.add(
                context.partnerLink(row.id),
                [
                    .text(HTML(row.country.map(context.names.country) ?? "–")),
                    .text(HTML(texts["status.\(row.status.rawValue)"])),
                    .number(context.link(context.table[.attributedOutcomes, slice])),
                    .number(context.link(context.table[.creditedOutcomes, slice])),
                    .text(contact.map { HTML($0) } ?? "<span class=\"absent\">\(texts["none.logged"])</span>"),
                ])
        }
        return table.html
    }
}
