/// The headers of a message that mean something to the pipeline; the memory belongs to the message.
public struct EventHeaders {
    /// `content-type`, by which structured mode is known.
    public var contentType: UnsafeRawBufferPointer?
    /// `ce_specversion`, by which binary mode is known.
    public var specversion: UnsafeRawBufferPointer?
    /// `ce_id`.
    public var id: UnsafeRawBufferPointer?
    /// `ce_source`.
    public var source: UnsafeRawBufferPointer?
    /// `ce_type`.
    public var type: UnsafeRawBufferPointer?
    /// `ce_time`.
    public var time: UnsafeRawBufferPointer?
    /// `ce_subject`.
    public var subject: UnsafeRawBufferPointer?
    /// `ce_dataclassification`.
    public var dataclassification: UnsafeRawBufferPointer?
    /// `ce_dataregulation`.
    public var dataregulation: UnsafeRawBufferPointer?
    /// `traceparent` of W3C Trace Context, or `ce_traceparent` of the CloudEvents extension.
    public var traceparent: UnsafeRawBufferPointer?
    /// `tracestate`, or `ce_tracestate`.
    public var tracestate: UnsafeRawBufferPointer?

    /// `city.replay.origin`, where the event of a dead letter stood that was sent again: `topic:partition:offset`.
    public var replayOrigin: UnsafeRawBufferPointer?

    /// Makes headers of which none is there.
    public init() {}

    /// Takes one header; those without a meaning here are passed over. Names are compared without regard to case.
    public mutating func take(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) {
        guard let value else { return }
        func named(_ known: StaticString) -> Bool { EventHeaders.matches(name, known) }
        switch name.count {
        case 5 where named("ce_id"): id = value
        case 7 where named("ce_type"): type = value
        case 7 where named("ce_time"): time = value
        case 9 where named("ce_source"): source = value
        case 10 where named("ce_subject"): subject = value
        case 10 where named("tracestate"): tracestate = value
        case 11 where named("traceparent"): traceparent = value
        case 12 where named("content-type"): contentType = value
        case 13 where named("ce_tracestate"): tracestate = value
        case 14 where named("ce_specversion"): specversion = value
        case 14 where named("ce_traceparent"): traceparent = value
        case 17 where named("ce_dataregulation"): dataregulation = value
        case 18 where named("city.replay.origin"): replayOrigin = value
        case 21 where named("ce_dataclassification"): dataclassification = value
        default: break
        }
    }

    private static func matches(_ name: UnsafeRawBufferPointer, _ known: StaticString) -> Bool {
        guard name.count == known.utf8CodeUnitCount else { return false }
        for index in 0..<name.count {
            let byte = name[index]
            let lower = byte &- 65 < 26 ? byte | 0x20 : byte
            if lower != known.utf8Start[index] { return false }
        }
        return true
    }
}
