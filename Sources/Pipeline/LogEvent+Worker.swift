public import Operations

/// What a worker has to say.
extension LogEvent {
    /// All of them.
    public static let worker: [LogEvent] = [
        .workerStarted, .workerStopping, .workerStoppingAtOnce, .workerStopped, .workerAborted, .workerFailed,
        .workerRefused, .registryUnavailable, .registryTaken, .registryRefused, .brokerUnreachable, .partitionsAssigned,
        .partitionsRevoked,
        .partitionsLost, .transactionAborted, .lagUnknown, .deadLetter, .sizeRefused, .eventsLostToRetention,
    ]

    // Beginning and end.

    static let workerStarted = LogEvent(
        "worker_started", .info, "The worker has started.",
        fields: [.department, .topic, .brokers, .delivery, .profile, .registry])
    static let workerStopping = LogEvent(
        "worker_stopping", .info, "Somebody asked to stop: what is in hand is finished and committed.")
    static let workerStoppingAtOnce = LogEvent(
        "worker_stopping_at_once", .info, "Somebody asked again to stop: what is open is given up.")
    static let workerStopped = LogEvent(
        "worker_stopped", .info, "The worker has stopped; everything is committed.", fields: LogField.ofWorkers)
    static let workerAborted = LogEvent(
        "worker_aborted", .warning, "The worker has stopped; what was open will be read again.",
        fields: LogField.ofWorkers,
        advice: "nothing; where it comes with every stop, raise shutdown.grace")
    static let workerFailed = LogEvent(
        "worker_failed", .error, "The worker ends, since a Kafka client is dead; nothing is lost.",
        fields: LogField.ofWorkers, advice: "start it again where no supervisor does; look at the kafka_fatal before it"
    )
    /// A worker could not be made.
    public static let workerRefused = LogEvent(
        "worker_refused", .error, "No worker can be made with these settings.", fields: [.error],
        advice: "mend what error names")

    // The surroundings.

    static let registryUnavailable = LogEvent(
        "registry_unavailable", .warning,
        "The registry cannot be read, or not used: at the start no event is read before, later the one in use stays.",
        fields: [.error],
        advice:
            "mend what error names; where it is a topic: check the cluster, the topic's name and the right to read it, "
            + "and publish the registry; city-attribution topics --apply makes the topic",
        isLimited: true)
    static let registryTaken = LogEvent(
        "registry_taken", .info, "Another registry decides from now on.", fields: [.registry, .connections])
    static let registryRefused = LogEvent(
        "registry_refused", .error, "The registry has changed and has errors: it is refused, and the one in use stays.",
        fields: [.error], advice: "mend the place that error names; city-attribution registry check says all of them")
    static let brokerUnreachable = LogEvent(
        "broker_unreachable", .warning, "No broker answers; the worker tries again for ever.",
        fields: [.brokers, .code, .error], advice: "check the address in the line, and the cluster", isLimited: true)
    static let partitionsAssigned = LogEvent(
        "partitions_assigned", .info, "Partitions were assigned to the worker.", fields: [.partitions])
    static let partitionsRevoked = LogEvent(
        "partitions_revoked", .info, "Partitions were revoked; what was open is committed or given up.",
        fields: [.partitions])
    static let partitionsLost = LogEvent(
        "partitions_lost", .warning, "Partitions were lost: the group had given the worker up.", fields: [.partitions],
        advice:
            "nothing, unless it repeats: then the worker stands still at times, or kafka.session.timeout.ms is short")
    static let transactionAborted = LogEvent(
        "transaction_aborted", .warning, "What was open is given up and will be read again.", fields: [.partitions],
        advice: "nothing in a rebalance or when a broker restarts; where it repeats, look at the kafka_error before it",
        isLimited: true)
    static let lagUnknown = LogEvent(
        "lag_unknown", .warning,
        "The brokers did not say how far the partitions reach; after 15 seconds of it /readyz says so.",
        fields: [.code, .error], advice: "check the cluster; city_lag_records is old meanwhile", isLimited: true)

    // Events.

    static let deadLetter = LogEvent(
        "dead_letter", .warning, "An event was refused, and goes to the dead letters.",
        fields: [.code, .stage, .reason, .topic, .partition, .offset, .traceID],
        advice: "mend the events at their source, or the profile, as docs/dead-letters.md says", isLimited: true)
    static let sizeRefused = LogEvent(
        "size_refused", .warning,
        "The broker refuses messages of this size; larger dead letters are sent without their payload.",
        fields: [.bytes], advice: "raise max.message.bytes of the topic of dead letters")
    static let eventsLostToRetention = LogEvent(
        "events_lost_to_retention", .error, "Events were deleted before they were read.",
        fields: [.topic, .partition, .from, .to], advice: "raise the topic's retention, and send them again")
}

extension LogField {
    fileprivate static let ofWorkers: [LogField] = [.received, .outcomes, .deadLetters]

    static let department = LogField("department", "the department of the worker")
    static let brokers = LogField("brokers", "the brokers that it was told to ask")
    static let delivery = LogField("delivery", "`exactly-once` or `at-least-once`")
    static let profile = LogField("profile", "the name of the profile")
    static let registry = LogField("registry", "the digest of the registry")
    static let received = LogField("received", "events that were taken in and committed since the start")
    static let outcomes = LogField("outcomes", "outcomes among them")
    static let deadLetters = LogField("dead_letters", "dead letters among them")
    static let connections = LogField("connections", "the number of its connections")
    static let partitions = LogField("partitions", "numbers of partitions")
    static let stage = LogField("stage", "where an event was refused: `parse`, `envelope`, `map`, `privacy`")
    static let reason = LogField("reason", "the place in the event and what was expected there, never what was found")
    static let traceID = LogField("trace_id", "the trace of the event's `traceparent`, 32 hexadecimal digits")
    static let bytes = LogField("bytes", "the size of the payload that was refused")
    /// The topic that a line speaks of.
    public static let topic = LogField("topic", "the topic that the line speaks of")
    /// The partition that a line speaks of.
    public static let partition = LogField("partition", "the partition that the line speaks of")
    static let offset = LogField("offset", "the offset of the event")
    /// The first of some offsets.
    public static let from = LogField("from", "the first offset that is lost")
    /// The last of some offsets.
    public static let to = LogField("to", "the last offset that is lost")
}
