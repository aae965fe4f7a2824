import Primitives

/// What an international connection did for an outcome, as a reference states it (docs/method.md, section 1).
public enum Mechanism: UInt8, CaseIterable, Sendable {
    case fundedBy, deliveredAt, staffedBy, trainedUnder, designedFrom, donatedBy, convenedBy

    /// The name in events, rules and records.
    public var name: StaticString {
        switch self {
        case .fundedBy: "funded-by"
        case .deliveredAt: "delivered-at"
        case .staffedBy: "staffed-by"
        case .trainedUnder: "trained-under"
        case .designedFrom: "designed-from"
        case .donatedBy: "donated-by"
        case .convenedBy: "convened-by"
        }
    }

    /// The mechanism of a name; nil for any other text.
    public init?(name: UnsafeRawBufferPointer) {
        // By raw values, not allCases: that would allocate an array for each reference.
        var place: UInt8 = 0
        while let mechanism = Mechanism(rawValue: place) {
            if mechanism.name.equals(name) {
                self = mechanism
                return
            }
            place += 1
        }
        return nil
    }

    /// The mechanism of a name; nil for any other text.
    public init?(name: String) {
        guard let found = Array(name.utf8).withUnsafeBytes({ Mechanism(name: $0) }) else { return nil }
        self = found
    }
}

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

extension StaticString {
    /// True where the bytes are those of the literal.
    package func equals(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.holdsSame(as: self)
    }
}
