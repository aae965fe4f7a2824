import JSON

/// Where in a payload the document stands that a profile's paths begin at.
enum Scope: Int, CaseIterable, Sendable {
    /// Nowhere: the attributes of a CloudEvent.
    case attribute
    /// Nowhere: what a change event says of itself.
    case changeEvent
    /// The payload.
    case bare
    /// `data` of a CloudEvent.
    case data
    // The row of a change event after the change: of the payload, or of `data`; of a change event with its schema
    // beside it, that of `payload`.
    case bareRow, bareWrappedRow, dataRow, dataWrappedRow
    // The row before the change.
    case bareEarlierRow, bareWrappedEarlierRow, dataEarlierRow, dataWrappedEarlierRow

    /// The members that lead to the document.
    var prefix: SimplePath {
        let names: [String] =
            switch self {
            case .attribute, .changeEvent, .bare: []
            case .data: ["data"]
            case .bareRow: ["after"]
            case .bareWrappedRow: ["payload", "after"]
            case .dataRow: ["data", "after"]
            case .dataWrappedRow: ["data", "payload", "after"]
            case .bareEarlierRow: ["before"]
            case .bareWrappedEarlierRow: ["payload", "before"]
            case .dataEarlierRow: ["data", "before"]
            case .dataWrappedEarlierRow: ["data", "payload", "before"]
            }
        return SimplePath(steps: names.map { .member($0) })
    }

    /// True for the scopes of `data`.
    var isEnvelope: Bool {
        switch self {
        case .data, .dataRow, .dataWrappedRow, .dataEarlierRow, .dataWrappedEarlierRow: true
        default: false
        }
    }

    /// The row of a change event.
    static func row(isData: Bool, isWrapped: Bool, isEarlier: Bool) -> Scope {
        switch (isData, isWrapped, isEarlier) {
        case (false, false, false): .bareRow
        case (false, true, false): .bareWrappedRow
        case (true, false, false): .dataRow
        case (true, true, false): .dataWrappedRow
        case (false, false, true): .bareEarlierRow
        case (false, true, true): .bareWrappedEarlierRow
        case (true, false, true): .dataEarlierRow
        case (true, true, true): .dataWrappedEarlierRow
        }
    }

    /// Whether a reading in this scope looks at what another one has.
    func takes(_ other: Scope) -> Bool {
        other == self || other == .attribute && isEnvelope || other == .changeEvent
    }
}
