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
    let extractor: Extractor
    private let structured: Layout
    private let bare: Layout
    private let either: Layout
    private let keyOfRow: KeyReader?
    let conditions: [ConditionPlan]
    let victimServices: [ConditionPlan]
    let constants: [(field: OutcomeField, value: [UInt8])]
    let sources: [MentionSource]
    let plans: [MentionPlan]
    // What would have to be looked up in the profile for every event.
    private let hasKeyField: Bool
    private let keyParts: Int
    private let isChangeEvent: Bool
    let skipsWithoutDay: Bool
    private let strict: StrictList?
    /// Makes documents of rows, where messages hold such.
    private let rows: RowDocuments?
    private(set) var state: ReadingState

    /// Makes a reader for a department's events.
    public init(profile: Profile, department: String, limits: EventLimits = EventLimits()) {
        self.profile = profile
        self.department = DepartmentName(department)
        self.limits = limits
        rows = profile.columns.map { RowDocuments(columns: $0, profile.files, limits) }
        // The object of a row is longer than the row, which is bounded itself.
        extractor = Extractor(maximumBytes: rows == nil ? limits.bytes : .max, maximumDepth: limits.depth)
        structured = Layout(profile, .structured)
        bare = Layout(profile, .bare)
        either = Layout(profile, .either)
        keyOfRow = profile.envelope == .debezium ? KeyReader(profile) : nil
        conditions = profile.conditions.map { ConditionPlan($0) }
        victimServices = profile.victimServices.map { ConditionPlan($0) }
        constants = OutcomeField.allCases.compactMap { field in
            profile.fields[field]?.constant.map { (field: field, value: $0) }
        }
        sources = profile.references + profile.named
        plans = sources.map { MentionPlan($0) }
        hasKeyField = profile.fields[.key] != nil || !profile.keyParts.isEmpty
        keyParts = profile.keyParts.count
        isChangeEvent = profile.envelope == .debezium
        skipsWithoutDay = profile.fields[.occurredOn]?.skipsMissing == true
        strict = profile.strict
        state = ReadingState(profile, groupsMax: limits.groups)
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
        guard let payload = message.payload else { return try tombstone(message, &event, &state) }
        try DataClassification.check(message.headers.dataclassification, message.headers.dataregulation)
        let mode = try contentMode(message.headers)
        var context = CloudEventContext()
        var bindingFault: Fault?
        if mode == .binary {
            context = CloudEventContext(message.headers)
            do throws(Fault) {
                event.time = try context.check(department)
            } catch {
                // What headers say may be that the payload is no JSON at all, or that it must not be kept.
                if error.code == .contentType || error.code == .classification { throw error }
                bindingFault = error
            }
        }
        state.paths = paths(mode)
        let layout = layout(state.paths)
        let values: ExtractedValues
        do throws(Fault) {
            guard let found = try extract(payload, layout, isPadded: message.isPadded) else {
                return .skipped(.headerRow)
            }
            values = found
        } catch {
            throw bindingFault ?? error
        }
        let isEnvelope = layout === structured || layout === either && Self.hasSpecversion(values, layout)
        state.begin()
        var change: ChangeEvent?
        state.scope = isEnvelope ? .data : .bare
        if isChangeEvent {
            change = try changeEvent(values, layout, isEnvelope: isEnvelope, &event, &state)
        }
        readValues(values, layout, into: &event, &context, &state)
        if state.isVictimService { return .skipped(.victimService) }
        if let strict { try refuse(strict) }
        if let skipped = change?.skipReason { return .skipped(skipped) }
        if let bindingFault { throw bindingFault }
        if isEnvelope { event.time = try context.check(department) ?? event.time }
        if let time = change?.time { event.time = time }
        setKey(context, isCloudEvent: isEnvelope || mode == .binary, &event, &state)
        return try conclude(layout, change, &event, &state)
    }

    /// What a change event says of itself; the reading goes on in its row.
    private func changeEvent(
        _ values: ExtractedValues, _ layout: Layout, isEnvelope: Bool, _ event: inout SourceEvent,
        _ state: inout ReadingState
    ) throws(Fault) -> ChangeEvent {
        let change = try ChangeEvent(values, layout, &state)
        state.scope = .row(
            isData: isEnvelope, isWrapped: change.isWrapped, isEarlier: change.operation == .deleted)
        event.outcome.isRetracted = change.operation == .deleted
        return change
    }

    /// The id of the source record where it is not a field: the parts of a composite key, or that of a CloudEvent.
    private func setKey(
        _ context: CloudEventContext, isCloudEvent: Bool, _ event: inout SourceEvent, _ state: inout ReadingState
    ) {
        if keyParts > 0 {
            if let id = state.joinedKey(keyParts) { event.recordID = id }
        } else if isCloudEvent, !hasKeyField, let id = context.subject ?? context.id {
            event.recordID = id
        }
    }

    /// Refuses the event that was extracted last where it holds a field of the deny list.
    private func refuse(_ strict: StrictList) throws(Fault) {
        var fault: Fault?
        do throws(JSONError) {
            fault = try strict.fault(in: extractor)
        } catch {
            fault = Fault(error, limits)
        }
        if let fault { throw fault }
    }

    /// The paths that a message is read by.
    private func paths(_ mode: ContentMode) -> ReadingState.Paths {
        switch (mode, profile.envelope) {
        case (.structured, _), (.unmarked, .cloudevents): .structured
        case (.binary, _), (.unmarked, .none): .bare
        case (.unmarked, .auto), (.unmarked, .debezium): .either
        }
    }

    func layout(_ paths: ReadingState.Paths) -> Layout {
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

    private func tombstone(
        _ message: SourceMessage, _ event: inout SourceEvent, _ state: inout ReadingState
    ) throws(Fault) -> Disposition {
        guard let key = message.key, !key.isEmpty else { return .skipped(.tombstoneWithoutKey) }
        event.recordID = try keyOfRow?.recordID(key, extractor, &state) ?? key
        event.outcome.isRetracted = true
        return .retraction
    }

    private func contentMode(_ headers: EventHeaders) throws(Fault) -> ContentMode {
        profile.envelope == .none ? .unmarked : try ContentMode.of(headers)
    }

    /// The values at the paths of the profile; nil for a row that repeats the names of the columns.
    func extract(
        _ payload: UnsafeRawBufferPointer, _ layout: Layout, isPadded: Bool
    ) throws(Fault) -> ExtractedValues? {
        guard let document = try document(payload) else { return nil }
        do throws(JSONError) {
            return isPadded || rows != nil
                ? try extractor.extract(padded: document, layout.plan) : try extractor.extract(document, layout.plan)
        } catch {
            throw Fault(error, limits)
        }
    }

    /// The JSON document of a payload.
    private func document(_ payload: UnsafeRawBufferPointer) throws(Fault) -> UnsafeRawBufferPointer? {
        guard let rows else { return try RegistryFraming.document(payload) }
        return try rows.document(payload)
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
        case .changeEvent: break
        case .condition: judge(Int(target.number), value, isEarlier: false, &state)
        case .earlierCondition: judge(Int(target.number), value, isEarlier: true, &state)
        case .victimService:
            if victimServices[Int(target.number)].passes(value, &state) { state.isVictimService = true }
        case .field(let field):
            guard state.accepts(field, target.rank) else { return }
            if target.isPrepared, let source = profile.fields[field] {
                if try !event.set(field, value, preparedBy: source, place, &state) { return }
            } else {
                try event.set(field, value, place, &state)
            }
            state.accept(field, target.rank)
        case .keyPart: try state.offerKeyPart(value, Int(target.number), place)
        case .groupCount:
            let group = profile.groupCounts[Int(target.number)]
            try event.addGroup(group.code, value, preparedBy: group.source, place, &state)
        case .mention(let part): try state.offer(value, for: part, target, place, atMost: limits.references)
        case .search:
            if let text = state.text(of: value) {
                let field = FieldReference(path: Int(target.path), element: value.element)
                event.searched.append(SearchedText(text: text, field: field))
            }
        case .array: try place.expect(value.kind == .array, "an array")
        case .object: try place.expect(value.kind == .object, "an object")
        }
    }

    private func judge(_ number: Int, _ value: ExtractedValue, isEarlier: Bool, _ state: inout ReadingState) {
        let condition = conditions[number]
        guard condition.passes(value, &state) else { return }
        state.notePassed(number, isNegated: condition.isNegated, isEarlier: isEarlier)
    }
}
