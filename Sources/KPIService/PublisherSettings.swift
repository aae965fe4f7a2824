public import Kafka
public import Operations
public import Pipeline

/// Where releases are published.
public struct PublisherSettings: Sendable {
    /// The topic of indicators.
    public var topic: String
    /// Properties for librdkafka.
    public var client: ClientConfiguration
    /// The files that credentials for Kafka are in.
    public var credentials: CredentialFiles

    /// Reads the settings of the service.
    public init(_ configuration: Configuration) {
        topic = configuration.text("topics.indicators") ?? "city.kpi.indicators"
        client = WorkerSettings.writer(configuration)
        credentials = CredentialFiles(configuration)
        // The same at every start: who publishes next ends what the one before left open, and shuts that one out.
        client["transactional.id"] = configuration.kafka["transactional.id"] ?? "city-attribution.kpi.\(topic)"
    }
}
