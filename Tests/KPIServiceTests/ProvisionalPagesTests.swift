import HTTP
import Indicators
import Primitives
import Releases
import SQLDatabase
import Testing

@testable import KPIService

/// The figures of periods that are not closed, asked without a network.
@Suite struct ProvisionalPagesTests {
    private let store: FilledStore
    private let published: PublishedReleases
    private let token = [HTTPHeader("Authorization", "Bearer secret")]

    init() throws {
        store = try FilledStore(.sqlite)
        published = PublishedReleases(store: store.address)
        try published.refresh()
    }

    private func answer(
        _ target: String, _ headers: [HTTPHeader], tokens: AccessTokens? = AccessTokens(["secret"], realm: "test"),
        source: ClosingSource?
    ) throws -> HTTPResponse {
        var router = Router()
        try PageRoutes(published, ProvisionalPages(published, tokens, source)).add(to: &router)
        return router.respond(to: try #require(HTTPRequest(target: target, headers: headers)))
    }

    private var source: ClosingSource {
        let closing = store.closing()
        return ClosingSource(calendar: .calendarYears) { closing }
    }

    private func text(_ response: HTTPResponse) -> String {
        guard case .bytes(let body) = response.content else { return "" }
        return String(decoding: body.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "/running", "/releases/2026-Q1.provisional", "/brief/2026-Q1.provisional",
        "/connections?release=2026-Q1.provisional", "/departments/housing?release=2026-Q1.provisional",
        "/indicators/K01?release=2026-Q1.provisional", "/connections/x:sister:a?release=2026-Q1.provisional",
    ])
    func areForWhoeverHasTheToken(_ target: String) throws {
        #expect(try answer(target, [], source: source).status == 401)
        #expect(try answer(target, [HTTPHeader("Authorization", "Bearer wrong")], source: source).status == 401)
        #expect(try answer(target, token, tokens: nil, source: source).status == 403)
        #expect(try answer(target, token, source: nil).status == 404)
        let response = try answer(target, token, source: source)
        #expect(response.status == (target == "/running" ? 303 : 200) && response.cacheControl == "no-store")
    }

    @Test func leadToTheQuarterBehindTheNewestThatWasClosed() throws {
        try store.close("2026-Q1")
        try published.refresh()
        let response = try answer("/running?every=5&lang=es&x=%26y%3D1", token, source: source)
        #expect(response.headers.value("Location") == "/releases/2026-Q2.provisional?lang=es&every=5")
        #expect(
            try answer("/running?every=0", token, source: source).headers.value("Location")
                == "/releases/2026-Q2.provisional")
    }

    @Test func areComputedFromTheStoreAsItIs() throws {
        let page = text(try answer("/releases/2026-Q1.provisional?lang=en", token, source: source))
        let release = try store.closing().provisional(
            try #require(ReportingPeriod("2026-Q1")), now: try #require(Timestamp("2026-11-30T08:00:00Z")))
        let figure = try #require(release.figures.first { $0.indicator == .attributedOutcomes && $0.slice == Slice() })
        #expect(figure.value == .stated("30") && page.contains(">30<"))
        #expect(page.contains("Provisional: January to March 2026, not closed"))
        #expect(
            try store.closing().provisional(
                try #require(ReportingPeriod("2026-Q2")), now: try #require(Timestamp("2026-11-30T08:00:00Z"))
            ).isProvisional)
        // Nothing of it is kept.
        try published.refresh()
        #expect(published.now.items.isEmpty)
    }

    @Test(arguments: ["9000-Q1", "2026-Q5", "%3Cscript%3E", ""])
    func areNotHadOfWhatIsNoPeriodOrHasNotBegun(_ period: String) throws {
        let response = try answer("/releases/\(period).provisional", token, source: source)
        #expect(response.status == 404 && !text(response).contains("<script>"))
    }

    @Test func sayWhatIsWrongWithTheRegistry() throws {
        let broken = ClosingSource(calendar: .calendarYears) { () throws(ClosingError) in
            throw .registry("connections.yaml:3: expected a partner")
        }
        let response = try answer("/releases/2026-Q1.provisional", token, source: broken)
        #expect(response.status == 503 && text(response).contains("connections.yaml:3: expected a partner"))
    }

    @Test func areLoadedAgainByThemselvesWhereThatIsAskedFor() throws {
        let target = "/releases/2026-Q1.provisional?lang=en"
        #expect(!text(try answer(target, token, source: source)).contains("http-equiv"))
        for (every, isTaken) in [("5", true), ("1", false), ("3601", false), ("x", false), ("-5", false)] {
            let page = text(try answer("\(target)&every=\(every)", token, source: source))
            #expect(page.contains("http-equiv=\"refresh\" content=\"\(every)\"") == isTaken, "\(every)")
        }
    }

    @Test func areAskedForByManyAtOnceWhileReleasesAreMade() throws {
        let closing = store.closing()
        let pages = ProvisionalPages(
            published, AccessTokens(["secret"], realm: "test"), ClosingSource(calendar: .calendarYears) { closing })
        var router = Router()
        try PageRoutes(published, pages).add(to: &router)
        let shared = router
        let (token, failures) = (token, Locked<[String]>([]))
        let threads = (0..<4).map { number in
            Threads.start {
                for round in 0..<6 {
                    let isPublic = (number + round) % 2 == 0
                    let target = isPublic ? "/?lang=en" : "/releases/2026-Q\(1 + round % 2).provisional?lang=en"
                    let status = HTTPRequest(target: target, headers: isPublic ? [] : token).map {
                        shared.respond(to: $0).status
                    }
                    if status != 200 { failures.withLock { $0.append("\(target): \(status ?? 0)") } }
                }
            }
        }
        for name in ["2026-Q1", "2026-01", "2026-02"] {
            try store.close(name)
            try published.refresh()
        }
        threads.forEach(Threads.join)
        #expect(failures.withLock { $0 } == [])
    }
}
