public import Attribution
import JSON
public import Primitives

/// What an event is to the pipeline.
public enum Disposition: Sendable, Equatable {
    /// It tells an outcome.
    case outcome
    /// It withdraws the outcome of its source record.
    case retraction
    /// It is neither, and no fault.
    case skipped(SkipReason)
}

/// Bounds on one event.
public struct EventLimits: Sendable {
    /// Bytes of a payload.
    public var bytes = 1 << 20
    /// Arrays and objects inside one another.
    public var depth = 64
    /// References of an event.
    public var references = 256
    /// Groups of an outcome.
    public var groups = 64

    /// The defaults: 1 MiB, 64 levels, 256 references, 64 groups.
    public init() {}
}

/// Reads events by a profile, one after the other, for one thread.
///
/// One foreign call parses the payload and brings the values of all paths; what follows looks at those values only, so
/// nothing that the profile does not name can get any further.
public final class EventReader {
    /// The profile by which events are read.
    public let profile: Profile
    private let department: [UInt8]
    private let limits: EventLimits
    private let extractor: Extractor
    private let structured: Layout
    private let bare: Layout
    private let either: Layout
    private let conditions: [[String]?]
    private let constants: [OutcomeField]
    private let sources: [ReferencePlan]
    private var current: Layout
    private var state: ReadingState

    /// Makes a reader for a department's events.
    public init(profile: Profile, department: String, limits: EventLimits = EventLimits()) {
        self.profile = profile
        self.department = Array(department.utf8)
        self.limits = limits
        extractor = Extractor(maximumBytes: limits.bytes, maximumDepth: limits.depth)
        structured = Layout(profile, scopes: [.attribute, .data])
        bare = Layout(profile, scopes: [.bare])
        either = Layout(profile, scopes: [.attribute, .data, .bare])
        current = bare
        conditions = profile.conditions.map(\.values)
        constants = OutcomeField.allCases.filter { profile.fields[$0]?.constant != nil }
        sources = profile.references.map { ReferencePlan($0) }
        state = ReadingState(conditions: profile.conditions.count, groupsMax: limits.groups)
    }

    /// Reads one event.
    ///
    /// - Parameters:
    ///   - message: the message.
    ///   - event: receives what the profile names; its texts hold until the next call.
    /// - Returns: what the event is; of a skipped one `event` says nothing.
    /// - Throws: why it has to go to the dead letters.
    public func read(_ message: SourceMessage, into event: inout SourceEvent) throws(Fault) -> Disposition {
        // One access to the state for the whole event: each would be checked for exclusivity.
        try read(message, into: &event, &state)
    }

    private func read(
        _ message: SourceMessage, into event: inout SourceEvent, _ state: inout ReadingState
    ) throws(Fault) -> Disposition {
        event.reset()
        guard let payload = message.payload else { return try tombstone(message, &event) }
        try DataClassification.check(message.headers.dataclassification, message.headers.dataregulation)
        let mode = try contentMode(message.headers)
        // What headers say is known before the payload is read, and may say that it is no JSON at all.
        if mode == .binary { event.time = try CloudEventContext(message.headers).check(department: department) }
        let layout = mode == .structured ? structured : mode == .binary || profile.envelope == .none ? bare : either
        current = layout
        let values = try extract(payload, layout, isPadded: message.isPadded)
        state.begin()
        let context = mode == .binary ? CloudEventContext(message.headers) : attributes(values, layout)
        let isCloudEvent =
            profile.envelope != .none
            && (mode != .unmarked || context.specversion != nil || profile.envelope == .cloudevents)
        if isCloudEvent, mode != .binary {
            event.time = try context.check(department: department)
        }
        state.scope = isCloudEvent && mode != .binary ? .data : .bare
        readValues(values, layout, into: &event, &state)
        if isCloudEvent, profile.fields[.key] == nil, let id = context.subject ?? context.id {
            event.recordID = id
        }
        return try conclude(layout, &event, &state)
    }

    /// Appends the path that evidence of the last event names, escaped for a JSON string.
    public func write(_ field: FieldReference, into buffer: inout ByteBuffer) {
        let name = current.names[field.path]
        buffer.append(name.escapedBefore)
        if let after = name.escapedAfter {
            buffer.append(decimal: Int64(field.element))
            buffer.append(after)
        }
    }

    private func tombstone(_ message: SourceMessage, _ event: inout SourceEvent) throws(Fault) -> Disposition {
        guard let key = message.key, !key.isEmpty else { return .skipped(.tombstoneWithoutKey) }
        event.recordID = key
        event.outcome.isRetracted = true
        return .retraction
    }

    private func contentMode(_ headers: EventHeaders) throws(Fault) -> ContentMode {
        profile.envelope == .none ? .unmarked : try ContentMode.of(headers)
    }

    private func extract(
        _ payload: UnsafeRawBufferPointer, _ layout: Layout, isPadded: Bool
    ) throws(Fault) -> ExtractedValues {
        do throws(JSONError) {
            return isPadded
                ? try extractor.extract(padded: payload, layout.plan) : try extractor.extract(payload, layout.plan)
        } catch {
            throw Fault(error, limits)
        }
    }

    private func attributes(_ values: ExtractedValues, _ layout: Layout) -> CloudEventContext {
        var context = CloudEventContext()
        if profile.envelope == .none { return context }
        for index in 0..<values.count {
            let value = values[index]
            if value.kind == .null { continue }
            for target in layout.targets(.attribute, value.slot) {
                guard case .attribute(let attribute) = target.purpose else { continue }
                if value.kind == .string || attribute == .data_base64 {
                    context.set(attribute, value.text)
                } else {
                    context.noteWrongKind(attribute)
                }
            }
        }
        return context
    }

    private func readValues(
        _ values: ExtractedValues, _ layout: Layout, into event: inout SourceEvent, _ state: inout ReadingState
    ) {
        let scope = state.scope
        for index in 0..<values.count {
            let value = values[index]
            if value.kind == .null { continue }
            for target in layout.targets(scope, value.slot) {
                let place = Place(layout: layout, path: target.path, element: value.element)
                do throws(Fault) {
                    try take(value, for: target, place, into: &event, &state)
                } catch {
                    state.note(error)
                }
            }
        }
    }

    private func take(
        _ value: ExtractedValue, for target: Layout.Target, _ place: Place, into event: inout SourceEvent,
        _ state: inout ReadingState
    ) throws(Fault) {
        switch target.purpose {
        case .attribute: break
        case .condition(let number): state.judge(conditions[number], number, value)
        case .field(let field, let rank):
            guard state.accepts(field, rank) else { return }
            try event.set(field, value, target.isMapped ? profile.fields[field] : nil, place, &state)
        case .scheme(let source, let rank):
            try state.withReference(source, value, place, limits) { $0.scheme.offer(value, rank) }
        case .id(let source, let rank):
            try state.withReference(source, value, place, limits) { $0.id.offer(value, rank) }
        case .mechanism(let source, let rank):
            try state.withReference(source, value, place, limits) { $0.mechanism.offer(value, rank) }
        case .array: try place.expect(value.kind == .array, "an array")
        case .object: try place.expect(value.kind == .object, "an object")
        }
    }

    /// A withdrawal counts whatever else the event holds; otherwise the conditions decide, and what they let through
    /// must be whole.
    private func conclude(
        _ layout: Layout, _ event: inout SourceEvent, _ state: inout ReadingState
    ) throws(Fault) -> Disposition {
        if !event.outcome.isRetracted, !state.allConditionsHold { return .skipped(.notAnOutcome) }
        if let fault = state.fault, !event.outcome.isRetracted { throw fault }
        for field in constants where !state.has(field) {
            try event.set(field, constant: profile.fields[field]?.constant ?? [], &state)
        }
        guard !event.recordID.isEmpty else {
            throw Fault(.fieldMissing, "\(name(of: .key, layout, state.scope)): expected the id of the source record")
        }
        if event.outcome.isRetracted { return .retraction }
        if event.outcome.type.isEmpty {
            throw Fault(
                .fieldMissing, "\(name(of: .type, layout, state.scope)): expected the code of the kind of outcome")
        }
        if event.outcome.occurredOn == nil {
            throw Fault(.fieldMissing, "\(name(of: .occurredOn, layout, state.scope)): expected the day of the outcome")
        }
        for pending in state.references {
            if let reference = try resolve(pending, layout, &state) { event.references.append(reference) }
        }
        return .outcome
    }

    private func resolve(
        _ pending: PendingReference, _ layout: Layout, _ state: inout ReadingState
    ) throws(Fault) -> Reference? {
        let source = sources[pending.source]
        let field = FieldReference(
            path: layout.evidencePath(pending.source, state.scope), element: pending.element)
        var name: String { layout.names[field.path].text(element: pending.element) }
        func text(_ value: ExtractedValue?, _ plan: FieldPlan, _ what: StaticString) throws(Fault)
            -> UnsafeRawBufferPointer?
        {
            guard let value else { return plan.hasConstant ? plan.source.constant.map { state.keep($0) } : nil }
            guard let text = state.text(of: value) else {
                throw Fault(.fieldKind, "\(name): expected \(what) to be a text or a whole number")
            }
            if !plan.isMapped { return text }
            return try plan.source.mapped(text, "\(name): expected \(what) to be on the profile's list", &state)
        }
        guard let id = try text(pending.id.value, source.id, "the identifier"), !id.isEmpty else {
            if !source.scheme.hasPaths { return nil }
            throw Fault(.fieldMissing, "\(name): expected an identifier (id) beside the scheme")
        }
        guard let scheme = try text(pending.scheme.value, source.scheme, "the scheme"), !scheme.isEmpty else {
            throw Fault(.fieldMissing, "\(name): expected a scheme beside the identifier")
        }
        var mechanism: Mechanism?
        if let source = source.mechanism, let stated = try text(pending.mechanism.value, source, "the mechanism") {
            mechanism = Mechanism(name: stated)
            if mechanism == nil {
                throw Fault(
                    .mechanismUnknown, "\(name): expected a mechanism of \(Mechanisms.names.joined(separator: ", "))")
            }
        }
        return Reference(scheme: scheme, id: id, mechanism: mechanism, field: field)
    }

    private func name(of field: OutcomeField, _ layout: Layout, _ scope: Layout.Scope) -> String {
        for targets in layout.targets {
            for target in targets where target.scope == scope {
                if case .field(field, _) = target.purpose { return layout.names[target.path].text() }
            }
        }
        return "outcome.\(field.rawValue)"
    }
}

/// A field source as resolving looks at it: what it has is known without touching it.
private final class FieldPlan: Sendable {
    let source: FieldSource
    let hasConstant: Bool
    let hasPaths: Bool
    let isMapped: Bool

    init(_ source: FieldSource) {
        self.source = source
        hasConstant = source.constant != nil
        hasPaths = !source.paths.isEmpty
        isMapped = source.map != nil
    }
}

/// A reference source likewise.
private final class ReferencePlan: Sendable {
    let scheme: FieldPlan
    let id: FieldPlan
    let mechanism: FieldPlan?

    init(_ source: ReferenceSource) {
        scheme = FieldPlan(source.scheme)
        id = FieldPlan(source.id)
        mechanism = source.mechanism.map { FieldPlan($0) }
    }
}

/// The names of the mechanisms, for messages and the profile's check.
enum Mechanisms {
    static let names = Mechanism.allCases.map { "\($0.name)" }
}

extension Fault {
    /// The fault that an error of the parser is.
    init(_ error: JSONError, _ limits: EventLimits) {
        switch error.code {
        case .empty:
            self.init(.payloadEmpty, "payload: expected a JSON document; a withdrawal is a null payload with a key")
        case .tooLarge:
            self.init(.tooLarge, "payload: expected at most \(limits.bytes) bytes; raise event.bytes.max or split it")
        case .tooDeep:
            self.init(.tooDeep, "payload: expected at most \(limits.depth) levels of arrays and objects")
        case .invalidUTF8: self.init(.notUTF8, "payload: expected UTF-8")
        case .duplicateKey: self.init(.duplicateKey, "payload: expected every member of an object once")
        case .bigNumber: self.init(.numberRange, "payload: expected numbers that fit 64 bits")
        default: self.init(.malformed, "payload: expected one JSON document (RFC 8259): \(error.message)")
        }
    }
}
