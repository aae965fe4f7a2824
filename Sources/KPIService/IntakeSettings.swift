public import Kafka
public import Operations
public import Pipeline

/// Where records come from and where they go.
public struct IntakeSettings: Sendable {
    /// The topic of attribution records.
    public var topic: String
    /// The store: `sqlite:PATH`, a path, or a `postgresql://` URL.
    public var store: String
    /// Properties for librdkafka.
    public var client: ClientConfiguration
    /// The files that credentials for Kafka are in.
    public var credentials: CredentialFiles
    /// How often they are looked at.
    public var credentialMilliseconds = 10_000
    /// The shortest time between two transactions, unless there is more to take in than fits into one.
    public var commitIntervalMilliseconds = 200
    /// The most records of one transaction.
    public var commitRecords = 10_000

    /// Reads the settings of the service.
    public init(_ configuration: Configuration) {
        topic = configuration.text("topics.attributions") ?? "city.kpi.attributions"
        store = configuration.text("store") ?? "city-kpi.db"
        commitIntervalMilliseconds = configuration.milliseconds("commit.interval")
        commitRecords = configuration.integer("commit.records")
        credentials = CredentialFiles(configuration)
        var client = WorkerSettings.reader(configuration)
        client["group.instance.id"] = nil
        client.setDefault("group.id", "city-attribution.kpi")
        client["isolation.level"] = "read_committed"
        // Where reading goes on is in the store, and nowhere else: what is no longer there is told, not skipped.
        client["auto.offset.reset"] = "error"
        client.setDefault("queued.max.messages.kbytes", "65536")
        client.setDefault("fetch.wait.max.ms", "100")
        self.client = client
    }

    /// The properties, with secrets as they stand in their files now.
    var renewedClient: ClientConfiguration { credentials.renewed(client) }
}
