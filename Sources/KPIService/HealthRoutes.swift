import HTTP
import JSON
import Operations
import Primitives
import Store

/// `/livez`, `/readyz` and `/metrics`.
struct HealthRoutes: Sendable {
    private let progress: IntakeProgress
    private let published: PublishedReleases
    private let requests: RequestCounts
    private let version: String

    init(_ progress: IntakeProgress, _ published: PublishedReleases, _ requests: RequestCounts, version: String) {
        (self.progress, self.published, self.requests, self.version) = (progress, published, requests, version)
    }

    func add(to router: inout Router) throws(RouteError) {
        try router.add("GET", "/livez") { [self] _ in live() }
        try router.add("GET", "/readyz") { [self] _ in ready() }
        try router.add("GET", "/metrics") { [self] _ in metrics() }
    }

    /// Whether the loop that reads goes round; waiting for a broker or a database is part of that.
    private func live() -> HTTPResponse {
        let age = progress.now.age
        return Self.answer(
            isGood: age < 60_000, ["the reading loop has not come round for \(age / 1000) s"])
    }

    private func ready() -> HTTPResponse {
        let state = progress.now
        var reasons: [String] = []
        if !state.isReady { reasons.append(state.reason) }
        if state.age > 30_000 { reasons.append("the reading loop has not come round for \(state.age / 1000) s") }
        if !published.now.isRead { reasons.append("the releases could not be read from the store") }
        return Self.answer(isGood: reasons.isEmpty, reasons)
    }

    private static func answer(isGood: Bool, _ reasons: [String]) -> HTTPResponse {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("status")
        writer.string(isGood ? "ok" : "unavailable")
        if !isGood {
            writer.key("reasons")
            writer.beginArray()
            for reason in reasons { writer.string(reason) }
            writer.endArray()
        }
        writer.endObject()
        var response = HTTPResponse(
            status: isGood ? 200 : 503, contentType: "application/json",
            content: .bytes(HTTPBody(writer.finish().array())))
        response.cacheControl = "no-store"
        return response
    }

    private func metrics() -> HTTPResponse {
        let state = progress.now
        var text = MetricsText()
        text.family("city_kpi_records_total", .counter, "Records of the topic, by what became of them.")
        for (name, value) in state.counts.named where name != "received" {
            text.sample("city_kpi_records_total", [("result", name)], Double(value))
        }
        text.family("city_kpi_transactions_total", .counter, "Transactions of the store.")
        text.sample("city_kpi_transactions_total", [], Double(state.transactions))
        text.family("city_kpi_lag_records", .gauge, "Records that are not read yet.")
        for (partition, lag) in state.lag.sorted(by: { $0.key < $1.key }) {
            text.sample("city_kpi_lag_records", [("partition", String(partition))], Double(lag))
        }
        text.family("city_kpi_ready", .gauge, "1 while records are read and stored.")
        text.sample("city_kpi_ready", [], state.isReady ? 1 : 0)
        text.family("city_kpi_releases", .gauge, "Releases of the store.")
        text.sample("city_kpi_releases", [], Double(published.now.items.count))
        text.family("city_http_requests_total", .counter, "Requests that were answered.")
        for (key, count) in requests.all {
            text.sample(
                "city_http_requests_total",
                [("method", key.method), ("route", key.route), ("status", String(key.status))], Double(count))
        }
        text.family("city_build_info", .gauge, "The version of the program.")
        text.sample("city_build_info", [("version", version)], 1)
        var response = HTTPResponse(contentType: "text/plain; version=0.0.4; charset=utf-8", text: text.text)
        response.cacheControl = "no-store"
        return response
    }
}

/// Requests by method, route and status.
final class RequestCounts: Sendable {
    struct Key: Hashable, Sendable {
        let method: String
        let route: String
        let status: Int
    }

    private let counts = Locked<[Key: Int]>([:])

    func note(_ record: RequestRecord) {
        let key = Key(method: record.method, route: record.route ?? "none", status: record.status)
        counts.withLock { $0[key, default: 0] += 1 }
    }

    /// All of them, in one order.
    var all: [(key: Key, count: Int)] {
        counts.withLock { $0 }.map { (key: $0.key, count: $0.value) }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
    }
}
