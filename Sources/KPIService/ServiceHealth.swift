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
        requests.write(to: &text)
        log.writeCounts(of: [.httpListening] + LogEvent.kafka + LogEvent.service, to: &text)
        text.family("city_build_info", .gauge, "The version of the program.")
        text.sample("city_build_info", [("version", version)], 1)
    }
}
