import HTTP
public import Indicators
import Operations
import Pages
import Primitives
import Releases

/// The pages of periods that are not closed yet, computed when they are asked for: for people who may see the records.
///
/// Two looks at them differ by a few records, and what differs can give one resident away however each is suppressed.
/// That is why they are never public.
struct ProvisionalPages: Sendable {
    /// For how long computed figures are shown again.
    private static let keptMilliseconds: Int64 = 2000
    private static let reloadRange = 2...3600

    private struct Kept: Sendable {
        let site: Site
        let releases: Int
        let madeAt: Int64
    }

    private let published: PublishedReleases
    private let gate: TokenGate
    private let closing: ClosingSource?
    /// Held while figures are computed: who comes then waits for them and does not compute them too.
    private let kept = Locked<[String: Kept]>([:])

    init(_ published: PublishedReleases, _ tokens: AccessTokens?, _ closing: ClosingSource?) {
        (self.published, gate, self.closing) = (published, TokenGate(tokens: tokens), closing)
    }

    /// `/running`: leads to the quarter behind the newest one that was closed.
    func lead(_ request: HTTPRequest) -> HTTPResponse {
        switch entrance(request) {
        case .closed(let refusal): return refusal
        case .open(let source):
            let newest = published.now.site.front.flatMap { ReportingPeriod($0.period, source.calendar) }
            let month = newest?.last.adding(months: 1) ?? MonthNumber(SystemClock.now().date)
            let period = ReportingPeriod(newest?.length ?? .quarter, holding: month, source.calendar)
            let path = PageRoute.release(Release.provisionalID(of: period.name)).path
            let items =
                [
                    PageLanguage.asked(request).map { "lang=\($0.rawValue)" },
                    reloadSeconds(request).map { "every=\($0)" },
                ].compactMap { $0 }
            var response = HTTPResponse(status: 303)
            response.headers = [
                HTTPHeader("Location", items.isEmpty ? path : path + "?" + items.joined(separator: "&"))
            ]
            response.cacheControl = "no-store"
            return response
        }
    }

    /// A page in the figures of a period.
    func page(
        _ route: PageRoute, period name: String, _ language: PageLanguage, _ request: HTTPRequest
    ) -> HTTPResponse {
        let source: ClosingSource
        switch entrance(request) {
        case .closed(let refusal): return refusal
        case .open(let found): source = found
        }
        guard let period = ReportingPeriod(name, source.calendar), period.firstDay <= SystemClock.now().date else {
            return Problem(
                404, detail: "There are no provisional figures of this period; it has not begun, or is none.",
                instance: request.path
            ).response()
        }
        let site: Site
        do throws(ClosingError) {
            site = try self.site(period, source)
        } catch {
            return Problem(503, detail: "No provisional figures now: \(error)", instance: request.path).response()
        }
        guard let text = site.page(route, language: language, reloadSeconds: reloadSeconds(request)) else {
            return PageRoutes.noPage(request)
        }
        var response = PageRoutes.response(HTTPBody(text), language)
        response.cacheControl = "no-store"
        return response
    }

    /// After how many seconds the reader wants the page loaded again.
    private func reloadSeconds(_ request: HTTPRequest) -> Int? {
        request.query.first { $0.name == "every" }.flatMap { Int($0.value) }.flatMap {
            ProvisionalPages.reloadRange.contains($0) ? $0 : nil
        }
    }

    private enum Entrance {
        case open(ClosingSource)
        case closed(HTTPResponse)
    }

    /// Who asks without a token is refused, and everybody where figures cannot be computed.
    private func entrance(_ request: HTTPRequest) -> Entrance {
        if let refusal = gate.refusal(of: request, "Provisional figures") { return .closed(refusal) }
        guard let closing else {
            return .closed(
                Problem(
                    404, detail: "Provisional figures need the registry: the service was started without registry.",
                    instance: request.path
                ).response())
        }
        return .open(closing)
    }

    private func site(_ period: ReportingPeriod, _ source: ClosingSource) throws(ClosingError) -> Site {
        let result = kept.withLock { kept -> Result<Site, ClosingError> in
            kept = kept.filter { !isStale($0.value) }
            if let known = kept[period.name] { return .success(known.site) }
            do throws(ClosingError) {
                let made = try compute(period, source)
                kept[period.name] = made
                return .success(made.site)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func compute(_ period: ReportingPeriod, _ source: ClosingSource) throws(ClosingError) -> Kept {
        let state = published.now
        let figures = try source.closing().provisional(period, now: SystemClock.now())
        let site = Site(releases: state.items.map(\.release), provisional: figures, worldMap: published.map)
        return Kept(site: site, releases: state.version, madeAt: SystemClock.monotonicMilliseconds())
    }

    private func isStale(_ kept: Kept) -> Bool {
        kept.releases != published.now.version
            || SystemClock.monotonicMilliseconds() - kept.madeAt > ProvisionalPages.keptMilliseconds
    }
}

/// What computes the figures of a period: read anew, since the registry changes.
public struct ClosingSource: Sendable {
    /// How the city counts its fiscal years.
    public let calendar: FiscalCalendar
    /// Makes a closing with the registry as it is now.
    public let closing: @Sendable () throws(ClosingError) -> PeriodClosing

    /// Makes a source.
    public init(
        calendar: FiscalCalendar, closing: @escaping @Sendable () throws(ClosingError) -> PeriodClosing
    ) { (self.calendar, self.closing) = (calendar, closing) }
}
