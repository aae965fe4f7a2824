import Charts
import Connections
import Indicators
import Releases

/// What a page is made with: a release, a language, and the address of the page.
struct PageContext: Sendable {
    let index: ReleaseIndex
    let language: PageLanguage
    let texts: PageTexts
    let periods: PeriodNames
    let names: NameTable
    let route: PageRoute
    /// After how many seconds the page loads itself again; nil for never.
    let reloadSeconds: Int?

    init(_ index: ReleaseIndex, _ language: PageLanguage, route: PageRoute, reloadSeconds: Int? = nil) {
        (self.index, self.language, self.route) = (index, language, route)
        self.reloadSeconds = reloadSeconds
        texts = PageTexts.of(language)
        periods = PeriodNames(texts: texts)
        names = NameTable(texts: texts, connections: index.connections)
    }

    var release: Release { index.release }
    var table: ReleaseTable { index.table }

    /// How plots write numbers; `withheld` names whom it protects.
    var locale: ChartLocale { language.chartLocale }

    /// The address of another page in the same language.
    func address(_ route: PageRoute) -> String { route.address(language) }

    /// The address of a department's page in this release.
    func department(_ name: String) -> PageRoute { .department(name, release: release.id) }

    /// The address of a connection's page in this release.
    func connection(_ id: String) -> PageRoute { .connection(id, release: release.id) }

    /// The address of a figure.
    func figure(_ indicator: Indicator, _ slice: Slice = Slice()) -> PageRoute {
        .indicator(indicator, slice, release: release.id)
    }

    /// A link to another page.
    func link(_ route: PageRoute, _ text: String, _ classes: String = "") -> HTML {
        classes.isEmpty
            ? "<a href=\"\(address(route))\">\(text)</a>"
            : "<a class=\"\(classes)\" href=\"\(address(route))\">\(text)</a>"
    }

    /// A link to a connection's page by the partner's name; the name alone where the release has no such connection.
    func partnerLink(_ id: String) -> HTML {
        index.connections[id] == nil ? HTML(names.partner(id)) : link(connection(id), names.partner(id))
    }
}
