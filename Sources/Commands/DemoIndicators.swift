import Charts
import Glibc
import Indicators
import KPIService
import Kafka
import Operations
import Pages
import Pipeline
import Primitives
import Releases

/// The last part of the demonstration: records into a store, and quarters closed.
struct DemoIndicators {
    /// The quarters that the sample fills.
    static let quarters = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]

    /// The releases, the newest last.
    let releases: [Release]
    /// The store.
    let store: String

    /// Takes all records of the cluster into a new store, and closes the quarters.
    /// - Throws: where the service or the closing failed.
    static func make(_ cluster: EmbeddedCluster, _ files: DemoFiles) throws(CommandFailure) -> DemoIndicators {
        files.removeStore()
        let configuration = files.configuration(of: cluster)
        try takeIn(IntakeSettings(configuration))
        guard let closing = try ClosingLoader.load(configuration).closing else {
            throw CommandFailure("the sample registry cannot be read")
        }
        var releases: [Release] = []
        for name in quarters {
            guard let quarter = ReportingPeriod(name) else { continue }
            do throws(ClosingError) {
                let prepared = try closing.prepare(quarter, now: SystemClock.now())
                try closing.add(prepared.release, prepared.snapshot, known: prepared.known)
                releases.append(prepared.release)
            } catch {
                throw CommandFailure("\(name) could not be closed: \(error)")
            }
        }
        try files.write(Site(releases: releases, worldMap: WorldMap.load()))
        return DemoIndicators(releases: releases, store: files.store)
    }

    /// Runs the service until it has read every partition to its end.
    private static func takeIn(_ settings: IntakeSettings) throws(CommandFailure) {
        let (stop, progress) = (StopToken(), IntakeProgress())
        let ending = Locked(AttributionIntake.Ending.stopped)
        let thread = Threads.start {
            let log = Log(format: .text, least: .error)
            let result = AttributionIntake(settings: settings, log: log, stop: stop, progress: progress).run()
            ending.withLock { $0 = result }
            stop.request()
        }
        let started = SystemClock.monotonicMilliseconds()
        while !progress.now.hasCaughtUp, stop.count == 0, SystemClock.monotonicMilliseconds() - started < 60_000 {
            usleep(10_000)
        }
        stop.request()
        Threads.join(thread)
        guard ending.withLock({ $0 }) == .stopped, progress.now.hasCaughtUp else {
            throw CommandFailure("the records could not be taken into the store")
        }
    }
}

extension DemoFiles {
    /// What the service of indicators needs to know.
    /// - Parameter more: settings beside those of every demonstration.
    func configuration(of cluster: EmbeddedCluster, _ more: [(String, String)] = []) -> Configuration {
        Configuration(
            flags: [
                ("registry", registry), ("kafka.bootstrap.servers", cluster.bootstrapServers), ("store", store),
                ("commit.interval", "20ms"), ("staff.cents.per.hour", "6500"),
            ] + more,
            environment: [:], configurationFile: nil, kafkaNames: ClientConfiguration.propertyNames,
            readFile: Files.read)
    }

    /// The database of the indicators.
    var store: String { "\(folder)/kpi.db" }

    /// The first page, as a file.
    var page: String { "\(folder)/page.html" }
    /// The brief of the newest quarter, as a file.
    var brief: String { "\(folder)/brief.html" }

    /// Writes the first page and the brief.
    fileprivate func write(_ site: Site) throws(CommandFailure) {
        guard let front = site.front, let overview = site.file(.home), let brief = site.file(.brief(front.id)) else {
            throw CommandFailure("no quarter was closed")
        }
        try CommandFailure.write(overview, to: page)
        try CommandFailure.write(brief, to: self.brief)
    }

    /// Removes the database of an earlier demonstration.
    fileprivate func removeStore() {
        for suffix in ["", "-wal", "-shm"] { unlink(store + suffix) }
    }
}
