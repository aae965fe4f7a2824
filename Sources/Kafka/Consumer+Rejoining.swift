import CRdKafka

/// Joining the group again.
///
/// Where the committed offsets of assigned partitions cannot be had, because their coordinator refuses or is still
/// loading after a few tries, librdkafka says so once and then leaves those partitions alone, until they are assigned
/// anew: the member would own them and never read them. So it leaves the group, and joins it again after a while.
struct Rejoining {
    enum Step {
        /// The subscription has ended, and partitions are being given up.
        case leaving
        /// The group is left until then.
        case waiting(until: ContinuousClock.Instant)
    }

    /// What librdkafka's error for such partitions begins with, for one of them or for several.
    private static let refusal = "Failed to fetch committed offset"
    private static let milliseconds = 250
    private static let millisecondsMax = 30_000

    var step: Step?
    var isDue = false
    private var failures = 0

    /// Looks at an error that came in place of a message.
    mutating func note(reason: String?) {
        if let reason, reason.hasPrefix(Rejoining.refusal) { isDue = true }
    }

    /// A message came: the next failure is a first one.
    mutating func noteMessage() { failures = 0 }

    /// How long to stay out of the group; twice as long as the last time.
    mutating func nextWait() -> Duration {
        let wait = min(Rejoining.millisecondsMax, Rejoining.milliseconds << min(failures, 16))
        failures += 1
        return .milliseconds(wait)
    }
}

extension Consumer {
    /// Does what is due of leaving and joining again; to be called before messages are asked for.
    func rejoin() {
        switch state.rejoining.step {
        case nil:
            guard state.rejoining.isDue, state.isSubscribed else { return }
            state.rejoining.isDue = false
            if rd_kafka_unsubscribe(client.pointer) == RD_KAFKA_RESP_ERR_NO_ERROR { state.rejoining.step = .leaving }
        case .leaving:
            guard client.callbacks.owned.isEmpty else { return }
            state.rejoining.step = .waiting(until: .now + state.rejoining.nextWait())
        case .waiting(let end):
            guard ContinuousClock.now >= end else { return }
            let list = PartitionList(topics: state.topics)
            let code = rd_kafka_subscribe(client.pointer, list.pointer)
            state.rejoining.step = code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : .leaving
            state.rejoining.isDue = false
        }
    }
}
