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
        events(state.committed, &text)
        text.family("city_lag_records", .gauge, "Events of owned partitions that are not taken in yet.")
        for (partition, lag) in state.lag.sorted(by: { $0.key < $1.key }) {
            text.sample("city_lag_records", [("topic", topic), ("partition", String(partition))], Double(lag))
        }
        text.family("city_event_seconds", .histogram, "From an event's time in its topic to the commit of its outcome.")
        text.histogram("city_event_seconds", [], state.eventSeconds)
        text.family("city_transaction_seconds", .histogram, "How long committed transactions were open.")
        text.histogram("city_transaction_seconds", [], state.transactionSeconds)
        text.family("city_transactions_total", .counter, "Transactions, by what became of them.")
        text.sample(
            "city_transactions_total", [("result", "committed")], Double(state.transactionSeconds.count))
        text.sample("city_transactions_total", [("result", "aborted")], Double(state.aborted))
        text.family("city_rebalances_total", .counter, "Partitions came or went.")
        text.sample("city_rebalances_total", [], Double(state.rebalances))
        text.family("city_ready", .gauge, "1 while events are taken in.")
        text.sample("city_ready", [], isReady ? 1 : 0)
        text.family("city_registry_info", .gauge, "The registry in use, by its digest.")
        text.sample("city_registry_info", [("version", "sha256:\(registry.digest)")], 1)
        text.family("city_registry_connections", .gauge, "Connections of the registry in use.")
        text.sample("city_registry_connections", [], Double(registry.connections))
        text.family("city_registry_current", .gauge, "0 while the registry has changed and cannot be used as it is.")
        text.sample("city_registry_current", [], registry.isCurrent ? 1 : 0)
        text.family("city_registry_reloads_total", .counter, "Changes of the registry, by what became of them.")
        for (result, count) in [
            ("taken", registry.taken), ("refused", registry.refused), ("unavailable", registry.unavailable),
        ] {
            text.sample("city_registry_reloads_total", [("result", result)], Double(count))
        }
        text.family("city_build_info", .gauge, "The version of the program.")
        text.sample("city_build_info", [("version", Engine.version)], 1)
    }

    private func events(_ counters: Counters, _ text: inout MetricsText) {
        text.family("city_events_total", .counter, "Events that are taken in and committed, by what they were.")
        let department = (name: "department", value: self.department)
        let deadLetters = counters.deadLetters.values.reduce(0, +)
        let skipped = counters.skipped.values.reduce(0, +)
        let withdrawn = counters.count(of: .retracted)
        for (result, count) in [
            ("outcome", counters.outcomes), ("withdrawn", withdrawn), ("skipped", skipped),
            ("dead-letter", deadLetters),
        ] {
            text.sample("city_events_total", [department, ("result", result)], Double(count))
        }
        text.family("city_records_total", .counter, "Outcomes, by decision and tier.")
        for verdict in Verdict.allCases {
            for tier in [nil] + Tier.allCases.map(Optional.some) {
                let count = counters.count(of: verdict, tier)
                guard count > 0 || tier == nil else { continue }
                text.sample(
                    "city_records_total",
                    [("decision", "\(verdict.name)"), ("tier", tier.map { "\($0.name)" } ?? "none")], Double(count))
            }
        }
        let codes = counters.deadLetters.map { ($0.key.rawValue, $0.value) }
        write("city_dead_letters_total", "Dead letters, by code.", "code", codes, &text)
        let reasons = counters.skipped.map { ($0.key.rawValue, $0.value) }
        write("city_skipped_total", "Events that are no outcome, by reason.", "reason", reasons, &text)
    }

    /// A counter by one label, in the order of its values.
    private func write(
        _ name: String, _ help: String, _ label: String, _ counts: [(value: String, count: Int)],
        _ text: inout MetricsText
    ) {
        text.family(name, .counter, help)
        for (value, count) in counts.sorted(by: { $0.value < $1.value }) {
            text.sample(name, [(label, value)], Double(count))
        }
    }
}
