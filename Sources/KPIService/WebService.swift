import Charts
public import HTTP
import Health
public import Operations
import Pipeline
import Primitives
public import SQLDatabase
import Store

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Serves what was released, and how the service is: over HTTP, beside the intake.
///
/// Requests touch no database but for the feed of records: a thread of its own looks for new releases.
public final class WebService: Sendable {
    private static let lookMilliseconds = 1000
    private let published: PublishedReleases
    private let server: HTTPServer
    private let stopToken = StopToken()
    private let watch: Locked<pthread_t?>

    /// Where it listens, with the port that it got.
    public var address: ListenAddress { server.address }

    /// Listens and answers from now on.
    public init(
        _ settings: WebSettings, store: String, progress: IntakeProgress, version: String, log: Log
    ) throws(WebServiceError) {
        let published = PublishedReleases(store: store, map: WorldMap.load())
        let requests = RequestCounts()
        let routes: Router
        do throws(RouteError) {
            var router = Router()
            let provisional = ProvisionalPages(published, settings.tokens, settings.closing)
            try PageRoutes(published, provisional).add(to: &router)
            try IndicatorRoutes(published).add(to: &router)
            try AttributionRoute(store: store, tokens: settings.tokens).add(to: &router)
            try AtomFeed(published, settings.publicURL).add(to: &router)
            try ServiceHealth(progress, published, requests, log, version: version).routes.add(to: &router)
            routes = router
        } catch {
            throw WebServiceError("\(error)")
        }
        server = try WebService.listen(settings, requests) { routes.respond(to: $0) }
        self.published = published
        let token = stopToken
        let thread = Threads.start {
            var shelf: ReleaseShelf?
            while token.count == 0 {
                do throws(SQLError) {
                    if shelf == nil { shelf = try published.openShelf() }
                    if let shelf { try published.refresh(shelf) }
                } catch {
                    shelf = nil
                    log.write(.releasesUnavailable, [.error: .text("\(error)")])
                }
                token.wait(milliseconds: WebService.lookMilliseconds, seen: 0)
            }
        }
        watch = Locked(thread)
        log.write(.httpListening, [.address: .text("http://\(server.address)/")])
    }

    private static func listen(
        _ settings: WebSettings, _ requests: RequestCounts, _ handler: @escaping HTTPHandler
    ) throws(WebServiceError) -> HTTPServer {
        do throws(HTTPServerError) {
            return try HTTPServer(
                settings.address, limits: settings.limits, onFinished: { requests.note($0) }, handler: handler)
        } catch {
            throw WebServiceError("\(error)")
        }
    }

    /// Looks for new releases at once, and not only when it is due.
    public func refresh() throws(SQLError) { try published.refresh() }

    /// Finishes what is being answered, and closes.
    public func stop() {
        stopToken.request()
        server.stop()
        if let thread = watch.withLock({ $0 }) { Threads.join(thread) }
        watch.withLock { $0 = nil }
    }
}

/// What the service over HTTP needs to know.
public struct WebSettings: Sendable {
    /// Where to listen.
    public var address: ListenAddress
    /// Where readers find it; nil where nobody says so.
    public var publicURL: PublicURL?
    /// Who may have records and provisional figures; nil for nobody.
    public var tokens: AccessTokens?
    /// What computes provisional figures; nil where there is no registry.
    public var closing: ClosingSource?
    /// What is borne before requests are refused.
    public var limits = HTTPLimits()

    /// Makes settings with which nobody gets records.
    public init(address: ListenAddress) { self.address = address }

    /// Reads the settings; nil where the address is none.
    public init?(_ configuration: Configuration) {
        guard let address = configuration.text("http.listen").flatMap({ ListenAddress($0) }) else { return nil }
        self.address = address
        publicURL = configuration.text("http.public.url").flatMap { PublicURL($0) }
        limits.requestsPerSecond = Double(configuration.integer("http.requests.per.second"))
        limits.requestBurst = max(limits.requestBurst, 2 * limits.requestsPerSecond)
        tokens = configuration.text("http.token").map { AccessTokens([$0], realm: "City Attribution") }
    }
}

/// Why there is no service over HTTP.
public struct WebServiceError: Error, CustomStringConvertible {
    /// What went wrong, and what to do.
    public let description: String

    init(_ description: String) { self.description = description }
}
