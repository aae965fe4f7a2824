import CRdKafka

/// librdkafka's mock cluster: brokers that speak the Kafka protocol on loopback ports of this process.
///
/// For demonstrations and tests. It keeps about 5 MB and 100,000 batches of a partition and nothing after exit, knows
/// transactions but neither hides aborted ones from readers nor keeps the offsets sent in committed ones, has no rights
/// and no administration of topics. The first
/// member of a group waits for three seconds; a `session.timeout.ms` below four would have it forgotten before. It may
/// be used from any thread: librdkafka hands each call to the cluster's own.
public final class EmbeddedCluster: @unchecked Sendable {
    private let client: OpaquePointer
    private let cluster: OpaquePointer
    private let defaultPartitions: Int

    /// The addresses of the brokers, for `bootstrap.servers`.
    public let bootstrapServers: String

    /// Starts brokers with the ids from 1 on.
    ///
    /// `defaultPartitions` is what `createTopic` makes where it is not told; a topic that comes into being by its first
    /// use has 4, which librdkafka does not let us change.
    public init(brokers: Int = 3, defaultPartitions: Int = 4) throws(KafkaError) {
        let configuration: OpaquePointer = rd_kafka_conf_new()
        // Its log would go to standard error.
        rd_kafka_conf_set_log_cb(configuration, nil)
        var message = [CChar](repeating: 0, count: 512)
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &message, message.count) else {
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(rd_kafka_last_error(), operation: "start the embedded cluster", reason: text(message))
        }
        guard let cluster = rd_kafka_mock_cluster_new(client, Int32(clamping: max(1, brokers))) else {
            rd_kafka_destroy(client)
            throw KafkaError(
                RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, operation: "start the embedded cluster",
                reason: "no port or thread to be had")
        }
        self.client = client
        self.cluster = cluster
        self.defaultPartitions = defaultPartitions
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(client)
    }

    /// A configuration that leads to the cluster.
    public var clientConfiguration: ClientConfiguration {
        ClientConfiguration(["bootstrap.servers": bootstrapServers])
    }

    /// Creates a topic; without a number of partitions, with the default one. librdkafka 2.0 gives every topic as many
    /// replicas as there are brokers, up to three, whatever the replication factor.
    public func createTopic(
        _ name: String, partitions: Int? = nil, replicationFactor: Int = 1
    ) throws(KafkaError) {
        let partitions = Int32(clamping: partitions ?? defaultPartitions)
        try KafkaError.check(
            rd_kafka_mock_topic_create(cluster, name, partitions, Int32(clamping: replicationFactor)),
            "create the topic \(name)")
    }
}

/// Faults made on purpose.
extension EmbeddedCluster {
    /// Answers the next requests of a type with these errors, one each, in order; `noError` lets one through, and
    /// `transport` closes the connection.
    public func failNext(_ type: RequestType, with errors: [KafkaErrorCode]) {
        rd_kafka_mock_push_request_errors_array(cluster, type.rawValue, errors.count, errors.map(\.native))
    }

    /// Takes back what `failNext` has still in store for a type.
    public func clearFailures(_ type: RequestType) {
        rd_kafka_mock_clear_request_errors(cluster, type.rawValue)
    }

    /// Closes a broker's connections and port, or opens it again; all brokers without an id. Leaders do not move.
    public func setBroker(_ id: Int32? = nil, up isUp: Bool) throws(KafkaError) {
        let id = id ?? -1
        try KafkaError.check(
            isUp ? rd_kafka_mock_broker_set_up(cluster, id) : rd_kafka_mock_broker_set_down(cluster, id),
            "take the broker \(id) \(isUp ? "up" : "down")")
    }

    /// Makes a broker answer later; all brokers without an id.
    public func setRoundTrip(milliseconds: Int, broker id: Int32? = nil) throws(KafkaError) {
        try KafkaError.check(
            rd_kafka_mock_broker_set_rtt(cluster, id ?? -1, Int32(clamping: milliseconds)), "set the round trip")
    }

    /// Makes a broker the leader of a partition; none without an id. Creates the topic if it does not exist.
    public func moveLeader(_ topic: String, _ partition: Int32, to broker: Int32?) throws(KafkaError) {
        try KafkaError.check(
            rd_kafka_mock_partition_set_leader(cluster, topic, partition, broker ?? -1),
            "move the leader of \(topic):\(partition)")
    }

    /// Makes a broker the coordinator of a consumer group.
    public func moveCoordinator(group: String, to broker: Int32) throws(KafkaError) {
        try KafkaError.check(
            rd_kafka_mock_coordinator_set(cluster, "group", group, broker), "move the coordinator of \(group)")
    }

    /// Makes a broker the coordinator of a transactional id.
    public func moveCoordinator(transaction: String, to broker: Int32) throws(KafkaError) {
        try KafkaError.check(
            rd_kafka_mock_coordinator_set(cluster, "transaction", transaction, broker),
            "move the coordinator of \(transaction)")
    }

    /// Answers requests for a topic's metadata, and to add it to a transaction, with an error; `noError` ends that.
    public func setTopicError(_ topic: String, _ error: KafkaErrorCode) {
        rd_kafka_mock_topic_set_error(cluster, topic, error.native)
    }
}
