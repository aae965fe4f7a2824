public import Intake
public import Kafka

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

    /// The headers of a record: of its format, of the trace that its event is in, and why that was read again.
    public static func list(of message: SourceMessage? = nil, readAgain: ReadAgain? = nil) -> HeaderList {
        var headers = HeaderList(capacity: 4)
        headers.add("content-type", "application/cloudevents+json; charset=UTF-8")
        if let event = message?.headers, let traceparent = event.checkedTraceparent {
            headers.add("traceparent", traceparent)
            if let tracestate = event.checkedTracestate { headers.add("tracestate", tracestate) }
        }
        if let readAgain { headers.add(RecordHeader.readAgain.description, readAgain.rawValue) }
        return headers
    }
}
