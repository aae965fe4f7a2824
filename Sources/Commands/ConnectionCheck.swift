import Kafka
import Operations
import Pipeline
import YAML

/// What `check --connect` asks of a cluster: whether it answers, whether topics are there, and whether the client has
/// the rights that an executable needs.
struct ConnectionCheck {
    /// How long brokers have for an answer to each question, in milliseconds.
    private static let questionMilliseconds: Int32 = 5000
    private static let file = "kafka"

    private let user: KafkaUser
    private let configuration: Configuration
    private let principal: String
    private let client: ClientConfiguration
    private let brokers: String
    private let name: String
    private let names: KafkaNames
    private var tried = 0
    /// What was found.
    private(set) var findings: [Finding] = []
    /// What could not be looked at, or is well.
    private(set) var notes: [String] = []

    /// - Parameter principal: whom the brokers take this client for; nil for what the configuration lets suppose.
    init(_ user: KafkaUser, _ configuration: Configuration, principal: String?) {
        (self.user, self.configuration) = (user, configuration)
        client = WorkerSettings.connection(configuration)
        self.principal = principal ?? ConnectionCheck.principal(client)
        brokers = client["bootstrap.servers"] ?? ""
        names = KafkaNames(configuration)
        name = user.name(configuration.text("department"))
    }

    /// Looks at everything; the exit code.
    mutating func carryOut() -> Int32 {
        do throws(KafkaError) {
            guard try reach() else { return ExitCode.unavailable }
            let rights = user.rights(configuration)
            lookAt(rights)
            notes.append("\(name) has \(tried) of the \(rights.count) rights that it needs")
            return findings.contains { $0.severity == .error } ? ExitCode.findings : ExitCode.done
        } catch {
            let isOwn = error.code == .invalidArgument
            report(isOwn ? "client" : brokers, ConnectionFault.words(error, nil, client))
            return isOwn ? ExitCode.configuration : ExitCode.unavailable
        }
    }

    private mutating func report(_ key: String, _ message: String, _ severity: Finding.Severity = .error) {
        findings.append(
            Finding(file: ConnectionCheck.file, line: 0, key: key, severity: severity, message: message))
    }

    /// Whether a broker answers; otherwise what each that was tried has said last is among the findings.
    private mutating func reach() throws(KafkaError) -> Bool {
        let said = ConnectionFault()
        let producer = try Producer(client) { said.note($0) }
        for _ in 0..<(2 * ConnectionCheck.questionMilliseconds / 500) {
            do throws(KafkaError) {
                try producer.reachBroker(timeoutMilliseconds: 500)
                notes.append("\(brokers): a broker answers")
                return true
            } catch {
                if said.isDecided { break }
                guard error.isRetriable else { throw error }
            }
        }
        report(brokers, said.words(client))
        return false
    }

    // MARK: Rights

    private mutating func lookAt(_ rights: [KafkaRight]) {
        let probe = RightsProbe(client, timeoutMilliseconds: ConnectionCheck.questionMilliseconds)
        for right in rights {
            do throws(KafkaError) {
                switch right.resource {
                case .topic(let topic): try lookAt(right, topic, probe)
                case .group(let group): try lookAt(right, group: group, probe)
                case .transactionalIDs(let prefix): try lookAt(right, transactionalID: "\(prefix)check", probe)
                case .transactionalID: untried(right, "whoever works under that id would be shut out")
                }
            } catch {
                let isAbsent = RightsProbe.isAbsence(error.code)
                if isAbsent, !right.isOnTopic {
                    untried(right, "that takes a topic that is there")
                    continue
                }
                report(
                    right.name,
                    isAbsent
                        ? "there is no such topic; make it with `city-attribution topics --apply`"
                        : "the right \(right.operation.rawValue) could not be looked at; \(error)")
            }
        }
    }

    private mutating func lookAt(
        _ right: KafkaRight, _ topic: String, _ probe: RightsProbe
    ) throws(KafkaError) {
        guard right.operation != .create else { return untried(right, "nothing is made for a trial") }
        let description: TopicDescription
        do throws(KafkaError) {
            description = try probe.topic(topic)
        } catch {
            guard error.code == .topicAuthorizationFailed else { throw error }
            return missing(right)
        }
        if description.leaderlessPartitions > 0 {
            return report(
                right.name,
                "\(description.leaderlessPartitions) of \(description.partitions) partitions have no leader; look at "
                    + "the brokers")
        }
        let may = right.operation == .write ? try probe.mayWrite(topic) : try probe.mayRead(topic)
        if may { tried += 1 } else { missing(right) }
    }

    private mutating func lookAt(
        _ right: KafkaRight, group: String, _ probe: RightsProbe
    ) throws(KafkaError) {
        guard right.operation == .describe else {
            // Only a transaction commits offsets that can be taken back.
            guard let id = trialID else { return untried(right, "a trial would commit offsets") }
            let refusal = try probe.refusalOfTransaction(id: id, group: group, topic: names.events)
            switch refusal {
            case .groupAuthorizationFailed: return missing(right)
            case .transactionalIDAuthorizationFailed:
                return untried(right, "that takes a transaction, and so the right on transactional ids")
            // A topic that may not be read is found by reading it.
            default:
                tried += 1
                return
            }
        }
        let topic = user == .kpiService ? names.attributions : names.events
        if try probe.mayDescribe(group: group, topic: topic) { tried += 1 } else { missing(right) }
    }

    private mutating func lookAt(
        _ right: KafkaRight, transactionalID: String, _ probe: RightsProbe
    ) throws(KafkaError) {
        let refusal = try probe.refusalOfTransaction(id: transactionalID, group: nil, topic: names.events)
        if refusal == nil { tried += 1 } else { missing(right) }
    }

    /// A transactional id that nobody works with and that the worker's rights cover; nil where there is none.
    private var trialID: String? {
        user.rights(configuration).lazy.compactMap {
            if case .transactionalIDs(let prefix) = $0.resource { "\(prefix)check" } else { nil }
        }.first
    }

    private mutating func missing(_ right: KafkaRight) {
        report(
            right.name,
            "\(name) lacks the right \(right.operation.rawValue): \(right.purpose). Grant it with: "
                + right.command(brokers: brokers, principal: principal))
    }

    private mutating func untried(_ right: KafkaRight, _ reason: String) {
        notes.append(
            "\(right.name): the right \(right.operation.rawValue) was not tried, since \(reason); it is granted with: "
                + right.command(brokers: brokers, principal: principal))
    }

    /// Whom brokers take a client for, as far as its configuration says so.
    private static func principal(_ client: ClientConfiguration) -> String {
        if let mechanism = client.saslMechanism {
            if mechanism == "OAUTHBEARER" {
                return client.tokenSubject.map { "User:\($0)" } ?? "User:SUBJECT-OF-THE-TOKEN"
            }
            return client["sasl.username"].map { "User:\($0)" } ?? "User:NAME"
        }
        let isNamed = client["ssl.certificate.location"] != nil || client["ssl.keystore.location"] != nil
        return isNamed ? "'User:SUBJECT-OF-THE-CERTIFICATE'" : "User:ANONYMOUS"
    }
}
