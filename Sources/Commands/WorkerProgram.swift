import Glibc
import HTTP
import Kafka
import Operations
import Pipeline
import Primitives
import YAML

/// The program that every worker executable is: configuration, engine, worker, signals, exit code.
enum WorkerProgram {
    /// Runs a worker until it is stopped.
    /// - Parameters:
    ///   - name: the name of the executable.
    ///   - department: its department; nil where the configuration has to say it.
    /// - Returns: the exit code: 0 stopped with everything committed, 1 stopped at once or by a fatal error of the
    ///   Kafka client, 2 usage, 78 configuration.
    static func run(_ name: String, department: String?) -> Int32 {
        let errors = Descriptor.sink(STDERR_FILENO)
        // Before anything takes time: who is stopped while starting has nothing open, and ends with 0.
        let (stop, reload) = (StopToken(), StopToken())
        Signals.forward(to: stop, hangups: reload)
        let process: ProcessConfiguration
        switch start(name, department: department, help: help(name), errors) {
        case .success(let started): process = started
        case .failure(let end): return end.code
        }
        let report = StartReport(name, process.configuration, errors)
        let log = report.log
        let health: WorkerHealth
        do throws(HTTPServerError) {
            let text = process.configuration.isSet("http.listen") ? process.configuration.text("http.listen") : nil
            let address = text.flatMap { ListenAddress($0) }
            guard address != nil || text == nil else {
                return report.refuse("http.listen: expected HOST:PORT, such as 127.0.0.1:9465")
            }
            health = try WorkerHealth(address, log: log)
        } catch {
            return report.refuse("http.listen: \(error)")
        }
        defer { health.stop() }
        // With a broken configuration nothing is waited for.
        if process.configuration.hasErrors { return refuse(process.configuration.findings, report) }
        do throws(KafkaError) {
            let watch = try RegistryWatch(process.configuration, log: log, stop: stop, asks: reload)
            guard let loaded = try watch.start(health.progress.wait) else { return ExitCode.done }
            let findings = process.configuration.findings + loaded.findings
            guard let engine = loaded.engine else { return refuse(findings, report) }
            report.tell(findings)
            let watching = Watching(watch, engine, health.supply)
            let code = work(engine, process.configuration, health, log: log, stop: stop)
            // Where the worker ended by itself, the watch is to end too.
            stop.request()
            watching.join()
            return code
        } catch {
            return report.refuse("the registry cannot be read: \(error)")
        }
    }

    private static func work(
        _ engine: Engine, _ configuration: Configuration, _ health: WorkerHealth, log: Log, stop: StopToken
    ) -> Int32 {
        let settings = WorkerSettings(configuration, department: engine.department)
        health.describe(department: engine.department, topic: settings.events)
        do throws(WorkerError) {
            let worker = try Worker(
                engine: engine, settings: settings, log: log, stop: stop, progress: health.progress,
                supply: health.supply)
            return worker.run() == .stopped ? ExitCode.done : ExitCode.findings
        } catch {
            log.write(.workerRefused, [.error: .text(error.description)])
            return ExitCode.configuration
        }
    }

    private static func refuse(_ findings: [Finding], _ report: StartReport) -> Int32 {
        report.tell(findings)
        return report.refuse("\(FindingsReport.count(findings)); nothing was consumed")
    }

    /// The end of a program that did not come to its work.
    struct End: Error {
        let code: Int32
    }

    /// Reads the command line and the configuration of a program that takes options only, and answers `--help` and
    /// `--version`.
    static func start(
        _ name: String, department: String?, help: String, _ errors: ByteSink
    ) -> Result<ProcessConfiguration, End> {
        let process: ProcessConfiguration
        do throws(UsageError) {
            process = try ProcessConfiguration.ofThisProcess(department: department, options: [version])
        } catch {
            return .failure(End(code: say("\(name): \(error.message)", errors, ExitCode.usage)))
        }
        let output = Descriptor.sink(STDOUT_FILENO)
        if process.arguments.has("help") { return .failure(End(code: say(help, output, ExitCode.done))) }
        if process.arguments.has("version") {
            return .failure(End(code: say("\(name) \(Engine.version)", output, ExitCode.done)))
        }
        if let word = process.arguments.positionals.first {
            let message = "\(name): \(word): expected options only; see --help"
            return .failure(End(code: say(message, errors, ExitCode.usage)))
        }
        return .success(process)
    }

    private static let version = CommandOption("version", "Print the version.")

    static func help(_ name: String) -> String {
        """
        usage: \(name) [--config FILE] [--KEY VALUE]…

        Reads the events of a department from Kafka and publishes attribution records, exactly once. Every key of the
        configuration is an option (--registry FILE, --kafka.bootstrap.servers HOST:PORT) and a variable
        (CITY_REGISTRY, CITY_KAFKA_BOOTSTRAP_SERVERS); `city-attribution config` lists them. It needs a registry and
        outcome.key.file. SIGTERM finishes and commits what is in hand; a second one stops at once. SIGHUP has the
        registry loaded at once; a change is noticed by itself, too (registry.reload.interval).
        exit codes: 0 stopped, 1 stopped at once or by a fatal error, 2 usage, 78 configuration
        """
    }

    static func say(_ text: String, _ sink: ByteSink, _ code: Int32) -> Int32 {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { sink($0) }
        return code
    }
}

/// Signals that ask a process to stop.
enum Signals {
    /// Some supervisors send a signal to a process and to its group: what comes within this time is one wish.
    private static let sameMilliseconds: Int64 = 250

    /// Has SIGTERM and SIGINT ask the token to stop, and SIGHUP the other; call it before any other thread is made.
    static func forward(to stop: StopToken, hangups: StopToken? = nil) {
        signal(SIGPIPE, SIG_IGN)
        let takesHangups = hangups != nil
        var blocked = signals(hangups: takesHangups)
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        Threads.start {
            var signals = signals(hangups: takesHangups)
            var received: Int32 = 0
            var last = Int64.min / 2
            while sigwait(&signals, &received) == 0 {
                if received == SIGHUP {
                    hangups?.request()
                    continue
                }
                let now = SystemClock.monotonicMilliseconds()
                if now - last >= sameMilliseconds { stop.request() }
                last = now
            }
        }
    }

    private static func signals(hangups: Bool) -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        if hangups { sigaddset(&signals, SIGHUP) }
        return signals
    }
}
