import Primitives

/// A part of the cases, by outcome group and never by case: all texts about one fact are on one side, so that what was
/// learnt on one side cannot be recognised on the other.
///
/// The side of a group follows from its name and the seed alone, so that cases that are added later move none.
public struct GroupSplit: Sendable, Hashable {
    /// What the part is called.
    public let name: String
    /// The share of the groups that it is to hold, in basis points.
    public let share: Int
    /// Another seed makes another part.
    public let seed: UInt64

    /// Makes a part.
    public init(name: String, share: Int, seed: UInt64) {
        self.name = name
        self.share = share
        self.seed = seed
    }

    /// Reads `development:0.7`; nil for anything else than a name, a colon and a share between 0 and 1 of at most four
    /// decimals.
    public init?(_ text: String, seed: UInt64) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].hasPrefix("0.") else { return nil }
        let decimals = parts[1].dropFirst(2)
        guard (1...4).contains(decimals.utf8.count), decimals.utf8.allSatisfy({ $0 &- 48 < 10 }),
            let share = Int(decimals + String(repeating: "0", count: 4 - decimals.utf8.count)), share > 0
        else { return nil }
        self.init(name: String(parts[0]), share: share, seed: seed)
    }

    /// What a split is written as, for messages.
    public static let expectation = "a name, a colon and a share between 0 and 1, such as development:0.7"

    /// Whether a group belongs to the part: the first 64 bits of SHA-256 over seed and name, as a number between 0 and
    /// 1, are below the share.
    public func contains(group: String) -> Bool {
        let number = StableNumber.of("\(seed)\n\(group)")
        return Int(number.multipliedFullWidth(by: 10_000).high) < share
    }

    /// The cases of the part, and the others, each in the order given.
    public func divide(_ cases: [LabelledCase]) -> (inside: [LabelledCase], outside: [LabelledCase]) {
        (cases.filter { contains(group: $0.outcomeGroup) }, cases.filter { !contains(group: $0.outcomeGroup) })
    }
}

/// A number that follows from a text and is as good as drawn at random.
enum StableNumber {
    /// The first 64 bits of SHA-256.
    static func of(_ text: String) -> UInt64 {
        SHA256.digest(of: Array(text.utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
