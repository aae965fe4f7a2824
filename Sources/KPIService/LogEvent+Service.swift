import Health
public import Operations
import Pipeline

/// What the KPI service has to say.
extension LogEvent {
    /// All of them.
    public static let service: [LogEvent] = [
        .intakeInterrupted, .recordsLost, .intakeFailed, .releasePublished, .releaseUnpublished, .releasesUnavailable,
    ]

    static let intakeInterrupted = LogEvent(
        "intake_interrupted", .warning,
        "A broker or the database does not answer, or partitions were added; the service tries again for ever.",
        fields: [.error], advice: "do what error says; /readyz says the same", isLimited: true)
    static let recordsLost = LogEvent(
        "records_lost", .error, "Records were removed from the topic before they were read: the figures lack them.",
        fields: [.topic, .partition, .from, .to],
        advice: "have the departments' workers make them again (a new kafka.group.id reads events from the beginning; "
            + "outcomes keep their keys, so that none counts twice), and raise the topic's retention")
    static let intakeFailed = LogEvent(
        "intake_failed", .error, "Reading ended for good, and the process with it.", fields: [.error],
        advice:
            "do what error says; one service a store; after a topic was made anew, name a new store: all of it is read "
            + "again, and releases stay in the old one")
    static let releasePublished = LogEvent(
        "release_published", .info, "All figures of a release were delivered to the topic of indicators.",
        fields: [.release, .topic])
    static let releaseUnpublished = LogEvent(
        "release_unpublished", .warning, "A release could not be delivered; the service tries again for ever.",
        fields: [.error], advice: "look at the topic and the right to write to it", isLimited: true)
    static let releasesUnavailable = LogEvent(
        "releases_unavailable", .warning,
        "The releases cannot be read; those that were read are still served.", fields: [.error],
        advice: "look at the database", isLimited: true)
}

extension LogField {
    static let release = LogField("release", "the id of a release")
}
