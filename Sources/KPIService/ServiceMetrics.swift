import Health
public import Operations
import Store

/// The metrics of the KPI service, stated once. Their names are part of what is promised.
public enum ServiceMetrics {
    /// Every metric, in the order in which they are written.
    public static let families = [
        records, transactions, lag, ready, releases, RequestCounts.family, Log.eventsTotal, .buildInfo,
    ]

    static let records = MetricFamily(
        "city_kpi_records_total", .counter,
        labels: [MetricFamily.Label("result", TakenCounts().named.map(\.name).filter { $0 != "received" })],
        "Records of the topic since the start, by what became of them.")
    static let transactions = MetricFamily(
        "city_kpi_transactions_total", .counter, "Transactions of the store since the start.")
    static let lag = MetricFamily(
        "city_kpi_lag_records", .gauge, labels: [MetricFamily.Label("partition")],
        "Records that are not read yet; absent until a partition was read.")
    static let ready = MetricFamily("city_kpi_ready", .gauge, "1 while records are read and stored.")
    static let releases = MetricFamily("city_kpi_releases", .gauge, "Releases that are served.")
}
