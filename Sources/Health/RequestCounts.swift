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

    /// Writes them as a metric, in one order always.
    public func write(to text: inout MetricsText) {
        text.family("city_http_requests_total", .counter, "Requests that were answered.")
        let all = counts.withLock { $0 }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        for (key, count) in all {
            text.sample(
                "city_http_requests_total",
                [("method", key.method), ("route", key.route), ("status", String(key.status))], Double(count))
        }
    }
}
