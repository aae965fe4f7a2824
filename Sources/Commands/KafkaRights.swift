import Operations
import Pipeline

/// A right on the cluster that an executable needs. The table of them makes the commands in docs/security.md, and what
/// `check --connect` looks at.
struct KafkaRight: Equatable {
    /// What the right is on.
    enum Resource: Equatable {
        case topic(String)
        case group(String)
        /// Transactional ids that begin so.
        case transactionalIDs(String)
        case transactionalID(String)
    }

    /// What may be done with it. Reading and writing include describing.
    enum Operation: String {
        case read = "Read"
        case write = "Write"
        case describe = "Describe"
        case create = "Create"
    }

    let operation: Operation
    let resource: Resource
    /// What it is needed for, as the end of a sentence.
    let purpose: String

    /// What the resource is called in messages.
    var name: String {
        switch resource {
        case .topic(let name): "topic \(name)"
        case .group(let name): "group \(name)"
        case .transactionalIDs(let prefix): "transactional ids \(prefix)*"
        case .transactionalID(let name): "transactional id \(name)"
        }
    }

    var isOnTopic: Bool { if case .topic = resource { true } else { false } }

    /// The command of Kafka that grants it, to be given by an administrator of the cluster.
    func command(brokers: String, principal: String) -> String {
        let resource =
            switch resource {
            case .topic(let name): "--topic \(name)"
            case .group(let name): "--group \(name)"
            case .transactionalIDs(let prefix):
                "--transactional-id \(prefix) --resource-pattern-type prefixed"
            case .transactionalID(let name): "--transactional-id \(name)"
            }
        return "kafka-acls --bootstrap-server \(brokers) --command-config admin.properties --add "
            + "--allow-principal \(principal) --operation \(operation.rawValue) \(resource)"
    }
}

/// Who needs rights on the cluster.
enum KafkaUser: String, CaseIterable {
    case worker
    case kpiService = "kpi-service"
    case ingest
    case explain
    case topics

    /// What it is called in messages.
    func name(_ department: String?) -> String {
        guard self == .worker else { return self == .kpiService ? rawValue : "`city-attribution \(rawValue)`" }
        let own = ["health", "housing", "immigration", "transport"]
        return department.map { own.contains($0) ? "\($0)-worker" : "department-worker" } ?? "department-worker"
    }

    /// The rights it needs under a configuration, each of them, and no other.
    func rights(_ configuration: Configuration) -> [KafkaRight] {
        let names = KafkaNames(configuration)
        let registry = names.registry.map {
            KafkaRight(operation: .read, resource: .topic($0), purpose: "the registry is there")
        }
        switch self {
        case .worker: return worker(names) + registry
        case .kpiService: return service(names) + registry
        case .ingest:
            return [KafkaRight(operation: .write, resource: .topic(names.events), purpose: "it sends events there")]
        case .explain:
            return [
                KafkaRight(operation: .read, resource: .topic(names.events), purpose: "it shows events of it"),
                KafkaRight(operation: .describe, resource: .group(names.group), purpose: "it reads as the worker does"),
            ] + registry
        case .topics:
            return ([names.events, names.deadLetters, names.attributions, names.indicators] + names.registry).map {
                KafkaRight(operation: .create, resource: .topic($0), purpose: "`--apply` makes it")
            }
        }
    }

    private func worker(_ names: KafkaNames) -> [KafkaRight] {
        var rights = [
            KafkaRight(operation: .read, resource: .topic(names.events), purpose: "events are there"),
            KafkaRight(operation: .write, resource: .topic(names.attributions), purpose: "records go there"),
            KafkaRight(operation: .write, resource: .topic(names.deadLetters), purpose: "refused events go there"),
            KafkaRight(operation: .read, resource: .group(names.group), purpose: "workers share the events by it"),
        ]
        if names.isTransactional {
            let prefix = "\(KafkaNames.prefix)\(names.department)."
            let own = names.transactionalID.flatMap { $0.hasPrefix(prefix) ? nil : $0 }
            rights.append(
                KafkaRight(
                    operation: .write, resource: own.map { .transactionalID($0) } ?? .transactionalIDs(prefix),
                    purpose: "records and offsets are one transaction"))
        }
        return rights
    }

    private func service(_ names: KafkaNames) -> [KafkaRight] {
        [
            KafkaRight(operation: .read, resource: .topic(names.attributions), purpose: "records are there"),
            KafkaRight(
                operation: .describe, resource: .group(names.serviceGroup),
                purpose: "clients of Kafka ask who coordinates it"),
            KafkaRight(operation: .write, resource: .topic(names.indicators), purpose: "released figures go there"),
            KafkaRight(
                operation: .write,
                resource: .transactionalID(names.transactionalID ?? "\(KafkaNames.prefix)kpi.\(names.indicators)"),
                purpose: "a release is one transaction"),
        ]
    }
}

/// What a configuration calls things on the cluster.
struct KafkaNames {
    static let prefix = "city-attribution."
    let department: String
    let events: String
    let attributions: String
    let deadLetters: String
    let indicators: String
    let registry: [String]
    let group: String
    let serviceGroup: String
    let transactionalID: String?
    let isTransactional: Bool

    init(_ configuration: Configuration) {
        department = configuration.text("department") ?? "department"
        let settings = WorkerSettings(configuration, department: department)
        (events, attributions, deadLetters) = (settings.events, settings.attributions, settings.deadLetters)
        indicators = configuration.text("topics.indicators") ?? "city.kpi.indicators"
        registry = RegistryRowsOfTopics.topics(configuration)
        group = configuration.kafka["group.id"] ?? "\(KafkaNames.prefix)\(department)"
        serviceGroup = configuration.kafka["group.id"] ?? "\(KafkaNames.prefix)kpi"
        transactionalID = configuration.kafka["transactional.id"]
        isTransactional = settings.delivery == .exactlyOnce
    }
}
