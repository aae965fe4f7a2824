public import HTTP
public import Operations
import Primitives

/// Requests by method, route and status.
public final class RequestCounts: Sendable {
    private struct Key: Hashable, Sendable {
        let method: String
        let route: String
        let status: Int
    }

    private let counts = Locked<[Key: Int]>([:])

    /// Makes counts of nothing.
    public init() {}

    /// Counts a request that is over.
    public func note(_ record: RequestRecord) {
        let key = Key(method: record.method, route: record.route ?? "none", status: record.status)
        counts.withLock { $0[key, default: 0] += 1 }
    }

    /// The metric that they are.
    public static let family = MetricFamily(
        "city_http_requests_total", .counter,
        labels: [MetricFamily.Label("method"), MetricFamily.Label("route"), MetricFamily.Label("status")],
        "Requests that were answered; `route` is `none` where there is none.")

    /// Writes them as a metric, in one order always.
    public func write(to text: inout MetricsText) {
        let all = counts.withLock { $0 }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        text.write(
            RequestCounts.family,
            all.map { ([$0.key.method, $0.key.route, String($0.key.status)], Double($0.value)) })
    }
}
