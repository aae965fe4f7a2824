import Attribution
import Connections
import Intake
import Kafka
import Operations
import Primitives
import Testing

@testable import Pipeline

#if canImport(Glibc)
    import Glibc
#endif

/// A cluster with topics of its own, workers on threads, and what they wrote.
final class Harness {
    struct Stored: Sendable {
        let key: String?
        let payload: [UInt8]?
        let headers: [String: String]
    }

    /// The embedded cluster, and the one that TEST_KAFKA_BOOTSTRAP_SERVERS names.
    static let targets: [String?] = {
        guard let servers = getenv("TEST_KAFKA_BOOTSTRAP_SERVERS") else { return [nil] }
        return [nil, String(cString: servers)]
    }()

    let embedded: EmbeddedCluster?
    let servers: String
    let events: String
    let attributions: String
    let deadLetters: String
    private let lines = LogLines()

    /// - Parameter sharing: has the embedded cluster, where it is not one of its own.
    init(_ servers: String?, sharing other: Harness? = nil) throws {
        let cluster = servers == nil ? try other?.embedded ?? EmbeddedCluster(brokers: 3) : nil
        embedded = cluster
        self.servers = servers ?? cluster?.bootstrapServers ?? ""
        events = Harness.unique("events")
        attributions = Harness.unique("attributions")
        deadLetters = Harness.unique("dead-letters")
        for topic in [events, attributions, deadLetters] { try create(topic) }
    }

    func newTopic(_ name: String) throws -> String {
        let topic = Harness.unique(name)
        try create(topic)
        return topic
    }

    private func create(_ topic: String) throws {
        if let embedded { return try embedded.createTopic(topic, partitions: 4) }
        let admin = try Admin(ClientConfiguration(["bootstrap.servers": servers])) { _ in }
        let new = NewTopic(name: topic, partitions: 4, replicationFactor: 1)
        if let error = try admin.createTopics([new], timeoutMilliseconds: 10_000).first?.error { throw error }
    }

    static func unique(_ name: String) -> String { "\(name)-\(UInt64.random(in: .min ... .max))" }

    /// Every log line.
    var allLines: [String] { lines.all }

    /// How many log lines of an event there are.
    func logged(_ event: String) -> Int { lines.all.count { $0.contains("\"event\":\"\(event)\"") } }

    /// A log whose lines are kept.
    func log(
        _ format: Log.Format = .json, least: LogLevel = .info, windowMilliseconds: Int64 = Log.windowMilliseconds
    ) -> Log {
        let lines = lines
        return Log(format: format, least: least, windowMilliseconds: windowMilliseconds, sink: { lines.add($0) })
    }

    // Events

    static func event(_ subject: String, grant: Bool = false, revision: Int? = nil) -> String {
        let references =
            grant ? #","references":[{"scheme":"grant","id":"G-1","mechanism":"funded-by"}]"# : ""
        let revised = revision.map { ",\"revision\":\($0)" } ?? ""
        return """
            {"specversion":"1.0","id":"\(subject)-\(revision ?? 0)","source":"/test",\
            "type":"org.city.housing.placement.made","subject":"\(subject)",\
            "time":"2026-03-04T15:04:05Z","data":{"outcome":{"type":"shelter-placement",\
            "occurredOn":"2026-03-04","people":3}\(references)\(revised)}}
            """
    }

    static func revision(of payload: [UInt8]?) -> Int? {
        let text = String(decoding: payload ?? [], as: UTF8.self)
        guard let start = text.firstRange(of: "\"revision\":\"") else { return nil }
        return Int(text[start.upperBound...].prefix { $0.isNumber })
    }

    enum Transaction { case none, committed, aborted }

    func produce(
        _ events: [(key: String?, payload: String?)], to name: String? = nil,
        headers more: [(name: String, value: String)] = [], transaction: Transaction = .none
    ) throws {
        var configuration = ClientConfiguration(["bootstrap.servers": servers, "message.max.bytes": "20000000"])
        if transaction != .none { configuration["transactional.id"] = Harness.unique("sender") }
        let producer = try Producer(configuration) { _ in }
        if transaction != .none {
            try producer.initTransactions(timeoutMilliseconds: 30_000)
            try producer.beginTransaction()
        }
        let topic = try producer.topic(name ?? self.events)
        var headers = HeaderList(capacity: 1 + more.count)
        headers.add("own", "kept")
        for (name, value) in more { headers.add(name, value) }
        for event in events {
            let key = event.key.map { Array($0.utf8) }
            let payload = event.payload.map { Array($0.utf8) }
            try Harness.withBytes(key) { key in
                try Harness.withBytes(payload) { payload in
                    try producer.produce(to: topic, key: key, payload: payload, headers: headers)
                }
            }
        }
        try producer.flush(timeoutMilliseconds: 30_000)
        #expect(producer.takeDeliveryFailures().isEmpty)
        switch transaction {
        case .none: break
        case .committed: try producer.commitTransaction(timeoutMilliseconds: 30_000)
        case .aborted: try producer.abortTransaction(timeoutMilliseconds: 30_000)
        }
    }

    static func withBytes(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws -> Void) rethrows {
        guard let bytes else { return try body(nil) }
        try bytes.withUnsafeBytes { try body($0) }
    }

    // Workers

    final class Run: @unchecked Sendable {
        let worker: Worker
        let stop: StopToken
        let progress: WorkerProgress
        let supply: RegistrySupply
        private var ending = WorkerLifecycle.Ending.failed
        private var thread = pthread_t()

        init(_ worker: Worker, _ stop: StopToken, _ progress: WorkerProgress, _ supply: RegistrySupply) {
            (self.worker, self.stop, self.progress, self.supply) = (worker, stop, progress, supply)
        }

        func start() {
            thread = Threads.start { [self] in ending = worker.run() }
        }

        func join() -> WorkerLifecycle.Ending {
            Threads.join(thread)
            return ending
        }
    }

    func startWorker(
        _ flags: [String: String] = [:], engine: Engine? = nil, log: Log? = nil, credentialMilliseconds: Int = 10_000
    ) throws -> Run {
        var pairs = [
            "kafka.bootstrap.servers": servers, "topics.events": events, "topics.attributions": attributions,
            "topics.deadletters": deadLetters, "kafka.group.id": events, "kafka.session.timeout.ms": "6000",
        ]
        pairs.merge(flags) { $1 }
        let configuration = Configuration(
            flags: pairs.map { ($0.key, $0.value) }, environment: [:], configurationFile: nil,
            overrides: ["department": "housing"], kafkaNames: ClientConfiguration.propertyNames, readFile: Files.read)
        #expect(configuration.findings.isEmpty)
        let stop = StopToken()
        let (progress, supply) = (WorkerProgress(), RegistrySupply())
        var settings = WorkerSettings(configuration, department: "housing")
        settings.credentialMilliseconds = credentialMilliseconds
        let worker = try Worker(
            engine: try engine ?? Harness.engine(), settings: settings, log: log ?? self.log(), stop: stop,
            progress: progress, supply: supply)
        let run = Run(worker, stop, progress, supply)
        run.start()
        return run
    }

    static func engine(
        profile: String = "canonical", department: String = "housing",
        identifier: String = "{scheme: grant, id: G-1}", connections: Int = 1, isStrict: Bool = false
    ) throws -> Engine {
        // One has the identifier; of the others each has a grant of its own.
        let others = (2..<connections + 1).map {
            """
              - {id: "t:consulate:c\($0)", type: consulate, partner: C\($0), country: MX, since: "1900",
                 status: active, verified: true, source: test, identifiers: [{scheme: grant, id: G-\($0)}]}
            """
        }
        let registry = """
            connections:
              - {id: "t:consulate:mexico", type: consulate, partner: Consulate, country: MX, since: "1900",
                 status: active, verified: true, source: test, identifiers: [\(identifier)]}
            \(others.joined(separator: "\n"))
            """
        let reading = RegistryLoader.read([RegistryDocument(name: "test.yaml", bytes: Array(registry.utf8))])
        let index = RegistryIndex(try #require(reading.registry, "\(reading.findings)"))
        let rules = try #require(BuiltInRules.reading.rules)
        let bytes =
            try #require(BuiltInProfiles.bytes(named: profile)) + Array((isStrict ? "\nstrict: true\n" : "").utf8)
        let profile = try #require(ProfileFile.read(bytes, file: profile).profile)
        return Engine(
            profile: profile, rules: rules, registry: index, city: "test", department: department,
            secret: EngineLoader.trialSecret)
    }

    func wait(_ run: Run, forEvents count: Int) throws {
        for _ in 0..<600 {
            if run.progress.committedEvents >= count { return }
            Pause.milliseconds(50)
        }
        Issue.record("only \(run.progress.committedEvents) of \(count) events were committed in 30 s: \(lines.all)")
    }

    // What was written

    func read(_ topic: String) throws -> [Stored] {
        let configuration = ClientConfiguration([
            "bootstrap.servers": servers, "group.id": Harness.unique("reader"), "isolation.level": "read_committed",
        ])
        let consumer = try Consumer(configuration, reportsPartitionEnds: true) { _ in }
        let starts = (0..<4).map {
            PartitionOffset(topic: topic, partition: $0, offset: PartitionOffset.beginning)
        }
        var stored: [Stored] = []
        #expect(try consumer.read(starts, timeoutMilliseconds: 20_000) { stored.append(Harness.stored($0)) })
        return stored
    }

    private static func stored(_ message: Message) -> Stored {
        var headers: [String: String] = [:]
        message.forEachHeader { name, value in
            headers[String(decoding: name, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) }
        }
        return Stored(
            key: message.key.map { String(decoding: $0, as: UTF8.self) }, payload: message.payload.map { [UInt8]($0) },
            headers: headers)
    }
}

/// Log lines from any thread.
final class LogLines: Sendable {
    private let lines = Locked<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: [UInt8]) {
        lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}
