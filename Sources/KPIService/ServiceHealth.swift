import Health
import Operations
import Pipeline
import Store

/// How the service is, for `/livez`, `/readyz` and `/metrics`.
struct ServiceHealth: Sendable {
    private let progress: IntakeProgress
    private let published: PublishedReleases
    private let requests: RequestCounts
    private let log: Log
    private let version: String

    init(
        _ progress: IntakeProgress, _ published: PublishedReleases, _ requests: RequestCounts, _ log: Log,
        version: String
    ) {
        (self.progress, self.published, self.requests) = (progress, published, requests)
        (self.log, self.version) = (log, version)
    }

    var routes: HealthRoutes { HealthRoutes(live: { live }, ready: { ready }, metrics: { write(to: &$0) }) }

    /// Whether the loop that reads goes round; waiting for a broker or a database is part of that.
    private var live: [String] {
        let age = progress.now.age
        return age < 60_000 ? [] : ["the reading loop has not come round for \(age / 1000) s"]
    }

    private var ready: [String] {
        let state = progress.now
        var reasons: [String] = []
        if !state.isReady { reasons.append(state.reason) }
        if state.age > 30_000 { reasons.append("the reading loop has not come round for \(state.age / 1000) s") }
        if !published.now.isRead { reasons.append("the releases could not be read from the store") }
        return reasons
    }

    private func write(to text: inout MetricsText) {
        let state = progress.now
        text.write(
            ServiceMetrics.records,
            state.counts.named.filter { $0.name != "received" }.map { ([$0.name], Double($0.value)) })
        text.write(ServiceMetrics.transactions, Double(state.transactions))
        text.write(
            ServiceMetrics.lag, state.lag.sorted { $0.key < $1.key }.map { ([String($0.key)], Double($0.value)) })
        text.write(ServiceMetrics.ready, state.isReady ? 1 : 0)
        text.write(ServiceMetrics.releases, Double(published.now.items.count))
        requests.write(to: &text)
        log.writeCounts(of: [.httpListening] + LogEvent.kafka + LogEvent.service, to: &text)
        text.write(.buildInfo, labels: [version], 1)
    }
}
