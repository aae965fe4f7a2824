import Kafka
import Operations
import Pipeline

/// The cluster and the topics of a department, for commands that read a topic from one end to the other.
struct DepartmentCluster {
    let department: String
    let settings: WorkerSettings
    /// The properties of a client that reads, and belongs to no group.
    let reader: ClientConfiguration

    init(_ configuration: Configuration, department: String) {
        self.department = department
        settings = WorkerSettings(configuration, department: department)
        var reader = WorkerSettings.reader(configuration)
        reader.setDefault("group.id", "city-attribution.\(department)")
        self.reader = reader
    }

    /// What the configuration says; nil, with the findings written, where it is wrong or names no department.
    init?(_ context: CommandContext) {
        let configuration = context.configuration()
        guard context.workerSettings() != nil, let department = configuration.text("department") else { return nil }
        self.init(configuration, department: department)
    }

    /// The addresses that are tried, for messages.
    var brokers: String { reader["bootstrap.servers"] ?? "" }

    /// Begins to read a topic up to its end, each partition from an offset; one without an offset is not read.
    func scan(_ topic: String, from first: (Int32) -> Int64?) throws(CommandFailure) -> TopicScan {
        do throws(KafkaError) {
            return try TopicScan(topic, reader, from: first)
        } catch {
            guard error.code == .unknownTopic else { throw failure(error) }
            throw DepartmentCluster.missing(topic)
        }
    }

    /// The next messages of it; false at its end.
    func next(_ scan: inout TopicScan, _ batch: inout MessageBatch) throws(CommandFailure) -> Bool {
        do throws(KafkaError) { return try scan.next(&batch) } catch { throw failure(error) }
    }

    /// Asks the cluster.
    func asking<Result: ~Copyable>(_ body: () throws(KafkaError) -> Result) throws(CommandFailure) -> Result {
        do throws(KafkaError) { return try body() } catch { throw failure(error) }
    }

    /// What a cluster said, for people.
    func failure(_ error: KafkaError) -> CommandFailure {
        CommandFailure(error, brokers: brokers, seconds: 10)
    }

    /// That there is no such topic.
    static func missing(_ topic: String) -> CommandFailure {
        CommandFailure("\(topic): there is no such topic, or no right to see it")
    }
}
