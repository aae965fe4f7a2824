public import Charts
import Indicators
public import Releases

/// The public pages of a city: everything on them is released, so nothing of them is secret.
///
/// Pure: the same releases give the same bytes.
public struct Site: Sendable {
    /// The releases that a reader is led to: the newest of each period, by their last day.
    let current: [ReleaseIndex]
    private let byID: [String: ReleaseIndex]
    private let map: WorldMap?

    /// Makes the pages of releases, in any order.
    /// - Parameters:
    ///   - provisional: the figures of a period that is not closed: pages that must not be public; no other page leads
    ///     to them.
    ///   - worldMap: outlines for the map of partners; without it there is a table only.
    public init(releases: [Release], provisional: Release? = nil, worldMap: WorldMap? = nil) {
        let ordered = releases.sorted { ($0.lastDay, $0.firstDay, $0.number) < ($1.lastDay, $1.firstDay, $1.number) }
        var newest: [String: Release] = [:]
        for release in ordered { newest[release.period] = release }
        let current = ordered.filter { newest[$0.period]?.id == $0.id }
        var byID: [String: ReleaseIndex] = [:]
        for release in ordered {
            let before = current.filter { $0.length == release.length && $0.lastDay < release.lastDay }
            byID[release.id] = ReleaseIndex(
                release, history: before.suffix(ReleaseIndex.historyMax), successor: newest[release.period]?.id)
        }
        if let provisional {
            let before = current.filter { $0.length == provisional.length && $0.lastDay < provisional.lastDay }
            byID[provisional.id] = ReleaseIndex(
                provisional, history: before.suffix(ReleaseIndex.historyMax), successor: nil)
        }
        self.byID = byID
        self.current = current.compactMap { byID[$0.id] }
        map = worldMap
    }

    /// The release of the first page: the newest quarter, or else the newest of any length; nil where there is none.
    public var front: Release? { frontIndex?.release }

    private var frontIndex: ReleaseIndex? {
        current.last { $0.release.length == .quarter } ?? current.last
    }

    /// What is known of a release; nil where there is none of this name.
    func index(_ id: String) -> ReleaseIndex? { byID[id] }

    /// A page as a whole document; nil where there is none at the address.
    /// - Parameter reloadSeconds: after how many seconds the page loads itself again; nil for never, which is what a
    ///   reader is owed who did not ask for it (WCAG 2.2, 2.2.1 and 2.2.2).
    public func page(
        _ route: PageRoute, language: PageLanguage = .english, reloadSeconds: Int? = nil
    ) -> String? {
        let index = route.release.map { byID[$0] } ?? frontIndex
        guard let index else { return route == .home ? EmptyPage.html(language).text : nil }
        let context = PageContext(index, language, route: route, reloadSeconds: reloadSeconds)
        return body(of: route, context).map { PageFrame(context).document($0).text }
    }

    private func body(of route: PageRoute, _ context: PageContext) -> PageBody? {
        switch route {
        case .home, .release: OverviewPage(context, map).body
        case .releases: ReleasesPage(context, byID.values.filter { !$0.release.isProvisional }).body
        case .department(let name, _): DepartmentPage(context, name)?.body
        case .connections: ConnectionsPage(context).body
        case .connection(let id, _): ConnectionPage(context, id)?.body
        case .indicator(let indicator, let slice, _): IndicatorPage(context, indicator, slice)?.body
        case .method: MethodPage(context).body
        case .brief: BriefPage(context).body
        }
    }

    /// A page with the stylesheet in it, as a file that needs no server; its links lead nowhere without one.
    public func file(_ route: PageRoute, language: PageLanguage = .english) -> String? {
        guard var page = page(route, language: language) else { return nil }
        let parts = page.split(separator: PageFrame.stylesheetLink, maxSplits: 1)
        guard parts.count == 2 else { return nil }
        page = parts[0] + "<style>" + Site.stylesheet + "</style>" + parts[1]
        return page
    }

    /// The brief of a release as Markdown; nil where there is no such release.
    public func briefMarkdown(_ id: String, language: PageLanguage = .english) -> String? {
        byID[id].map { BriefMarkdown(PageContext($0, language, route: .brief(id))).text }
    }

    /// What `/style.css` answers.
    public static let stylesheet = ChartStylesheet.css + String(decoding: PackageResources.pages_css, as: UTF8.self)
}
