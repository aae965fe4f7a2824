public import Attribution
public import Primitives

/// A message as it came from a topic or a file; the memory belongs to whoever received it.
public struct SourceMessage {
    /// The event; nil for a tombstone, which withdraws what has its key.
    public var payload: UnsafeRawBufferPointer?
    /// The Kafka key: the source record id.
    public var key: UnsafeRawBufferPointer?
    /// The headers that mean something here.
    public var headers: EventHeaders
    /// The partition of the source topic; 0 for a file.
    public var partition: Int32
    /// The offset in the partition; for a file the number of the line, from 0.
    public var offset: Int64
    /// True where at least 64 bytes behind the payload can be read, so that it need not be copied before parsing.
    public var isPadded: Bool

    /// Makes a message.
    public init(
        payload: UnsafeRawBufferPointer?, key: UnsafeRawBufferPointer? = nil, headers: EventHeaders = EventHeaders(),
        partition: Int32 = 0, offset: Int64 = 0, isPadded: Bool = false
    ) {
        self.payload = payload
        self.key = key
        self.headers = headers
        self.partition = partition
        self.offset = offset
        self.isPadded = isPadded
    }
}

/// What the profile read from one event. Texts point into the memory of the reader or of the message, and hold until
/// the next event is read.
public struct SourceEvent {
    /// The id of the source record; it goes into the outcome key and nowhere else.
    public internal(set) var recordID = UnsafeRawBufferPointer(start: nil, count: 0)
    /// What the department achieved.
    public internal(set) var outcome = Outcome()
    /// The revision that the source states.
    public internal(set) var revision: Int64?
    /// The time of the event.
    public internal(set) var time: Timestamp?
    /// The references.
    public internal(set) var references: [Reference] = []
    /// Partners that are named.
    public internal(set) var named: [NamedPartner] = []
    /// Texts that may be searched for partners. They must not leave the worker.
    public internal(set) var searched: [SearchedText] = []

    /// Makes an event of which nothing is known.
    public init() {}

    mutating func reset() {
        recordID = UnsafeRawBufferPointer(start: nil, count: 0)
        outcome.reset()
        revision = nil
        time = nil
        references.removeAll(keepingCapacity: true)
        if !named.isEmpty { named.removeAll(keepingCapacity: true) }
        if !searched.isEmpty { searched.removeAll(keepingCapacity: true) }
    }
}

/// A text that may be searched for partners.
public struct SearchedText {
    /// The text, as long as the event.
    public let text: UnsafeRawBufferPointer
    /// Where it was read.
    public let field: FieldReference
}
