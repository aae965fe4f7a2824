/// The header that a dead letter gets when it is sent again (docs/dead-letters.md).
public enum ReplayHeader {
    /// Where its event stood first: `topic:partition:offset`. The worker counts it as the event there.
    public static let origin = "city.replay.origin"
}
