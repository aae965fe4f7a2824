/// Headers of attribution records beside those of their format (docs/events.md).
public enum RecordHeader {
    /// There where the event was read before: the record then counts by the place of its event, and not by its own.
    public static let readAgain: StaticString = "city.read-again"

    /// Why an event was read again.
    public enum ReadAgain: String, Sendable {
        /// A dead letter was sent again.
        case replay
        /// Old events were decided anew.
        case reprocess
    }
}
