/// What a reader says of a case: whether an international connection made an outcome possible, and if not, what the
/// case is instead.
public enum CaseLabel: String, CaseIterable, Sendable {
    case enabled
    case contributed
    case activityOnly = "activity_only"
    case outbound
    case proposal
    case connectionFormed = "connection_formed"
    case fundedNoOutcome = "funded_no_outcome"
    case aggregateClaim = "aggregate_claim"
    case modelBorrowed = "model_borrowed"
    case ended
    case domestic
    case none
    case nameTrap = "name_trap"
    case coOccurrence = "co_occurrence"

    /// True where the case is an outcome that a connection enabled or contributed to.
    public var isPositive: Bool { self == .enabled || self == .contributed }

    /// What the label means, in a line.
    public var meaning: String {
        switch self {
        case .enabled: "an outcome for residents that a connection made possible"
        case .contributed: "an outcome for residents in which a connection had a part"
        case .activityOnly: "a visit, meeting, event or service, and no outcome"
        case .outbound: "an outcome for people abroad"
        case .proposal: "something planned or hoped for"
        case .connectionFormed: "a connection made or confirmed, and no outcome yet"
        case .fundedNoOutcome: "money given and nothing done with it yet, or goods that have not arrived"
        case .aggregateClaim: "a sum or a general statement that names no outcome of its own"
        case .modelBorrowed: "an idea from abroad, without a part of any connection"
        case .ended: "a connection that had ended by then"
        case .domestic: "an outcome of the city's own or of domestic partners"
        case .none: "neither an outcome nor a connection of this city"
        case .nameTrap: "a name that looks like a partner's and is not"
        case .coOccurrence: "a connection and an outcome side by side, without a link"
        }
    }
}
