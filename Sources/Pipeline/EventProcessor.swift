public import Attribution
public import Intake
public import Primitives

/// What became of one event.
public enum Processed: Sendable {
    /// There is a record to publish.
    case record
    /// The outcome is domestic, and such are not published.
    case unpublished
    /// It is no outcome.
    case skipped(SkipReason)
    /// It goes to the dead letters.
    case deadLetter(Fault)
}

/// Takes one event after the other through intake, decision and record, for one thread. No clock, no input or output.
///
/// All memory is used again: in the steady state an event costs no allocation.
public final class EventProcessor {
    /// The record of the last event, where it has one.
    public private(set) var record = ByteBuffer(capacity: 16_384)
    /// The outcome key of the last record, as hexadecimal digits.
    public private(set) var key = UnsafeRawBufferPointer(start: nil, count: 0)
    /// What was read from the last event.
    public private(set) var event = SourceEvent()
    /// What was decided of the last event.
    public private(set) var decision = Decision()
    /// What has been done since the start.
    public private(set) var counters = Counters()

    private let engine: Engine
    private let reader: EventReader
    private let matcher: ReferenceMatcher
    private let decider: Decider
    private let writer: RecordWriter
    private let keys: OutcomeKeyMaker
    private let digester: SHA256
    private var candidates: [Candidate] = []

    /// Makes a processor for the events of a topic (or a file, by its name); nil where there is no SHA-256.
    public init?(engine: Engine, topic: String) {
        guard
            let keys = OutcomeKeyMaker(
                secret: engine.secret, department: engine.department, system: engine.profile.system),
            let digester = SHA256()
        else { return nil }
        self.engine = engine
        self.keys = keys
        self.digester = digester
        reader = EventReader(profile: engine.profile, department: engine.department, limits: engine.limits)
        matcher = ReferenceMatcher(rules: engine.rules, registry: engine.registry)
        decider = Decider(rules: engine.rules, registry: engine.registry, department: engine.department)
        writer = RecordWriter(
            run: RunIdentity(
                city: engine.city, department: engine.department, topic: topic,
                profileDigest: engine.profile.digest, engine: Engine.version),
            rules: engine.rules, registry: engine.registry)
    }

    /// Processes one event; `record`, `key`, `event` and `decision` speak of it until the next call.
    public func process(_ message: SourceMessage) -> Processed {
        counters.received += 1
        do throws(Fault) {
            let disposition = try reader.read(message, into: &event)
            if case .skipped(let reason) = disposition {
                counters.add(reason)
                return .skipped(reason)
            }
        } catch {
            counters.add(error.code)
            return .deadLetter(error)
        }
        decide()
        counters.add(decision)
        if decision.verdict == .domestic, engine.publish == .attributed, (event.revision ?? 0) <= 1 {
            counters.unpublished += 1
            return .unpublished
        }
        write(message)
        return .record
    }

    /// Appends the path of a field as evidence names it.
    public func write(_ field: FieldReference, into buffer: inout ByteBuffer) {
        reader.write(field, into: &buffer)
    }

    /// Goes back to what was counted before, where the events since will come again.
    public func restore(_ earlier: Counters) {
        counters = earlier
    }

    private func decide() {
        candidates.removeAll(keepingCapacity: true)
        for reference in event.references {
            matcher.match(reference, into: &candidates)
        }
        decider.decide(event.outcome, candidates, into: &decision)
    }

    private func write(_ message: SourceMessage) {
        key = keys.key(of: event.recordID)
        var origin = EventOrigin(partition: message.partition, offset: message.offset)
        origin.digest = message.payload.map { digester.hash($0) }
        origin.time = event.time
        if message.payload != nil {
            // No revision is negative, so that they sort as text: what is older than 1970 counts as of that day.
            origin.revision = max(0, event.revision ?? event.time?.microseconds ?? message.offset)
        }
        origin.traceparent = message.headers.checkedTraceparent
        origin.tracestate = message.headers.checkedTracestate
        record.clear()
        writer.write(event.outcome, key: key, decision, origin, into: &record) { field, buffer in
            reader.write(field, into: &buffer)
        }
    }
}
