import Kafka
public import Operations

/// Notices that credentials for Kafka were renewed in their files, and tries them before anybody relies on them.
///
/// It belongs to the thread of the loop that looks. What brokers refuse, or what cannot be loaded, is said and left
/// alone: the clients in use go on.
public struct CredentialRenewal {
    /// What a look has come to.
    public enum Outcome: Sendable, Equatable {
        /// There is nothing new, or it is not time to look.
        case nothing
        /// Brokers accept what stands in the files of these properties now.
        case renewed([String])
        /// They do not, or it cannot be used.
        case refused
    }

    /// How long brokers have for an answer.
    private static let trialMilliseconds: Int64 = 5000
    /// After what time credentials that brokers refused are tried again.
    private static let retryMilliseconds: Int64 = 60_000

    private let files: CredentialFiles
    private let client: ClientConfiguration
    private let log: Log
    private var watch: CredentialWatch

    /// Begins to watch; clients that are made after this have what stands in the files now, or later.
    /// - Parameter kafka: the properties for librdkafka as they were configured.
    public init(
        _ files: CredentialFiles, _ kafka: [String: String], intervalMilliseconds: Int, log: Log
    ) {
        (self.files, self.log) = (files, log)
        client = WorkerSettings.connection(kafka)
        watch = CredentialWatch(
            files.digests(), intervalMilliseconds: intervalMilliseconds, now: SystemClock.monotonicMilliseconds())
    }

    /// Looks, where it is time to. A trial takes up to five seconds, where no broker answers.
    public mutating func look() -> Outcome {
        let now = SystemClock.monotonicMilliseconds()
        guard watch.isDue(now: now) else { return .nothing }
        let digests = files.digests()
        guard watch.look(digests, now: now) else { return .nothing }
        let changed = watch.changes(digests)
        do throws(KafkaError) {
            try tryOut(until: now + CredentialRenewal.trialMilliseconds)
        } catch {
            // What nobody has judged may be good: it is tried again soon.
            let pause = error.isRetriable && !error.isRefusal ? 0 : CredentialRenewal.retryMilliseconds
            watch.refuse(digests, now: now, retryMilliseconds: pause)
            log.write(
                .credentialsRefused,
                [.properties: .text(changed.joined(separator: " ")), .error: .text(error.description)])
            return .refused
        }
        watch.took(digests)
        return .renewed(changed)
    }

    /// Says that they are in use.
    /// - Parameter how: what was done with the clients.
    public func note(_ changed: [String], _ how: StaticString) {
        log.write(
            .credentialsChanged,
            [.properties: .text(changed.joined(separator: " ")), .clients: .text("\(how)")])
    }

    /// Waits until a broker has let a client of its own in, or one has refused it, or none has answered.
    private func tryOut(until end: Int64) throws(KafkaError) {
        let (failures, log) = (LastError(), log)
        let producer = try Producer(files.renewed(client)) {
            failures.note($0)
            log.report($0)
        }
        while true {
            do throws(KafkaError) {
                return try producer.reachBroker(timeoutMilliseconds: 500)
            } catch {
                if let refusal = failures.refusal { throw refusal }
                guard error.isRetriable, SystemClock.monotonicMilliseconds() < end else { throw error }
            }
        }
    }
}
