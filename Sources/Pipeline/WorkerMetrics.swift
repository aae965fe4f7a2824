import Attribution
import Connections
import Intake
public import Operations

/// The metrics of a worker (docs/operations.md). Their names are part of what is promised.
public struct WorkerMetrics: Sendable {
    private let department: String
    private let topic: String

    /// Makes the metrics of a department's worker that reads a topic.
    public init(department: String, topic: String) { (self.department, self.topic) = (department, topic) }

    /// Writes what a worker's progress says, and what is known of its registry.
    public func write(
        _ state: WorkerProgress.State, _ registry: RegistrySupply.State, isReady: Bool, to text: inout MetricsText
    ) {
        writeCounts(state.committed, &text)
        text.write(
            WorkerMetrics.lag,
            state.lag.sorted { $0.key < $1.key }.map { ([topic, String($0.key)], Double($0.value)) })
        text.write(WorkerMetrics.eventSeconds, state.eventSeconds)
        text.write(WorkerMetrics.transactionSeconds, state.transactionSeconds)
        text.write(
            WorkerMetrics.transactions,
            [(["committed"], Double(state.transactionSeconds.count)), (["aborted"], Double(state.aborted))])
        text.write(WorkerMetrics.rebalances, Double(state.rebalances))
        text.write(
            WorkerMetrics.credentialChanges,
            [(["used"], Double(state.credentialsRenewed)), (["refused"], Double(state.credentialsRefused))])
        text.write(WorkerMetrics.ready, isReady ? 1 : 0)
        text.write(WorkerMetrics.registryInfo, labels: ["sha256:\(registry.digest)"], 1)
        text.write(WorkerMetrics.registryConnections, Double(registry.connections))
        text.write(WorkerMetrics.registryCurrent, registry.isCurrent ? 1 : 0)
        text.write(
            WorkerMetrics.registryReloads,
            zip(WorkerMetrics.reloads, [registry.taken, registry.refused, registry.unavailable])
                .map { ([$0], Double($1)) })
        text.write(.buildInfo, labels: [Engine.version], 1)
    }

    private func writeCounts(_ counters: Counters, _ text: inout MetricsText) {
        let results = [
            counters.outcomes, counters.count(of: .retracted), counters.skipped.values.reduce(0, +),
            counters.deadLetters.values.reduce(0, +),
        ]
        text.write(
            WorkerMetrics.events,
            zip(WorkerMetrics.results, results).map { ([department, $0], Double($1)) })
        var records: [(labels: [String], value: Double)] = []
        for verdict in Verdict.allCases {
            for tier in [nil] + Tier.allCases.map(Optional.some) {
                let count = counters.count(of: verdict, tier)
                guard count > 0 || tier == nil else { continue }
                records.append((["\(verdict.name)", tier.map { "\($0.name)" } ?? "none"], Double(count)))
            }
        }
        text.write(WorkerMetrics.records, records)
        // With those that never came, too: of a series that begins with 1, Prometheus sees no increase.
        text.write(
            WorkerMetrics.deadLetters,
            FaultCode.allCases.map { ([$0.rawValue], Double(counters.deadLetters[$0] ?? 0)) })
        text.write(
            WorkerMetrics.skipped, SkipReason.allCases.map { ([$0.rawValue], Double(counters.skipped[$0] ?? 0)) })
    }
}

/// What there is to write, stated once.
extension WorkerMetrics {
    /// Every metric of a worker, in the order in which they are written.
    public static let families = [
        events, records, deadLetters, skipped, lag, eventSeconds, transactionSeconds, transactions, rebalances,
        credentialChanges, ready,
        registryInfo, registryConnections, registryCurrent, registryReloads, .buildInfo,
    ]

    private typealias Label = MetricFamily.Label
    private static let reloads = ["taken", "refused", "unavailable"]
    private static let results = ["outcome", "withdrawn", "skipped", "dead-letter"]

    private static let events = MetricFamily(
        "city_events_total", .counter, labels: [Label("department"), Label("result", results)],
        "Events that are taken in and committed, by what they were.")
    private static let records = MetricFamily(
        "city_records_total", .counter,
        labels: [
            Label("decision", Verdict.allCases.map { "\($0.name)" }),
            Label("tier", Tier.allCases.map { "\($0.name)" } + ["none"]),
        ], "Outcomes, by what was decided.")
    private static let deadLetters = MetricFamily(
        "city_dead_letters_total", .counter, labels: [Label("code")],
        "Dead letters, by code (docs/dead-letters.md#codes).")
    private static let skipped = MetricFamily(
        "city_skipped_total", .counter, labels: [Label("reason", SkipReason.allCases.map(\.rawValue))],
        "Events that are no outcome, by reason.")
    private static let lag = MetricFamily(
        "city_lag_records", .gauge, labels: [Label("topic"), Label("partition")],
        "Events of the worker's own partitions that it has not taken in; asked of the brokers every five seconds and "
            + "after every rebalance, never negative.")
    private static let eventSeconds = MetricFamily(
        "city_event_seconds", .histogram,
        "From the time that an event bears in its topic to the commit of what came of it.")
    private static let transactionSeconds = MetricFamily(
        "city_transaction_seconds", .histogram, "How long committed transactions were open.")
    private static let transactions = MetricFamily(
        "city_transactions_total", .counter, labels: [Label("result", ["committed", "aborted"])],
        "Transactions, by what became of them.")
    private static let rebalances = MetricFamily(
        "city_rebalances_total", .counter, "How often partitions came or went.")
    private static let credentialChanges = MetricFamily(
        "city_credential_changes_total", .counter, labels: [Label("result", ["used", "refused"])],
        "Renewed credentials for Kafka, by what became of them.")
    private static let ready = MetricFamily("city_ready", .gauge, "1 while /readyz answers 200.")
    private static let registryInfo = MetricFamily(
        "city_registry_info", .gauge, labels: [Label("version")], "1, for the digest of the registry in use.")
    private static let registryConnections = MetricFamily(
        "city_registry_connections", .gauge, "Connections of the registry in use.")
    private static let registryCurrent = MetricFamily(
        "city_registry_current", .gauge,
        "0 while the registry has changed and the new one is refused or cannot be read: the old one decides.")
    private static let registryReloads = MetricFamily(
        "city_registry_reloads_total", .counter, labels: [Label("result", reloads)],
        "Changes of the registry (docs/registry.md#when-it-changes), by what became of them.")
}
