import Glibc
import KPIService
import Operations
import Pipeline

/// The program `kpi-service`: reads attribution records into its store, and serves what was released of them.
enum ServiceProgram {
    /// Runs the service until it is stopped.
    /// - Parameter name: the name of the executable.
    /// - Returns: the exit code: 0 stopped, 1 ended by what no waiting mends, 2 usage, 78 configuration.
    static func run(_ name: String) -> Int32 {
        let errors = Descriptor.sink(STDERR_FILENO)
        let stop = StopToken()
        Signals.forward(to: stop)
        var configuration: Configuration
        switch WorkerProgram.start(name, department: nil, help: help(name), errors) {
        case .success(let started): configuration = started.configuration
        case .failure(let end): return end.code
        }
        let settings = WebSettings(configuration)
        if settings == nil {
            configuration.report("http.listen", "expected HOST:PORT, such as 127.0.0.1:9464")
        }
        if let url = configuration.text("http.public.url"), PublicURL(url) == nil {
            configuration.report("http.public.url", "expected https://HOST or https://HOST:PORT, without a path")
        }
        let report = StartReport(name, configuration, errors)
        let findings = configuration.findings
        report.tell(findings)
        guard let settings, !FindingsReport.hasErrors(findings) else {
            return report.refuse("\(FindingsReport.count(findings)); nothing was read")
        }
        do throws(WebServiceError) {
            let service = try ServiceRun(configuration, settings, log: report.log, stop: stop)
            return service.run() == .stopped ? ExitCode.done : ExitCode.findings
        } catch {
            return report.refuse("\(error)")
        }
    }

    static func help(_ name: String) -> String {
        """
        usage: \(name) [--config FILE] [--KEY VALUE]…

        Reads attribution records from Kafka into its store, each outcome once: rows and offsets are one transaction of
        the database. Answers over HTTP on http.listen (docs/feeds.md), and publishes what was released. Every key of
        the configuration is an option (--store FILE, --kafka.bootstrap.servers HOST:PORT) and a variable (CITY_STORE,
        CITY_KAFKA_BOOTSTRAP_SERVERS); `city-attribution config` lists them. One service runs on a store.
        `city-attribution kpi` closes periods and prints releases. SIGTERM ends it.
        exit codes: 0 stopped, 1 ended by what no waiting mends, 2 usage, 78 configuration
        """
    }
}
