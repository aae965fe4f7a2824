public import Kafka
public import Operations

/// What a Kafka client has to say.
extension LogEvent {
    /// All of them.
    public static let kafka: [LogEvent] = [
        .kafkaError, .kafkaFatal, .kafkaClientError, .kafkaLog, .kafkaNotice, .kafkaDebug,
        .credentialsChanged, .credentialsRefused,
    ]

    static let kafkaError = LogEvent(
        "kafka_error", .warning, "A Kafka operation failed; it is tried again, or what was open is given up.",
        fields: [.code, .error],
        advice: "nothing, unless it repeats: then look at the cluster and at the rights that error names",
        isLimited: true)
    static let kafkaFatal = LogEvent(
        "kafka_fatal", .error, "A Kafka client is dead.", fields: [.code, .error],
        advice:
            "start the process again where no supervisor does; where the code is about fencing, see that no two live "
            + "processes have one kafka.transactional.id")
    static let kafkaClientError = LogEvent(
        "kafka_client_error", .warning, "A Kafka client reports an error that belongs to no operation.",
        fields: [.code, .error],
        advice: "nothing, unless it repeats: then look at the brokers and the network", isLimited: true)
    static let kafkaLog = LogEvent(
        "kafka_log", .warning, "A Kafka client warns.", fields: [.code, .text],
        advice:
            "nothing, unless it repeats: then look at the brokers, the network, and the settings that begin with kafka",
        isLimited: true)
    static let kafkaNotice = LogEvent(
        "kafka_notice", .info, "A Kafka client says something.", fields: [.code, .text], isLimited: true)
    static let kafkaDebug = LogEvent(
        "kafka_debug", .debug, "A Kafka client says what kafka.debug asks for.", fields: [.code, .text])
    static let credentialsChanged = LogEvent(
        "credentials_changed", .info, "Renewed credentials are in use.", fields: [.properties, .clients])
    static let credentialsRefused = LogEvent(
        "credentials_refused", .error, "Renewed credentials cannot be used: those before stay in use.",
        fields: [.properties, .error], advice: "mend the files that properties name; they are tried again")
}

extension LogField {
    static let properties = LogField("properties", "the properties for Kafka whose files have changed")
    static let clients = LogField("clients", "`exchanged` for new ones, or `kept` and told")
    static let text = LogField("text", "what the Kafka client says, in its own words")
}

extension Log {
    /// Tells what a Kafka client says beside the results of calls.
    public func report(_ event: ClientEvent) {
        switch event {
        case .log(let level, let facility, let message):
            let event: LogEvent = level <= 4 ? .kafkaLog : level <= 6 ? .kafkaNotice : .kafkaDebug
            write(event, code: facility, [.text: .text(message)])
        case .error(let error): report(error, .kafkaClientError)
        case .statistics: break
        }
    }

    /// Tells of an error: as an event of its own where the client is dead by it.
    func report(_ error: KafkaError, _ event: LogEvent = .kafkaError) {
        write(error.isFatal ? .kafkaFatal : event, code: error.code.name, [.error: .text(error.description)])
    }
}
