import Indicators
import Primitives
import Releases

/// All releases, newest first, with what each restatement changed.
struct ReleasesPage {
    let context: PageContext
    let all: [ReleaseIndex]
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext, _ all: [ReleaseIndex]) {
        self.context = context
        self.all = all.sorted {
            ($1.release.lastDay, $1.release.number, $1.release.id) < (
                $0.release.lastDay, $0.release.number, $0.release.id
            )
        }
    }

    var body: PageBody {
        var table = PageTable(
            "releases-table", texts["releases.table"],
            heads: [
                (texts["release"], false), (texts["period"], false), (texts["releases.closed"], false),
                (texts["K01.short"], true), (texts["releases.state"], false), (texts["nav.brief"], false),
            ], showsCaption: false)
        for index in all {
            let release = index.release
            let route = PageRoute.indicator(.attributedOutcomes, Slice(), release: release.id)
            let figure = index.table[.attributedOutcomes, Slice()].map {
                context.link(route, context.words($0), "figure")
            }
            let brief: HTML = """
                <a href="\(context.address(.brief(release.id)))" \
                aria-label="\(texts["nav.brief"]) \(release.id)">\(texts["nav.brief"])</a>
                """
            let successor = index.successor.map {
                texts.html("releases.superseded", ["successor": context.link(.release($0), $0)])
            }
            table.add(
                context.link(.release(release.id), release.id),
                [
                    .text(HTML(context.periods.span(release))), .text(HTML(context.periods.day(release.closedAt.date))),
                    .number(figure ?? "–"), .text(successor ?? HTML(texts["releases.current"])),
                    .text(
                        brief
                    ),
                ])
        }
        let changed = all.filter { $0.release.restates != nil }.map(restatement)
        let changes: HTML =
            changed.isEmpty
            ? "<p>\(texts["changes.none"])</p>\n" : changed.joined()
        return PageBody(
            title: texts["nav.releases"], summary: texts["releases.lead"],
            html: """
                <h1>\(texts["releases.title"])</h1>
                <p class="lead">\(texts["releases.lead"])</p>
                \(table.html)\(context.section("changes", texts["changes.title"], changes))
                """, kind: "releases")
    }

    private func restatement(_ index: ReleaseIndex) -> HTML {
        let release = index.release
        let names = NameTable(texts: texts, connections: index.connections)
        var table = PageTable(
            "changes-\(release.id)", texts("changes.table", ["release": release.id]),
            heads: [
                (texts["figure"], false), (texts["about"], false), (texts["changes.before"], true),
                (texts["changes.after"], true),
            ], showsCaption: false)
        for change in release.changes {
            let unit = IndicatorUnit.of(change.indicator, change.slice)
            let route = PageRoute.indicator(change.indicator, change.slice, release: release.id)
            let after = change.after.map { context.words($0, unit, isExact: true) }
            table.add(
                HTML(texts["\(change.indicator.rawValue).title"]),
                [
                    .text(HTML(names.slice(change.slice))),
                    .number(HTML(change.before.map { context.words($0, unit, isExact: true) } ?? "–")),
                    .number(after.map { context.link(route, $0, "figure") } ?? "–"),
                ])
        }
        let count = texts(
            texts.form("changes.count", Int64(release.changes.count)),
            ["n": Numerals.text(Int64(release.changes.count)), "before": release.restates ?? ""])
        let details: HTML =
            table.count == 0
            ? .empty : "<details><summary>\(texts["changes.show"])</summary>\n\(table.html)</details>\n"
        return "<h3 id=\"restatement-\(release.id)\">\(release.id)</h3>\n<p>\(count)</p>\n\(details)"
    }
}
