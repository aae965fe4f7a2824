import Glibc
import Kafka
import Operations
import Pipeline
import Primitives
import SampleEvents

/// A department of the demonstration: its events, and the worker that reads them on a thread of its own.
final class DemoDepartment: Sendable {
    let name: String
    let events: Int
    private let engine: Engine
    private let settings: WorkerSettings
    private let stop = StopToken()
    private let progress = WorkerProgress()
    private let result = Locked<(ending: WorkerLifecycle.Ending, counters: Counters)?>(nil)
    private let thread = Locked<pthread_t?>(nil)

    /// Nil where the sample registry cannot be read.
    init?(name: String, events: Int, cluster: EmbeddedCluster, files: DemoFiles) {
        let configuration = Configuration(
            flags: [("registry", files.registry), ("kafka.bootstrap.servers", cluster.bootstrapServers)],
            environment: [:], configurationFile: nil, overrides: ["department": name],
            kafkaNames: ClientConfiguration.propertyNames, readFile: Files.read)
        guard let engine = EngineLoader.load(configuration, allowsTrialSecret: true).engine else { return nil }
        self.name = name
        self.events = events
        self.engine = engine
        settings = WorkerSettings(configuration, department: name)
    }

    /// Sends the events of a department to a new topic.
    static func send(_ events: [SampleEvent], of name: String, to cluster: EmbeddedCluster) throws(KafkaError) {
        try cluster.createTopic("city.\(name).events", partitions: 4)
        try cluster.createTopic("city.\(name).dead-letters", partitions: 4)
        var configuration = cluster.clientConfiguration
        configuration["linger.ms"] = "20"
        let producer = try Producer(configuration) { _ in }
        let topic = try producer.topic("city.\(name).events")
        for event in events {
            var headers = HeaderList(capacity: event.headers.count)
            for header in event.headers {
                header.value.withUnsafeBytes { headers.add(header.name, $0) }
            }
            try DemoDepartment.withBytes(event.key) { (key) throws(KafkaError) in
                try DemoDepartment.withBytes(event.payload) { (payload) throws(KafkaError) in
                    // Without a key the client would choose a partition at random, and offsets would differ by run.
                    try producer.produce(
                        to: topic, partition: key == nil ? 0 : nil, key: key, payload: payload, headers: headers,
                        timestampMilliseconds: event.timestampMilliseconds)
                }
            }
        }
        try producer.flush(timeoutMilliseconds: 30_000)
        if let error = producer.takeDeliveryFailures().firstError { throw error }
    }

    private static func withBytes(
        _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws(KafkaError) -> Void
    ) throws(KafkaError) {
        guard let bytes else { return try body(nil) }
        try bytes.withUnsafeBufferPointer { (raw) throws(KafkaError) in try body(UnsafeRawBufferPointer(raw)) }
    }

    func start() {
        let thread = Threads.start { [self] in
            let log = Log(format: .text, least: .error)
            do throws(WorkerError) {
                let worker = try Worker(engine: engine, settings: settings, log: log, stop: stop, progress: progress)
                let ending = worker.run()
                result.withLock { $0 = (ending, worker.counters) }
            } catch {
                log.write(.error, "worker_refused", error.description)
                result.withLock { $0 = (.failed, Counters()) }
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// Asks the worker to stop and waits until it has.
    func finish() {
        stop.request()
        if let thread = thread.withLock({ $0 }) { Threads.join(thread) }
    }

    var committed: Int { progress.committedEvents }
    var hasEnded: Bool { result.withLock { $0 != nil } }
    var hasSucceeded: Bool { result.withLock { $0?.ending == .stopped } }
    var counters: Counters { result.withLock { $0?.counters ?? Counters() } }
}
