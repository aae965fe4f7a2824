import Indicators
import Releases

/// How to read the pages, in short.
struct MethodPage {
    let context: PageContext
    private var texts: PageTexts { context.texts }

    init(_ context: PageContext) { self.context = context }

    private static let parts = ["counts", "credit", "sure", "absent", "people", "releases", "check"]

    var body: PageBody {
        let threshold = String(context.release.threshold)
        let sections = Self.parts.map { part -> HTML in
            context.section(
                "method-\(part)", texts["method.\(part).title"],
                "<p>\(texts("method.\(part)", ["threshold": threshold]))</p>\n")
        }
        let rows = Indicator.allCases.map { indicator -> HTML in
            let code = indicator.rawValue
            let name =
                context.table.all(indicator).isEmpty
                ? HTML(texts["\(code).title"]) : context.link(context.figure(indicator), texts["\(code).title"])
            return
                """
                <div><dt>\(name) <span class="code">\(code)</span></dt>\
                <dd>\(texts["\(code).definition"])</dd></div>

                """
        }
        let definitions: HTML = "<dl class=\"definitions\">\n\(rows)</dl>\n"
        return PageBody(
            title: texts["nav.method"], summary: texts["method.lead"],
            html: """
                <h1>\(texts["method.title"])</h1>
                <p class="lead">\(texts["method.lead"])</p>
                <div class="prose">
                \(sections)</div>
                \(context.section("definitions", texts["method.definitions"], definitions))
                """, kind: "method")
    }
}
