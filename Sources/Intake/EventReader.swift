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
    private let department: DepartmentName
    private let limits: EventLimits
    private let extractor: Extractor
    private let structured: Layout
    private let bare: Layout
    private let either: Layout
    private let conditions: [ConditionPlan]
    private let constants: [(field: OutcomeField, value: [UInt8])]
    private let sources: [ReferencePlan]
    private let hasKeyField: Bool
    private var state: ReadingState

    /// Makes a reader for a department's events.
    public init(profile: Profile, department: String, limits: EventLimits = EventLimits()) {
        self.profile = profile
        self.department = DepartmentName(department)
        self.limits = limits
        extractor = Extractor(maximumBytes: limits.bytes, maximumDepth: limits.depth)
        structured = Layout(profile, scopes: [.attribute, .data])
        bare = Layout(profile, scopes: [.bare])
        either = Layout(profile, scopes: [.attribute, .data, .bare])
        conditions = profile.conditions.map { ConditionPlan($0) }
        constants = OutcomeField.allCases.compactMap { field in
            profile.fields[field]?.constant.map { (field: field, value: $0) }
        }
        sources = profile.references.map { ReferencePlan($0) }
        hasKeyField = profile.fields[.key] != nil
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
        var context = CloudEventContext()
        // What headers say is known before the payload is read, and may say that it is no JSON at all.
        if mode == .binary {
            context = CloudEventContext(message.headers)
            event.time = try context.check(department)
        }
        state.paths = paths(mode)
        let layout = layout(state.paths)
        let values = try extract(payload, layout, isPadded: message.isPadded)
        let isEnvelope = layout === structured || layout === either && Self.hasSpecversion(values, layout)
        state.begin()
        state.scope = isEnvelope ? .data : .bare
        readValues(values, layout, into: &event, &context, &state)
        if isEnvelope { event.time = try context.check(department) ?? event.time }
        if isEnvelope || mode == .binary, !hasKeyField, let id = context.subject ?? context.id {
            event.recordID = id
        }
        return try conclude(layout, &event, &state)
    }

    /// The paths that a message is read by.
    private func paths(_ mode: ContentMode) -> ReadingState.Paths {
        switch (mode, profile.envelope) {
        case (.structured, _), (.unmarked, .cloudevents): .structured
        case (.binary, _), (.unmarked, .none): .bare
        case (.unmarked, .auto): .either
        }
    }

    private func layout(_ paths: ReadingState.Paths) -> Layout {
        switch paths {
        case .structured: structured
        case .bare: bare
        case .either: either
        }
    }

    /// Whether a document that may be an envelope is one.
    private static func hasSpecversion(_ values: ExtractedValues, _ layout: Layout) -> Bool {
        values.contains { value in
            guard value.kind != .null, let target = layout.targets(.attribute, value.slot).first else { return false }
            if case .attribute(.specversion) = target.purpose { return true }
            return false
        }
    }

    /// Appends the path that evidence of the last event names, escaped for a JSON string.
    public func write(_ field: FieldReference, into buffer: inout ByteBuffer) {
        let name = layout(state.paths).names[field.path]
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

    /// Hands every value to what it is for. The first fault of a field is noted; whether it counts is known at the end.
    private func readValues(
        _ values: ExtractedValues, _ layout: Layout, into event: inout SourceEvent,
        _ context: inout CloudEventContext, _ state: inout ReadingState
    ) {
        let scope = state.scope
        for index in 0..<values.count {
            let value = values[index]
            if value.kind == .null { continue }
            for target in layout.targets(scope, value.slot) {
                let place = Place(layout: layout, path: target.path, element: value.element)
                do throws(Fault) {
                    try take(value, for: target, place, into: &event, &context, &state)
                } catch {
                    state.note(error)
                }
            }
        }
    }

    @inline(__always)
    private func take(
        _ value: ExtractedValue, for target: Layout.Target, _ place: Place, into event: inout SourceEvent,
        _ context: inout CloudEventContext, _ state: inout ReadingState
    ) throws(Fault) {
        switch target.purpose {
        case .attribute(let attribute): context.take(attribute, value)
        case .condition:
            let number = Int(target.number)
            state.judge(number, holds: conditions[number].holds(value, &state))
        case .field(let field):
            guard state.accepts(field, target.rank) else { return }
            if target.isMapped, let source = profile.fields[field] {
                try event.set(field, value, mappedBy: source, place, &state)
            } else {
                try event.set(field, value, place, &state)
            }
        case .reference(let part): try state.offer(value, for: part, target, place, atMost: limits.references)
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
        for (field, value) in constants where !state.has(field) { try event.set(field, constant: value, &state) }
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
        for index in 0..<state.references.count {
            if let reference = try resolve(state.references[index], layout, &state) {
                event.references.append(reference)
            }
        }
        return .outcome
    }

    /// The reference that its parts make; nil where the event has no identifier, and need not have one.
    private func resolve(
        _ pending: PendingReference, _ layout: Layout, _ state: inout ReadingState
    ) throws(Fault) -> Reference? {
        let source = Int(pending.source)
        let plan = sources[source]
        let field = FieldReference(path: layout.evidencePath(source, state.scope), element: Int(pending.element))
        guard let id = try text(.id, pending, plan, field, layout, &state), !id.isEmpty else {
            if !plan.schemeHasPaths { return nil }
            throw Fault(.fieldMissing, "\(layout.name(of: field)): expected an identifier (id) beside the scheme")
        }
        guard let scheme = try text(.scheme, pending, plan, field, layout, &state), !scheme.isEmpty else {
            throw Fault(.fieldMissing, "\(layout.name(of: field)): expected a scheme beside the identifier")
        }
        var mechanism: Mechanism?
        if let stated = try text(.mechanism, pending, plan, field, layout, &state) {
            mechanism = Mechanism(name: stated)
            if mechanism == nil {
                throw Fault(
                    .mechanismUnknown, "\(layout.name(of: field)): expected a mechanism of \(Mechanisms.list)")
            }
        }
        return Reference(scheme: scheme, id: id, mechanism: mechanism, field: field)
    }

    /// What a part of a reference says, by the event and the profile; nil where it is not there.
    private func text(
        _ part: ReferencePart, _ pending: PendingReference, _ plan: ReferencePlan, _ field: FieldReference,
        _ layout: Layout, _ state: inout ReadingState
    ) throws(Fault) -> UnsafeRawBufferPointer? {
        let given = pending.parts[part.rawValue]
        guard given.isGiven else {
            if !plan.hasConstant[part.rawValue] { return nil }
            return profile.references[Int(pending.source)][part]?.constant.map { state.keep($0) }
        }
        guard given.isText else {
            throw Fault(.fieldKind, "\(layout.name(of: field)): expected \(part.title) to be a text or a whole number")
        }
        guard plan.isMapped[part.rawValue], let source = profile.references[Int(pending.source)][part] else {
            return given.text
        }
        return try source.mapped(
            given.text, "\(layout.name(of: field)): expected \(part.title) to be on the profile's list", &state)
    }

    private func name(of field: OutcomeField, _ layout: Layout, _ scope: Layout.Scope) -> String {
        for targets in layout.targets {
            for target in targets where target.scope == scope {
                if case .field(field) = target.purpose { return layout.names[Int(target.path)].text() }
            }
        }
        return "outcome.\(field.rawValue)"
    }
}

extension Fault {
    /// The fault that an error of the parser is.
    init(_ error: JSONError, _ limits: EventLimits) {
        switch error.code {
        case .empty:
            self.init(.payloadEmpty, "payload: expected a JSON document; a withdrawal is a null payload with a key")
        case .tooLarge:
            self.init(.tooLarge, "payload: expected at most \(limits.bytes) bytes; raise event.bytes.max or split it")
        case .tooManyValues, .tooManySteps:
            self.init(.tooLarge, "payload, at the paths of the profile: expected \(error.expected); split the event")
        case .tooDeep:
            self.init(.tooDeep, "payload: expected at most \(limits.depth) levels of arrays and objects")
        case .invalidUTF8: self.init(.notUTF8, "payload: expected UTF-8")
        case .duplicateKey: self.init(.duplicateKey, "payload: expected every member of an object once")
        case .bigNumber: self.init(.numberRange, "payload: expected numbers that fit 64 bits")
        default: self.init(.malformed, "payload: expected one JSON document (RFC 8259): \(error.message)")
        }
    }
}
