import Glibc
import Kafka
import Operations
import Pipeline
import Primitives

/// A department of the demonstration: its events, and the worker that reads them on a thread of its own.
final class DemoDepartment: Sendable {
    let name: String
    let events: Int
    private let engine: Engine
    private let settings: WorkerSettings
    private let stop = StopToken()
    private let progress = WorkerProgress()
    private let result = Locked<WorkerLifecycle.Ending?>(nil)
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

    func start() {
        let thread = Threads.start { [self] in
            let log = Log(format: .text, least: .error)
            do throws(WorkerError) {
                let worker = try Worker(engine: engine, settings: settings, log: log, stop: stop, progress: progress)
                let ending = worker.run()
                result.withLock { $0 = ending }
            } catch {
                log.write(.workerRefused, [.error: .text(error.description)])
                result.withLock { $0 = .failed }
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// Asks the worker to stop and waits until it has.
    func finish() {
        stop.request()
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { Threads.join(running) }
    }

    var committed: Int { progress.committedEvents }
    var hasEnded: Bool { result.withLock { $0 != nil } }
    var hasSucceeded: Bool { result.withLock { $0 == .stopped } }
    var counters: Counters { progress.committed }
}
