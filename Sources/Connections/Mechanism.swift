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
            if name.holdsSame(as: mechanism.name) {
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
