/// How good a reason is (docs/method.md, section 3, step 6); the lower, the better.
public enum Tier: UInt8, Comparable, CaseIterable, Sendable {
    /// An identifier in the record, with a mechanism.
    case documentary = 1
    /// A partner named beyond doubt, and a mechanism stated or a second source.
    case corroborated = 2
    /// Anything less: shown apart and never added.
    case circumstantial = 3

    /// The name in rules and records.
    public var name: StaticString {
        switch self {
        case .documentary: "T1"
        case .corroborated: "T2"
        case .circumstantial: "T3"
        }
    }

    /// True where the left tier is the better one.
    public static func < (left: Tier, right: Tier) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What was decided of an outcome (docs/method.md, section 3, step 9).
public enum Verdict: UInt8, CaseIterable, Sendable {
    case enabled, contributed, abstained, domestic
    /// The source withdrew the outcome: nothing is decided, and the record says so.
    case retracted

    /// The name in records.
    public var name: StaticString {
        switch self {
        case .enabled: "enabled"
        case .contributed: "contributed"
        case .abstained: "abstained"
        case .domestic: "domestic"
        case .retracted: "retracted"
        }
    }
}
