import Kafka
import Operations
import Pipeline
import Primitives
import TestThreads
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#endif

/// What commands do on a cluster. A few at a time: each has a cluster of its own, and most of them wait.
@Suite(.ownThread(atMost: 4)) struct ClusterTests {
    /// The cluster that TEST_KAFKA_BOOTSTRAP_SERVERS names.
    static let external = getenv("TEST_KAFKA_BOOTSTRAP_SERVERS").map { String(cString: $0) }
    /// The embedded cluster, and that one.
    static let targets: [String?] = external == nil ? [nil] : [nil, external]
}

/// A cluster with topics of the health department of its own.
final class City {
    struct Sent {
        var key: String?
        var payload: String?
        var headers: [(String, String)] = []
        var timestamp: Int64?
    }

    struct Stored {
        let partition: Int32
        let offset: Int64
        let key: String?
        let payload: String?
        var headers: [String: String] = [:]
        var timestamp: Int64?
    }

    let embedded: EmbeddedCluster?
    let servers: String
    let events = City.unique("events")
    let attributions = City.unique("attributions")
    let deadLetters = City.unique("dead-letters")
    let indicators = City.unique("indicators")
    /// Whoever keeps something on the cluster by the department's name takes this one.
    let department = City.unique("health")

    init(_ servers: String? = nil, creating: Bool = true) throws {
        embedded = servers == nil ? try EmbeddedCluster(brokers: 3) : nil
        self.servers = servers ?? embedded?.bootstrapServers ?? ""
        guard creating else { return }
        for topic in [events, attributions, deadLetters] { try create(topic) }
    }

    static func unique(_ name: String) -> String { "\(name)-\(UInt64.random(in: .min ... .max))" }

    func create(_ topic: String) throws {
        if let embedded { return try embedded.createTopic(topic, partitions: 4) }
        let admin = try Admin(ClientConfiguration(["bootstrap.servers": servers])) { _ in }
        let new = NewTopic(name: topic, partitions: 4, replicationFactor: 1)
        if let error = try admin.createTopics([new], timeoutMilliseconds: 10_000).first?.error { throw error }
        #expect(try admin.waitForTopics([new], timeoutMilliseconds: 10_000).isEmpty)
    }

    /// The options that lead a command to the cluster and the topics.
    var options: [String] {
        [
            "--department", "health", "--kafka.bootstrap.servers", servers, "--topics.events", events,
            "--topics.attributions", attributions, "--topics.deadletters", deadLetters, "--topics.indicators",
            indicators,
        ]
    }

    /// To the topic of events unless another is named.
    func send(
        _ messages: [Sent], to name: String? = nil, partition: Int32? = nil, _ properties: [String: String] = [:]
    ) throws {
        let configuration = ClientConfiguration(["bootstrap.servers": servers].merging(properties) { $1 })
        let producer = try Producer(configuration) { _ in }
        let isTransactional = properties["transactional.id"] != nil
        if isTransactional {
            try producer.initTransactions(timeoutMilliseconds: 10_000)
            try producer.beginTransaction()
        }
        let topic = try producer.topic(name ?? events)
        for message in messages {
            var headers = HeaderList(capacity: 8)
            for (name, value) in message.headers { headers.add(name, value) }
            try City.withBytes(message.key) { key in
                try City.withBytes(message.payload) { payload in
                    try producer.produce(
                        to: topic, partition: partition, key: key, payload: payload, headers: headers,
                        timestampMilliseconds: message.timestamp)
                }
            }
        }
        if isTransactional { try producer.commitTransaction(timeoutMilliseconds: 10_000) }
        try producer.flush(timeoutMilliseconds: 30_000)
        #expect(producer.takeDeliveryFailures().isEmpty)
    }

    private static func withBytes(_ text: String?, _ body: (UnsafeRawBufferPointer?) throws -> Void) rethrows {
        guard let text else { return try body(nil) }
        try Array(text.utf8).withUnsafeBytes { try body($0) }
    }

    /// All messages of a topic, in order.
    func read(_ topic: String) throws -> [Stored] {
        let consumer = try Consumer(
            ClientConfiguration(["bootstrap.servers": servers, "group.id": City.unique("reader")]),
            reportsPartitionEnds: true
        ) { _ in }
        let starts = (0..<4).map {
            PartitionOffset(topic: topic, partition: $0, offset: PartitionOffset.beginning)
        }
        var stored: [Stored] = []
        let isWhole = try consumer.read(starts, timeoutMilliseconds: 30_000) { message in
            var headers: [String: String] = [:]
            message.forEachHeader { name, value in
                headers[String(decoding: name, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) }
            }
            stored.append(
                Stored(
                    partition: message.partition, offset: message.offset,
                    key: message.key.map { String(decoding: $0, as: UTF8.self) },
                    payload: message.payload.map { String(decoding: $0, as: UTF8.self) }, headers: headers,
                    timestamp: message.timestampMilliseconds))
        }
        #expect(isWhole)
        return stored.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
    }

    /// Runs a worker over so many events.
    func work(events count: Int, _ options: [String]) throws {
        let configuration = ProcessConfiguration(
            arguments: try Arguments(options + ["--kafka.session.timeout.ms", "6000"]), environment: [:]
        ).configuration
        let rows = try RegistryRowsOfTopics.ask(configuration)
        let engine = try #require(EngineLoader.load(configuration, rows: rows).engine, "\(configuration.findings)")
        let settings = WorkerSettings(configuration, department: "health")
        let (stop, progress) = (StopToken(), WorkerProgress())
        let ending = Locked<WorkerLifecycle.Ending?>(nil)
        let thread = Threads.start {
            let log = Log(format: .json, sink: { _ in })
            let worker = try? Worker(engine: engine, settings: settings, log: log, stop: stop, progress: progress)
            let ended = worker?.run()
            ending.withLock { $0 = ended }
        }
        for _ in 0..<600 where progress.committedEvents < count { usleep(50_000) }
        stop.request()
        Threads.join(thread)
        #expect(progress.committedEvents == count && ending.withLock { $0 } == .stopped)
    }
}
