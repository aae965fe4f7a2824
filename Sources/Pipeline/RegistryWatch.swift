import Connections
public import Kafka
public import Operations
public import YAML

/// Loads the registry when a worker starts and whenever it has changed since, beside the worker's own thread.
///
/// Another registry is loaded and checked whole before anything of it is used. Where it has an error, or cannot be
/// read, the one in use stays.
public final class RegistryWatch {
    /// What came of loading what decides about events.
    public typealias Loaded = (engine: Engine?, findings: [Finding])

    /// The longest wait for each step of reading a topic.
    private static let readMilliseconds: Int32 = 10_000
    private static let retryMillisecondsMax = 5000

    private let configuration: Configuration
    private let log: Log
    private let stop: StopToken
    private let asks: StopToken
    private let look: RegistryLook
    private let interval: Int64
    private var plan = ReloadPlan<RegistryMarks>(loaded: nil)

    /// Makes a watch; nothing is asked of a broker before `start`.
    /// - Parameters:
    ///   - stop: ends it.
    ///   - asks: is asked where somebody says that the registry is whole now, and should be loaded at once.
    /// - Throws: what librdkafka refuses about its properties.
    public init(
        _ configuration: Configuration, log: Log, stop: StopToken, asks: StopToken = StopToken()
    ) throws(KafkaError) {
        self.configuration = configuration
        (self.log, self.stop, self.asks) = (log, stop, asks)
        look = try RegistryLook(configuration)
        interval = Int64(configuration.milliseconds("registry.reload.interval"))
    }

    /// Loads what decides about events, and waits for as long as topics of the registry cannot be read, hold no
    /// connection yet, or hold a row with an error: nothing may be decided before the registry is whole.
    ///
    /// - Parameter waiting: is told every few seconds what for.
    /// - Returns: nil where somebody asked to stop meanwhile. Errors of files are the caller's to tell.
    /// - Throws: what no waiting mends.
    public func start(_ waiting: (String) -> Void) throws(KafkaError) -> Loaded? {
        var pause = 100
        while stop.count == 0 {
            let reason: String
            do throws(KafkaError) {
                let marks = try? look.marks()
                let rows = try RegistryRowsOfTopics.read(configuration, timeoutMilliseconds: 5000)
                if rows["registry"]?.isEmpty == true {
                    reason = "the topic of connections is empty; publish the registry there"
                } else {
                    plan = ReloadPlan(loaded: marks)
                    let loaded = EngineLoader.load(configuration, rows: rows)
                    let errors = loaded.findings.filter { $0.severity == .error }
                    guard loaded.engine == nil, !errors.isEmpty, errors.allSatisfy(rows.contain) else { return loaded }
                    reason = RegistryWatch.text(errors)
                }
            } catch {
                if error.isFatal || error.code == .invalidArgument { throw error }
                reason = error.description
            }
            waiting(reason)
            log.write(.registryUnavailable, [.error: .text(reason)])
            stop.wait(milliseconds: pause, seen: 0)
            pause = min(pause * 2, RegistryWatch.retryMillisecondsMax)
        }
        return nil
    }

    /// Looks at the sources now and then until somebody asks to stop, and offers an engine whenever they hold another
    /// registry that has no error.
    /// - Parameter engine: the one that `start` has loaded.
    public func run(_ engine: Engine, offeringTo supply: RegistrySupply) {
        var engine = engine
        var asked = asks.count
        while wait(asked) {
            let isAsked = asks.count != asked
            asked = asks.count
            do throws(RegistryUnavailable) {
                guard plan.looked(try look.marks(), isAsked: isAsked) else { continue }
                engine = try load(engine, supply) ?? engine
            } catch {
                plan.failed()
                supply.update { ($0.unavailable, $0.isCurrent) = ($0.unavailable + 1, false) }
                log.write(.registryUnavailable, [.error: .text(error.reason)])
            }
        }
    }

    /// False where somebody asks to stop.
    private func wait(_ asked: Int) -> Bool {
        let end = SystemClock.monotonicMilliseconds() + interval
        while stop.count == 0, asks.count == asked, SystemClock.monotonicMilliseconds() < end {
            Pause.milliseconds(50)
        }
        return stop.count == 0
    }

    /// The engine with the registry that the sources hold; nil where it is the one in use, or refused.
    private func load(_ engine: Engine, _ supply: RegistrySupply) throws(RegistryUnavailable) -> Engine? {
        let rows: RegistryRowsOfTopics
        do throws(KafkaError) {
            rows = try RegistryRowsOfTopics.read(configuration, timeoutMilliseconds: RegistryWatch.readMilliseconds)
        } catch {
            throw RegistryUnavailable(reason: error.description)
        }
        let (newer, findings) = EngineLoader.renew(engine, configuration, rows: rows)
        guard let newer else {
            let errors = findings.filter { $0.severity == .error }
            supply.update { ($0.refused, $0.isCurrent) = ($0.refused + 1, false) }
            log.write(.registryRefused, [.error: .text(RegistryWatch.text(errors))])
            return nil
        }
        supply.update { $0.isCurrent = true }
        guard newer.registry.digest != engine.registry.digest else { return nil }
        supply.offer(newer)
        return newer
    }

    /// The first of some findings, and how many there are beside it.
    private static func text(_ findings: [Finding]) -> String {
        let first = findings.first?.description ?? "it cannot be used"
        return findings.count > 1 ? "\(first) (and \(findings.count - 1) more)" : first
    }
}
