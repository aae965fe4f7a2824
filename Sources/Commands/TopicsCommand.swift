import Glibc
import Kafka
import Operations
import Pipeline

extension Command {
    /// `topics`: creates or checks the topics of a city.
    static let topics = Command(
        name: "topics",
        summary: "Check the topics of a department, or create them with --apply.",
        usage: """
            topics [--apply] [--partitions N] [--replication-factor N] --department NAME [--config FILE]

            Looks at the department's events and dead letters, at the attribution records, the released indicators, and
            the topics that `registry` and `activities` name. Without --apply nothing is changed; exit code 1 where a
            topic is missing. With it, waits up to 10 seconds until the cluster shows what was created; exit code 1
            where it does not.
            """,
        options: [
            CommandOption("apply", "Create the topics that are missing."),
            CommandOption("partitions", value: "N", "Partitions of a new topic; otherwise 12."),
            CommandOption("replication-factor", value: "N", "Replicas of a new topic; otherwise 3, or all brokers."),
        ]
    ) { context in
        guard context.arguments.positionals.isEmpty else { return context.misused("topics: expected options only") }
        guard let settings = context.workerSettings() else { return ExitCode.configuration }
        guard let partitions = TopicPlan.number(context.arguments["partitions"], standard: 12),
            let replicas = TopicPlan.number(context.arguments["replication-factor"], standard: 3)
        else { return context.misused("topics: expected whole numbers above 0") }
        let registry = RegistryRowsOfTopics.topics(context.configuration())
        let plan = TopicPlan(
            settings, indicators: context.configuration().text("topics.indicators") ?? "city.kpi.indicators",
            registry: registry, partitions: partitions, replicas: replicas)
        return plan.carryOut(apply: context.arguments.has("apply"), &context)
    }
}

/// The topics that a department's worker needs, and how each is kept (docs/architecture.md).
private struct TopicPlan {
    let topics: [NewTopic]
    let kafka: [String: String]

    init(
        _ settings: WorkerSettings, indicators: String, registry: [String], partitions: Int, replicas: Int
    ) {
        func topic(_ name: String, _ configuration: [String: String]) -> NewTopic {
            NewTopic(name: name, partitions: partitions, replicationFactor: replicas, configuration: configuration)
        }
        kafka = settings.kafka
        topics =
            [
                topic(settings.events, [:]),
                topic(settings.deadLetters, ["cleanup.policy": "delete", "retention.ms": String(14 * 86_400_000)]),
                topic(
                    settings.attributions,
                    ["cleanup.policy": "compact,delete", "retention.ms": String(400 * 86_400_000)]),
                topic(indicators, ["cleanup.policy": "compact"]),
            ]
            // Small, and read as a whole by everybody.
            + registry.map { name in
                NewTopic(
                    name: name, partitions: 1, replicationFactor: replicas,
                    configuration: ["cleanup.policy": "compact"])
            }
    }

    static func number(_ text: String?, standard: Int) -> Int? {
        guard let text else { return standard }
        return Int(text).flatMap { $0 > 0 ? $0 : nil }
    }

    func carryOut(apply: Bool, _ context: inout CommandContext) -> Int32 {
        do throws(KafkaError) {
            let admin = try Admin(ClientConfiguration(kafka)) { _ in }
            let known = try admin.topics(timeoutMilliseconds: 10_000)
            let missing = topics.filter { topic in !known.contains { $0.name == topic.name } }
            for topic in topics {
                if let found = known.first(where: { $0.name == topic.name }) {
                    context.print(
                        "\(topic.name): \(found.partitions) partitions, \(found.replicationFactor) replicas\n")
                } else if !apply {
                    context.print("\(topic.name): missing; create it with --apply\n")
                }
            }
            guard apply, !missing.isEmpty else { return missing.isEmpty ? ExitCode.done : ExitCode.findings }
            return try create(missing, admin, &context)
        } catch {
            return context.failed("topics", CommandFailure(error, brokers: kafka["bootstrap.servers"]))
        }
    }

    /// Milliseconds that the cluster has for showing what it has created.
    private static let showingMilliseconds: Int32 = 10_000

    private func create(
        _ missing: [NewTopic], _ admin: borrowing Admin, _ context: inout CommandContext
    ) throws(KafkaError) -> Int32 {
        var code = ExitCode.done
        var created: [NewTopic] = []
        for topic in missing {
            var topic = topic
            var result = try admin.createTopics([topic], timeoutMilliseconds: 30_000).first
            while topic.replicationFactor > 1, result?.error?.code.name == "INVALID_REPLICATION_FACTOR" {
                topic.replicationFactor -= 1
                result = try admin.createTopics([topic], timeoutMilliseconds: 30_000).first
            }
            if let error = result?.error {
                context.note("\(topic.name): \(error.description)\n")
                code = ExitCode.findings
            } else {
                created.append(topic)
                context.print(
                    "\(topic.name): created, \(topic.partitions) partitions, \(topic.replicationFactor) replicas\n")
            }
        }
        for topic in try admin.waitForTopics(created, timeoutMilliseconds: TopicPlan.showingMilliseconds) {
            context.note(
                "\(topic.name): created, but after \(TopicPlan.showingMilliseconds / 1000) s the cluster does not show "
                    + "all its partitions yet, each with a leader; look again with `topics`\n")
            code = ExitCode.findings
        }
        return code
    }
}
