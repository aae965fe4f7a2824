/// Why a release cannot be made.
public enum ReleaseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Figures that are public already, or too few people altogether, give small counts away whatever is withheld.
    case unprotected(Int)
    /// What would be withheld could not be worked out.
    case suppression(String)
    /// The period has not ended on the day of the closing.
    case periodIsOpen(String)
    /// A stored release cannot be read.
    case damaged(String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unprotected(let count):
            "\(count) small counts would follow from what is public already, whatever is withheld now: "
                + "nothing was released; wait for more records, or close a longer period"
        case .suppression(let reason): "what to withhold could not be worked out: \(reason)"
        case .periodIsOpen(let period): "\(period) has not ended; a period is closed after its last day"
        case .damaged(let id): "the stored release \(id) cannot be read"
        }
    }
}
