public import HTTP
import JSON
public import Operations
import Primitives

/// What a process says of itself: `/livez`, `/readyz` and `/metrics`.
public struct HealthRoutes: Sendable {
    /// Why something is not so; nothing where it is.
    public typealias Reasons = @Sendable () -> [String]

    private let live: Reasons
    private let ready: Reasons
    private let metrics: @Sendable (inout MetricsText) -> Void

    /// Makes routes; the closures are called for each request, on threads of the server.
    /// - Parameters:
    ///   - live: why the process should be started again.
    ///   - ready: why it cannot do its work now.
    ///   - metrics: writes its metrics.
    public init(
        live: @escaping Reasons, ready: @escaping Reasons, metrics: @escaping @Sendable (inout MetricsText) -> Void
    ) {
        (self.live, self.ready, self.metrics) = (live, ready, metrics)
    }

    /// Adds the routes.
    public func add(to router: inout Router) throws(RouteError) {
        let (live, ready, metrics) = (live, ready, metrics)
        try router.add("GET", "/livez") { _ in HealthRoutes.answer(live()) }
        try router.add("GET", "/readyz") { _ in HealthRoutes.answer(ready()) }
        try router.add("GET", "/metrics") { _ in
            var text = MetricsText()
            metrics(&text)
            var response = HTTPResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", text: text.text)
            response.cacheControl = "no-store"
            return response
        }
    }

    private static func answer(_ reasons: [String]) -> HTTPResponse {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.member("status", reasons.isEmpty ? "ok" : "unavailable")
        if !reasons.isEmpty {
            writer.key("reasons")
            writer.beginArray()
            for reason in reasons { writer.string(reason) }
            writer.endArray()
        }
        writer.endObject()
        var response = HTTPResponse(
            status: reasons.isEmpty ? 200 : 503, contentType: "application/json",
            content: .bytes(HTTPBody(writer.finish().array())))
        response.cacheControl = "no-store"
        return response
    }
}
