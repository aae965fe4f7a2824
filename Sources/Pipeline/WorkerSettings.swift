public import Kafka
public import Operations

/// What a worker needs to know beside its engine.
public struct WorkerSettings: Sendable {
    /// How records and offsets are made durable.
    public enum Delivery: String, Sendable {
        /// Records, dead letters and offsets in one transaction (KIP-447).
        case exactlyOnce = "exactly-once"
        /// Offsets after records and dead letters: a failure repeats some.
        case atLeastOnce = "at-least-once"
    }

    /// The topic of events.
    public var events: String
    /// The topic of attribution records.
    public var attributions: String
    /// The topic of dead letters.
    public var deadLetters: String
    /// How records and offsets are made durable.
    public var delivery: Delivery
    /// Bounds of the lifecycle.
    public var limits: WorkerLifecycle.Limits
    /// Properties for librdkafka.
    public var kafka: [String: String]
    /// The files that credentials for Kafka are in.
    public var credentials: CredentialFiles
    /// How often they are looked at.
    public var credentialMilliseconds = 10_000
    /// Threads that decide, of which one also reads, publishes and commits.
    public var threads: Int
    /// Messages taken from the library at a time.
    public var batchMessages = 2000

    /// Reads the settings of a department's worker.
    public init(_ configuration: Configuration, department: String) {
        events = configuration.text("topics.events") ?? "city.\(department).events"
        attributions = configuration.text("topics.attributions") ?? "city.kpi.attributions"
        deadLetters = configuration.text("topics.deadletters") ?? "city.\(department).dead-letters"
        delivery = configuration.text("delivery").flatMap(Delivery.init) ?? .exactlyOnce
        threads = configuration.integer("threads")
        limits = WorkerLifecycle.Limits()
        limits.commitIntervalMilliseconds = configuration.milliseconds("commit.interval")
        limits.commitRecords = configuration.integer("commit.records")
        limits.graceMilliseconds = configuration.milliseconds("shutdown.grace")
        kafka = configuration.kafka
        credentials = CredentialFiles(configuration)
    }

    /// The addresses that are tried, for messages.
    var brokers: String { kafka["bootstrap.servers"] ?? "" }

    /// The consumer's properties: what the configuration says, over defaults that bound memory and suit a pipeline.
    func consumer(department: String) -> ClientConfiguration {
        var client = WorkerSettings.common(kafka, without: WorkerSettings.producerOnly)
        client.setDefault("group.id", "city-attribution.\(department)")
        client.setDefault("auto.offset.reset", "earliest")
        client.setDefault("isolation.level", "read_committed")
        // Members learn with a heartbeat that partitions move, and until all have, none of those is read.
        client.setDefault("heartbeat.interval.ms", "1000")
        client.setDefault("queued.max.messages.kbytes", "65536")
        client.setDefault("queued.min.messages", "100000")
        client.setDefault("fetch.max.bytes", "16777216")
        if ClientConfiguration.propertyNames.contains("fetch.queue.backoff.ms") {
            client.setDefault("fetch.queue.backoff.ms", "10")
        } else {
            // Before librdkafka 2.2 a fetcher that finds the queue full sleeps for a second, unless something wakes its
            // thread: an answer about metadata does, soon enough that the queue is never empty by then.
            client.setDefault("topic.metadata.refresh.interval.ms", "200")
        }
        client.setDefault("fetch.wait.max.ms", "100")
        return client
    }

    /// The properties of a client that reads a topic beside the worker, and belongs to no group.
    public static func reader(_ configuration: Configuration) -> ClientConfiguration {
        common(CredentialFiles(configuration).renewed(configuration.kafka), without: producerOnly)
    }

    /// The properties of a client that writes messages one by one, in no transaction.
    public static func writer(_ configuration: Configuration) -> ClientConfiguration {
        var client = common(CredentialFiles(configuration).renewed(configuration.kafka), without: consumerOnly)
        client["transactional.id"] = nil
        client["transaction.timeout.ms"] = nil
        client.setDefault("enable.idempotence", "true")
        return client
    }

    /// The properties of a client that writes in transactions beside the workers, whatever `delivery` says.
    ///
    /// - Parameter transactionalID: its own: with that of a worker it would end the worker.
    public func transactionalWriter(_ transactionalID: String) -> ClientConfiguration {
        var client = producer(transactionalID: transactionalID)
        client["enable.idempotence"] = "true"
        client["transactional.id"] = transactionalID
        client.setDefault("transaction.timeout.ms", "10000")
        return client
    }

    /// The producer's properties.
    func producer(transactionalID: String) -> ClientConfiguration {
        var client = WorkerSettings.common(kafka, without: WorkerSettings.consumerOnly)
        client.setDefault("enable.idempotence", "true")
        client.setDefault("queue.buffering.max.kbytes", "65536")
        client.setDefault("queue.buffering.max.messages", "200000")
        client.setDefault("message.max.bytes", "10485760")
        client.setDefault("linger.ms", "5")
        client.setDefault("batch.num.messages", "10000")
        if delivery == .exactlyOnce {
            client.setDefault("transactional.id", transactionalID)
            // A worker that was killed leaves its transaction open for so long, and readers of its topic wait for it.
            client.setDefault("transaction.timeout.ms", "10000")
        } else {
            client["transactional.id"] = nil
        }
        return client
    }

    /// The properties by which any client connects: neither those of consumers nor those of producers, with secrets as
    /// they stand in their files now.
    public static func connection(_ configuration: Configuration) -> ClientConfiguration {
        connection(CredentialFiles(configuration).renewed(configuration.kafka))
    }

    static func connection(_ kafka: [String: String]) -> ClientConfiguration {
        common(kafka, without: producerOnly.union(consumerOnly))
    }

    private static func common(_ kafka: [String: String], without names: Set<String>) -> ClientConfiguration {
        var client = ClientConfiguration(kafka.filter { !names.contains($0.key) })
        client.setDefault("client.id", "city-attribution")
        client.setDefault("bootstrap.servers", "localhost:9092")
        return client
    }

    private static let producerOnly: Set<String> = [
        "transactional.id", "transaction.timeout.ms", "enable.idempotence", "linger.ms", "queue.buffering.max.ms",
        "queue.buffering.max.kbytes", "queue.buffering.max.messages", "batch.num.messages", "batch.size", "acks",
        "request.required.acks", "compression.type", "compression.codec", "compression.level", "partitioner",
        "message.timeout.ms", "delivery.timeout.ms", "message.send.max.retries", "retries",
        "sticky.partitioning.linger.ms",
    ]
    private static let consumerOnly: Set<String> = [
        "group.id", "group.instance.id", "group.protocol", "auto.offset.reset", "isolation.level",
        "partition.assignment.strategy", "session.timeout.ms", "heartbeat.interval.ms", "max.poll.interval.ms",
        "queued.max.messages.kbytes", "queued.min.messages", "fetch.max.bytes", "fetch.queue.backoff.ms",
        "fetch.wait.max.ms", "fetch.min.bytes", "fetch.message.max.bytes", "max.partition.fetch.bytes",
        "fetch.error.backoff.ms", "check.crcs",
    ]
}
