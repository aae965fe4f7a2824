public import Attribution
public import Intake
public import Primitives

/// What became of one event.
public enum Processed: Sendable {
    /// There is a record to publish, of this decision.
    case record(Verdict, Tier?)
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
    private var work: EventWork

    /// Makes a processor for the events of a topic (or a file, by its name).
    public init(engine: Engine, topic: String) {
        work = EventWork(engine: engine, topic: topic)
    }

    /// The outcome key of the last record, as hexadecimal digits.
    public var key: UnsafeRawBufferPointer { work.key }
    /// What was read from the last event.
    public var event: SourceEvent { work.event }
    /// What was decided of the last event.
    public var decision: Decision { work.decision }
    /// What has been done since the start.
    public var counters: Counters { work.counters }

    /// Processes one event; `record`, `key`, `event` and `decision` speak of it until the next call.
    public func process(_ message: SourceMessage) -> Processed {
        record.clear()
        return work.process(message, into: &record)
    }

    /// Processes messages one after the other, and puts each record behind what the buffer holds already.
    /// - Parameter note: is called after each, with the key of its record.
    func process(
        _ range: Range<Int>, of messages: some MessageSource, appendingTo records: inout ByteBuffer,
        _ note: (Int, SourceMessage, Processed, _ key: UnsafeRawBufferPointer, inout ByteBuffer) -> Void
    ) {
        process(range, of: messages, with: &work, &records, note)
    }

    private func process(
        _ range: Range<Int>, of messages: some MessageSource, with work: inout EventWork, _ records: inout ByteBuffer,
        _ note: (Int, SourceMessage, Processed, _ key: UnsafeRawBufferPointer, inout ByteBuffer) -> Void
    ) {
        for index in range {
            let message = messages.message(at: index)
            note(index, message, work.process(message, into: &records), work.key, &records)
        }
    }

    /// Appends the path of a field as evidence names it.
    public func write(_ field: FieldReference, into buffer: inout ByteBuffer) {
        work.reader.write(field, into: &buffer)
    }

    /// What was read of the event that was processed last, and what was not; `event` is no longer valid then.
    public func account(of message: SourceMessage) -> EventAccount? { work.reader.account(of: message) }

    /// Counts a record of this decision as the dead letter that it has become.
    func recount(_ verdict: Verdict, _ tier: Tier?, as code: FaultCode) {
        work.counters.change(verdict, tier, into: code)
    }

    /// Goes back to what was counted before, where the events since will come again.
    public func restore(_ earlier: Counters) {
        work.counters = earlier
    }
}

/// What the processor works with. Apart from it, so that an event is one access to the processor, which Swift checks,
/// and not one for every part.
private struct EventWork: ~Copyable {
    private(set) var key = UnsafeRawBufferPointer(start: nil, count: 0)
    private(set) var event = SourceEvent()
    private(set) var decision = Decision()
    var counters = Counters()
    let reader: EventReader
    private let isPublishingAll: Bool
    private let matcher: ReferenceMatcher
    private let names: NameMatcher?
    private let decider: Decider
    private let writer: RecordWriter
    private var keys: OutcomeKeyMaker
    private var digester = SHA256()
    private var candidates: [Candidate] = []

    init(engine: Engine, topic: String) {
        isPublishingAll = engine.publish == .all
        keys = OutcomeKeyMaker(secret: engine.secret, department: engine.department, system: engine.profile.system)
        reader = EventReader(profile: engine.profile, department: engine.department, limits: engine.limits)
        matcher = ReferenceMatcher(rules: engine.rules, registry: engine.registry)
        names = engine.names.map { NameMatcher(registry: engine.registry, names: $0) }
        decider = Decider(rules: engine.rules, registry: engine.registry, department: engine.department)
        writer = RecordWriter(
            run: RunIdentity(
                city: engine.city, department: engine.department, topic: topic,
                profileDigest: engine.profile.digest, engine: Engine.version),
            rules: engine.rules, registry: engine.registry)
    }

    mutating func process(_ message: SourceMessage, into record: inout ByteBuffer) -> Processed {
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
        candidates.removeAll(keepingCapacity: true)
        for index in event.references.indices { matcher.match(event.references[index], into: &candidates) }
        if let names, !event.outcome.isRetracted {
            for index in event.named.indices { names.match(event.named[index], into: &candidates) }
            for index in event.searched.indices {
                names.match(event.searched[index].text, event.searched[index].field, into: &candidates)
            }
        }
        decider.decide(event.outcome, candidates, into: &decision)
        counters.add(decision.verdict, decision.tier)
        if decision.verdict == .domestic, !isPublishingAll, (event.revision ?? 0) <= 1 {
            counters.unpublished += 1
            return .unpublished
        }
        write(message, into: &record)
        return .record(decision.verdict, decision.tier)
    }

    private mutating func write(_ message: SourceMessage, into record: inout ByteBuffer) {
        key = keys.key(of: event.recordID)
        var origin = EventOrigin(partition: message.partition, offset: message.offset)
        if let payload = message.payload {
            origin.digest = digester.hash(payload)
            // No revision is negative, so that they sort as text: what is older than 1970 counts as of that day.
            origin.revision = max(0, event.revision ?? event.time?.microseconds ?? message.offset)
        }
        origin.time = event.time
        origin.traceparent = message.headers.checkedTraceparent
        origin.tracestate = message.headers.checkedTracestate
        let reader = reader
        writer.write(event.outcome, key: key, decision, origin, into: &record) { field, buffer in
            reader.write(field, into: &buffer)
        }
    }
}
