import HTTP
import KPIService
import Operations
import Pipeline
import Primitives

/// The KPI service at work: records are taken in, releases published, and pages served.
final class ServiceRun: Sendable {
    private let intake: IntakeSettings
    private let publisher: PublisherSettings
    private let progress = IntakeProgress()
    private let web: WebService
    private let log: Log
    private let stop: StopToken

    /// Where it answers.
    var address: ListenAddress { web.address }

    /// Answers over HTTP from now on; nothing else begins before `run`.
    /// - Parameter settings: those of `configuration`, which the caller has checked.
    init(
        _ configuration: Configuration, _ settings: WebSettings, log: Log, stop: StopToken
    ) throws(WebServiceError) {
        intake = IntakeSettings(configuration)
        publisher = PublisherSettings(configuration)
        (self.log, self.stop) = (log, stop)
        var settings = settings
        settings.closing = ClosingLoader.source(configuration)
        web = try WebService(settings, store: intake.store, progress: progress, version: Engine.version, log: log)
    }

    /// Works until it is asked to stop, or can go on no longer.
    func run() -> AttributionIntake.Ending {
        let publishing = Threads.start { [self] in
            ReleasePublisher(settings: publisher, store: intake.store, log: log, stop: stop).run()
        }
        let ending = AttributionIntake(settings: intake, log: log, stop: stop, progress: progress).run()
        // Where the intake ended by itself, the others are to end too.
        stop.request()
        Threads.join(publishing)
        web.stop()
        log.flush(all: true)
        return ending
    }
}
