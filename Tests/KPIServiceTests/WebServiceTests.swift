import HTTP
import Health
import Operations
import Primitives
import SQLDatabase
import Store
import Testing

@testable import KPIService

/// The routes, asked without a network.
@Suite struct WebServiceTests {
    private let store: FilledStore
    private let router: Router
    private let published: PublishedReleases
    private let progress = IntakeProgress()
    private let log = Log(format: .json, sink: { _ in })

    init() throws {
        store = try FilledStore(.sqlite)
        published = PublishedReleases(store: store.address)
        var router = Router()
        try PageRoutes(published, ProvisionalPages(published, nil, nil)).add(to: &router)
        try IndicatorRoutes(published).add(to: &router)
        try AttributionRoute(store: store.address, tokens: AccessTokens(["secret"], realm: "test")).add(to: &router)
        try AtomFeed(published).add(to: &router)
        try ServiceHealth(progress, published, RequestCounts(), log, version: "1.2.3").routes.add(to: &router)
        self.router = router
    }

    private func close(_ name: String, registry: String = "registry") throws {
        try store.close(name, registry: registry)
        try published.refresh()
    }

    private func answer(
        _ target: String, _ headers: [HTTPHeader] = []
    ) throws -> (status: Int, text: String, headers: [HTTPHeader]) {
        let request = try #require(HTTPRequest(target: target, headers: headers))
        let response = router.respond(to: request)
        return (response.status, try text(of: response), response.headers)
    }

    private func text(of response: HTTPResponse) throws -> String {
        switch response.content {
        case .none: return ""
        case .bytes(let body): return body.text
        case .stream(let next):
            var bytes: [UInt8] = []
            while let chunk = try next() { bytes += chunk }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func withoutAReleaseTheAnswerSaysWhatToDo() throws {
        try published.refresh()
        let (status, text, _) = try answer("/v1/indicators")
        #expect(status == 404 && text.contains("kpi close"))
        #expect(try answer("/v1/releases").text == "{\"releases\":[]}")
    }

    @Test func beforeTheStoreWasReadNothingIsSaidOfReleases() throws {
        for path in ["/v1/indicators", "/v1/releases", "/v1/releases/2026-Q1", "/v1/connections", "/feed.atom"] {
            let (status, text, headers) = try answer(path)
            #expect(status == 503 && text.contains("not be read") && headers.value("Retry-After") == "1", "\(path)")
        }
    }

    @Test func figuresAreFilteredAndPaged() throws {
        try close("2026-Q1")
        let (status, text, _) = try answer("/v1/indicators?indicator=K01&department=health")
        #expect(status == 200 && text.contains("\"id\":\"2026-Q1.1\"") && text.contains("\"department\":\"health\""))
        #expect(!text.contains("\"K02\"") && !text.contains("\"housing\""))
        let first = try answer("/v1/indicators?limit=2")
        #expect(first.text.contains("\"next\":2"))
        #expect(first.headers.value("Link") == "</v1/indicators?limit=2&cursor=2>; rel=\"next\"")
        #expect(try answer("/v1/indicators?limit=2&cursor=2").text != first.text)
    }

    @Test func csvIsAskedForEitherWay() throws {
        try close("2026-Q1")
        let byFormat = try answer("/v1/indicators?format=csv&indicator=K02").text
        #expect(byFormat.hasPrefix("release,indicator,department,"))
        for accept in ["text/csv", "Text/CSV;q=0.9, */*"] {
            #expect(try answer("/v1/indicators?indicator=K02", [HTTPHeader("Accept", accept)]).text == byFormat)
        }
        #expect(try answer("/v1/indicators", [HTTPHeader("Accept", "text/csvx")]).text.hasPrefix("{"))
    }

    @Test func aReleaseIsServedByteForByte() throws {
        try close("2026-Q1")
        let entry = try #require(try ReleaseShelf(store.address, timeMilliseconds: 0).entries().first)
        let body = try answer("/v1/releases/2026-Q1.1").text
        #expect("sha256:" + Hexadecimal.text(SHA256.digest(of: Array(body.utf8))) == entry.digest)
        // A period's name stands for its newest release.
        try close("2026-Q1", registry: "another")
        #expect(try answer("/v1/releases/2026-Q1").text.contains("\"id\":\"2026-Q1.2\""))
        #expect(try answer("/v1/releases/2026-Q1.1").text == body)
        #expect(try answer("/v1/releases/2026-Q9.1").status == 404)
    }

    @Test func everythingWrongWithAQueryIsToldAtOnce() throws {
        try close("2026-Q1")
        let (status, text, _) = try answer("/v1/indicators?indicator=K99&limit=0&colour=red&format=xml")
        #expect(status == 400)
        for name in ["indicator", "limit", "colour", "format"] { #expect(text.contains("\"parameter\":\"\(name)\"")) }
        #expect(!text.contains("red") && !text.contains("K99"))
    }

    @Test func aNumberIsDigitsAndNothingElse() throws {
        try close("2026-Q1")
        for limit in ["%2B5", "-0", "", "5.0", "0x5", "99999999999999999999"] {
            #expect(try answer("/v1/indicators?limit=\(limit)").status == 400)
        }
        #expect(try answer("/v1/indicators?limit=05").status == 200)
        #expect(try answer("/v1/releases?limit=5").text.contains("expected no parameter"))
    }

    @Test func recordsAreForWhoeverHasTheToken() throws {
        #expect(try answer("/v1/attributions").status == 401)
        #expect(try answer("/v1/attributions", [HTTPHeader("Authorization", "Bearer wrong")]).status == 401)
        let token = [HTTPHeader("Authorization", "Bearer secret")]
        let lines = try answer("/v1/attributions?limit=40", token).text.split(separator: "\n")
        #expect(lines.count == 40 && lines.last?.hasPrefix("{\"sequence\":40,\"record\":{") == true)
        #expect(try answer("/v1/attributions?after=40", token).text.split(separator: "\n").count == 20)
        var router = Router()
        try AttributionRoute(store: store.address, tokens: nil).add(to: &router)
        #expect(router.respond(to: try #require(HTTPRequest(target: "/v1/attributions"))).status == 403)
    }

    @Test func aConnectionHasItsFiguresAndFacts() throws {
        try close("2026-Q1")
        let text = try answer("/v1/connections/x:sister:a").text
        #expect(text.contains("\"partner\":\"Partner <A>\"") && text.contains("\"indicator\":\"K04\""))
        #expect(text.contains("\"evidence\":[\"T1 funded-by\"]"))
        // Without a log K14 is not stated, and whether a connection is dormant not known.
        #expect(!text.contains("\"dormant\""))
        #expect(try answer("/v1/connections/x:none").status == 404)
    }

    @Test func pagesSpeakTheLanguageThatIsAskedFor() throws {
        try close("2026-Q1")
        let english = try answer("/")
        #expect(english.status == 200 && english.text.contains("<html lang=\"en\">"))
        let spanish = try answer("/", [HTTPHeader("Accept-Language", "fr, es-MX;q=0.8, en;q=0.7")])
        #expect(spanish.text.contains("<html lang=\"es\">") && spanish.headers.value("Content-Language") == "es")
        #expect(try answer("/?lang=en", [HTTPHeader("Accept-Language", "es")]).text == english.text)
        #expect(try answer("/brief/2026-Q1.1").status == 200)
        #expect(try answer("/indicators/K03?department=health").text.contains("K03"))
        #expect(try answer("/departments/nowhere").status == 404)
        #expect(try answer("/style.css").text.contains("prefers-color-scheme"))
    }

    @Test func aPageIsThatOfTheNewestReleases() throws {
        try close("2026-Q1")
        let first = try answer("/").text
        try close("2026-Q1", registry: "another")
        #expect(try answer("/").text != first)
        #expect(try answer("/").text.contains("2026-Q1.2"))
    }

    @Test func theFeedListsReleases() throws {
        try close("2026-Q1")
        try close("2026-Q1", registry: "another")
        let text = try answer("/feed.atom").text
        #expect(text.contains("<title>2026-Q1.2</title>") && text.contains("Takes the place of 2026-Q1.1"))
        #expect(text.contains("<link rel=\"self\" href=\"/feed.atom\"/>"))
    }

    @Test func theFeedHasWholeURLsWhereItIsKnownWhereReadersFindIt() throws {
        try close("2026-Q1")
        var router = Router()
        try AtomFeed(published, PublicURL("https://figures.example.org:8443/")).add(to: &router)
        let request = try #require(HTTPRequest(target: "/feed.atom", headers: [HTTPHeader("Host", "evil.example")]))
        let text = try text(of: router.respond(to: request))
        let links = text.split(separator: "href=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(
            links == [
                "https://figures.example.org:8443/feed.atom", "https://figures.example.org:8443/releases/2026-Q1.1",
                "https://figures.example.org:8443/v1/releases/2026-Q1.1",
            ])
    }

    @Test(arguments: [
        "https://a", "http://a-b.example.org", "https://a.example:8443", "https://a/", "http://[2001:db8::1]:80",
        "https://[::1]",
    ])
    func aPublicURLHasSchemeAndHost(_ text: String) {
        #expect(PublicURL(text)?.text == (text.hasSuffix("/") ? String(text.dropLast()) : text))
    }

    @Test(arguments: [
        "", "a.example", "ftp://a", "https://", "https://a/b", "https://a?b", "https://a:99999", "https://a b",
        "https://ü",
        "https://a\"/><x", "https://user@a", "https://:80", "HTTPS://a", "https://a:", "https://a//",
    ])
    func aPublicURLHasNothingElse(_ text: String) {
        #expect(PublicURL(text) == nil)
    }

    @Test func readinessSaysWhatIsMissing() throws {
        #expect(try answer("/livez").status == 200)
        let (status, text, _) = try answer("/readyz")
        #expect(status == 503 && text.contains("starting") && text.contains("releases could not be read"))
        try published.refresh()
        progress.update { ($0.isReady, $0.reason) = (true, "") }
        #expect(try answer("/readyz").status == 200)
        #expect(try answer("/metrics").text.contains("city_build_info{version=\"1.2.3\"} 1"))
        log.write(.releasesUnavailable, [.error: "none"])
        let metrics = try answer("/metrics").text
        #expect(metrics.contains("city_log_events_total{event=\"releases_unavailable\",level=\"warning\"} 1"))
        #expect(metrics.contains("city_log_events_total{event=\"kafka_fatal\",level=\"error\"} 0"))
    }
}

extension HTTPBody {
    /// The body as a text.
    fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
