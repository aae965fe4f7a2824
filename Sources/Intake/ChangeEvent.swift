import JSON
import Primitives

/// What is read of a change event beside its rows
/// (https://debezium.io/documentation/reference/stable/connectors/mysql.html, "Data change events"). Never the
/// statement in `source.query`, which can hold anything.
enum ChangeEventField: CaseIterable, Sendable {
    case operation, time, sourceTime, before, after

    /// Where it stands in the change event.
    var path: SimplePath {
        switch self {
        case .operation: SimplePath(steps: [.member("op")])
        case .time: SimplePath(steps: [.member("ts_ms")])
        case .before: SimplePath(steps: [.member("before")])
        case .after: SimplePath(steps: [.member("after")])
        case .sourceTime: SimplePath(steps: [.member("source"), .member("ts_ms")])
        }
    }
}

/// What a change event says of itself.
struct ChangeEvent {
    enum Operation {
        /// The row is new, and as `after` says.
        case created
        /// The row has changed and is as `after` says.
        case updated
        /// The row was as `before` says, and is gone.
        case deleted
        /// The row was there when the connector began: nothing has happened.
        case snapshot
        /// A whole table was emptied, or a message was passed on: no row is named.
        case withoutRow
    }

    let operation: Operation
    /// True where the schema stands beside the event: `{"schema": …, "payload": …}`.
    let isWrapped: Bool
    /// True where `before` says how the row was.
    let hasEarlierRow: Bool
    /// When the source changed the row, or else when the connector saw it; nil where neither is said.
    let time: Timestamp?

    /// Why the event is no outcome, where its operation says so.
    var skipReason: SkipReason? {
        switch operation {
        case .created, .updated, .deleted: nil
        case .snapshot: .snapshot
        case .withoutRow: .withoutRow
        }
    }

    /// Whether the row may have been an outcome before the change. Where it is not said how it was, it may.
    func mayHaveBeen(_ allConditionsHeld: Bool) -> Bool {
        operation == .updated && (allConditionsHeld || !hasEarlierRow)
    }

    /// Finds it among the values of an event.
    init(_ values: ExtractedValues, _ layout: Layout, _ state: inout ReadingState) throws(Fault) {
        var operation: Operation?
        var (isWrapped, hasEarlierRow, hasRow) = (false, false, false)
        var milliseconds = InlineArray<2, Int64>(repeating: 0)
        for value in values where value.kind != .null {
            for target in layout.targets(.changeEvent, value.slot) {
                guard case .changeEvent(let field) = target.purpose else { continue }
                switch field {
                case .operation:
                    let place = Place(layout: layout, path: target.path, element: 0)
                    operation = try ChangeEvent.operation(value, place, &state)
                    isWrapped = target.rank == 1
                case .before: hasEarlierRow = value.kind == .object
                case .after: hasRow = value.kind == .object
                case .time: milliseconds[1] = value.integer
                case .sourceTime: milliseconds[0] = value.integer
                }
            }
        }
        guard let operation else {
            throw Fault(
                .changeEvent,
                "op: expected a change event of Debezium, with op, before and after, and payload around them or not")
        }
        switch operation {
        case .deleted where !hasEarlierRow:
            throw Fault(.changeEvent, "before: expected the row that was deleted, or its key's columns at least")
        case .created where !hasRow, .updated where !hasRow:
            throw Fault(.changeEvent, "after: expected the row as an object")
        default: break
        }
        self.operation = operation
        self.isWrapped = isWrapped
        self.hasEarlierRow = hasEarlierRow
        time = ChangeEvent.instant(milliseconds[0]) ?? ChangeEvent.instant(milliseconds[1])
    }

    /// The instant that milliseconds since 1970 say; nil for 0, which connectors write where they know none.
    private static func instant(_ milliseconds: Int64) -> Timestamp? {
        let (microseconds, isTooLarge) = milliseconds.multipliedReportingOverflow(by: 1000)
        let instant = Timestamp(microseconds: microseconds)
        return milliseconds > 0 && !isTooLarge && instant.isWritable ? instant : nil
    }

    private static func operation(
        _ value: ExtractedValue, _ place: Place, _ state: inout ReadingState
    ) throws(Fault) -> Operation {
        if let text = state.text(of: value), text.count == 1 {
            switch text[0] {
            case UInt8(ascii: "c"): return .created
            case UInt8(ascii: "u"): return .updated
            case UInt8(ascii: "d"): return .deleted
            case UInt8(ascii: "r"): return .snapshot
            case UInt8(ascii: "t"), UInt8(ascii: "m"): return .withoutRow
            default: break
            }
        }
        throw Fault(.changeEvent, "\(place.name): expected one of c, u, d, r, t, m")
    }
}
