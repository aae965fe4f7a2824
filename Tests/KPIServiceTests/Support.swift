import FoundationEssentials
import Kafka
import Operations
import Pipeline
import Primitives
import Store
import TestRecords
import Testing

@testable import KPIService

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A topic of attribution records on a cluster.
final class RecordTopic {
    let name: String
    let brokers: String
    private let embedded: EmbeddedCluster?
    static let isEmbedded = ProcessInfo.processInfo.environment["TEST_KAFKA_BOOTSTRAP_SERVERS"] == nil

    /// - Parameter name: of a topic of another cluster, for one that was made anew.
    init(partitions: Int, name: String? = nil) throws {
        self.name = name ?? "kpi-test-\(UInt64.random(in: 0 ... .max))"
        if let servers = ProcessInfo.processInfo.environment["TEST_KAFKA_BOOTSTRAP_SERVERS"] {
            (embedded, brokers) = (nil, servers)
            let admin = try Admin(ClientConfiguration(["bootstrap.servers": servers])) { _ in }
            let topic = NewTopic(name: self.name, partitions: partitions, replicationFactor: 1, configuration: [:])
            _ = try admin.createTopics([topic], timeoutMilliseconds: 30_000)
            _ = try admin.waitForTopics([topic], timeoutMilliseconds: 30_000)
        } else {
            let cluster = try EmbeddedCluster(brokers: 1, defaultPartitions: partitions)
            try cluster.createTopic(self.name, partitions: partitions)
            (embedded, brokers) = (cluster, cluster.bootstrapServers)
        }
    }

    /// Sends records under their outcome keys, in one transaction.
    /// - Parameter isReadAgain: whether they say that their events were read before.
    func send(_ records: [RecordMaker], isReadAgain: Bool = false) throws {
        let producer = try Producer(
            ClientConfiguration(["bootstrap.servers": brokers, "transactional.id": "\(name)-sender"])
        ) { _ in }
        try producer.initTransactions(timeoutMilliseconds: 30_000)
        try producer.beginTransaction()
        let topic = try producer.topic(name)
        let headers = RecordHeader.list(readAgain: isReadAgain ? .replay : nil)
        for record in records {
            let (key, payload) = (Array(RecordMaker.digits(record.key).utf8), record.bytes)
            try key.withUnsafeBytes { key in
                try payload.withUnsafeBytes { payload in
                    try producer.produce(to: topic, key: key, payload: payload, headers: headers)
                }
            }
        }
        try producer.commitTransaction(timeoutMilliseconds: 30_000)
    }

    func settings(_ store: String, _ flags: [(key: String, value: String)] = []) -> IntakeSettings {
        var settings = IntakeSettings(
            Configuration(
                flags: [
                    ("kafka.bootstrap.servers", brokers), ("store", store), ("topics.attributions", name),
                    ("commit.interval", "20ms"), ("commit.records", "500"),
                ] + flags,
                environment: [:], configurationFile: nil, kafkaNames: ClientConfiguration.propertyNames,
                readFile: Files.read))
        settings.client["reconnect.backoff.max.ms"] = "200"
        settings.credentialMilliseconds = 100
        return settings
    }
}

/// The lines of a log.
final class LogLines: Sendable {
    private let lines = Locked("")
    var text: String { lines.withLock { $0 } }

    func log() -> Log {
        Log(format: .text, least: .info) { [self] line in
            lines.withLock { $0 += String(decoding: line, as: UTF8.self) }
        }
    }
}

/// The intake on a thread of its own.
final class Service {
    let progress = IntakeProgress()
    let log = LogLines()
    private let token = StopToken()
    private let ending: Locked<AttributionIntake.Ending?>
    private let thread: pthread_t

    init(_ topic: RecordTopic, _ store: String, _ flags: [(key: String, value: String)] = []) {
        let settings = topic.settings(store, flags)
        let (progress, log, token) = (self.progress, self.log.log(), self.token)
        let ending = Locked<AttributionIntake.Ending?>(nil)
        self.ending = ending
        thread = Threads.start {
            let result = AttributionIntake(settings: settings, log: log, stop: token, progress: progress).run()
            ending.withLock { $0 = result }
        }
    }

    func wait(until isTrue: (IntakeProgress.State) -> Bool) throws {
        let start = SystemClock.monotonicMilliseconds()
        while !isTrue(progress.now) {
            try #require(SystemClock.monotonicMilliseconds() - start < 60_000, "\(progress.now.reason) \(log.text)")
            try #require(ending.withLock { $0 } == nil, "\(log.text)")
            usleep(5000)
        }
    }

    func wait(forLine text: String, times count: Int) throws {
        try wait { _ in log.text.split(separator: "\n").count { $0.contains(text) } >= count }
    }

    func waitUntilCaughtUp() throws { try wait { $0.hasCaughtUp } }

    func stop() -> AttributionIntake.Ending? {
        token.request()
        return waitForEnd()
    }

    func waitForEnd() -> AttributionIntake.Ending? {
        let start = SystemClock.monotonicMilliseconds()
        while ending.withLock({ $0 }) == nil {
            guard SystemClock.monotonicMilliseconds() - start < 60_000 else { return nil }
            usleep(5000)
        }
        Threads.join(thread)
        return ending.withLock { $0 }
    }
}

/// The executable `kpi-service`, which stands beside the tests.
final class ServiceProcess {
    private let process: pid_t

    init(_ topic: RecordTopic, _ store: String) throws {
        let tests = CommandLine.arguments[0]
        let path = (tests.lastIndex(of: "/").map { String(tests[..<$0]) } ?? ".") + "/kpi-service"
        let words = [
            path, "--kafka.bootstrap.servers", topic.brokers, "--store", store, "--topics.attributions", topic.name,
            "--commit.records", "500", "--commit.interval", "10ms", "--log.level", "error",
        ]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, nil, nil, &arguments, environ)
        try #require(code == 0, "\(path) could not be started: \(String(cString: strerror(code)))")
        self.process = process
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
