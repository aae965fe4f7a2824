import HTTP
import Pages
import Primitives
import Releases

/// The pages for people: the overview, departments, connections, figures, releases and the brief.
///
/// A page is rendered once for each state of the releases, and kept with its compressed form.
struct PageRoutes: Sendable {
    /// More pages than these are not kept: addresses can be made up.
    private static let pagesMax = 2000
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'none'"

    private struct Cache: Sendable {
        var version = -1
        var pages: [String: HTTPBody] = [:]
    }

    private let published: PublishedReleases
    private let provisional: ProvisionalPages
    private let cache = Locked(Cache())
    private let stylesheet = HTTPBody([UInt8](Site.stylesheet.utf8), isKept: true)

    init(_ published: PublishedReleases, _ provisional: ProvisionalPages) {
        (self.published, self.provisional) = (published, provisional)
    }

    func add(to router: inout Router) throws(RouteError) {
        for template in [
            "/", "/releases", "/releases/{id}", "/departments/{name}", "/connections", "/connections/{id}",
            "/indicators/{code}", "/method", "/brief/{release}",
        ] {
            try router.add("GET", template) { [self] in page($0) }
        }
        try router.add("GET", "/running") { [self] in provisional.lead($0) }
        try router.add("GET", "/style.css") { [self] _ in
            HTTPResponse(contentType: "text/css; charset=utf-8", content: .bytes(stylesheet))
        }
    }

    private func page(_ request: HTTPRequest) -> HTTPResponse {
        if let refusal = published.refusal(of: request) { return refusal }
        let query = request.query.map { (name: $0.name, value: $0.value) }
        let asked = PageLanguage.asked(request)
        let language = asked ?? PageLanguage.preferred(request.header("Accept-Language"))
        guard let route = PageRoute(segments: request.segments, query: query) else {
            return PageRoutes.noPage(request)
        }
        var response: HTTPResponse
        if let period = route.release.flatMap(Release.provisionalPeriod) {
            response = provisional.page(route, period: period, language, request)
        } else if let body = body(route, language) {
            response = PageRoutes.response(body, language)
        } else {
            return PageRoutes.noPage(request)
        }
        if asked == nil { response.vary = ["Accept-Language"] }
        return response
    }

    static func response(_ body: HTTPBody, _ language: PageLanguage) -> HTTPResponse {
        var response = HTTPResponse(contentType: "text/html; charset=utf-8", content: .bytes(body))
        response.contentSecurityPolicy = policy
        response.headers = [HTTPHeader("Content-Language", language.rawValue)]
        return response
    }

    static func noPage(_ request: HTTPRequest) -> HTTPResponse {
        Problem(404, detail: "There is no such page; / leads to all that there are.", instance: request.path).response()
    }

    private func body(_ route: PageRoute, _ language: PageLanguage) -> HTTPBody? {
        let state = published.now
        let address = route.address(language)
        let kept = cache.withLock { cache -> HTTPBody? in
            if cache.version != state.version { cache = Cache(version: state.version) }
            return cache.pages[address]
        }
        if let kept { return kept }
        guard let text = state.site.page(route, language: language) else { return nil }
        let body = HTTPBody([UInt8](text.utf8), isKept: true)
        cache.withLock { cache in
            guard cache.version == state.version, cache.pages.count < PageRoutes.pagesMax else { return }
            cache.pages[address] = body
        }
        return body
    }
}

extension PageLanguage {
    /// The language that the query of a request names; nil where it names none.
    static func asked(_ request: HTTPRequest) -> PageLanguage? {
        request.query.first { $0.name == "lang" }.flatMap { PageLanguage(rawValue: $0.value) }
    }

    /// The language that a reader prefers, by the field `Accept-Language` (RFC 9110, section 12.5.4); English where
    /// none of those that there are is named.
    static func preferred(_ field: String?) -> PageLanguage {
        var best: (language: PageLanguage, weight: Double)?
        for item in (field ?? "").split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let tag = parts.first?.lowercased() ?? ""
            guard let language = PageLanguage(rawValue: String(tag.prefix { $0 != "-" })) else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? .english
    }
}
