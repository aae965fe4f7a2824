/// What is published and what is withheld, with the proof that it is enough.
public struct SuppressionResult: Sendable, Hashable {
    /// What becomes of a figure.
    public enum Decision: Sendable, Hashable {
        /// It is public, now or already before.
        case published
        /// It is withheld because it is small.
        case primary
        /// It is withheld because a small figure would follow from it.
        case complementary
        /// It was withheld before, or is in no table.
        case notReleased
    }

    /// A figure that cannot be protected as promised, whatever is withheld now.
    public struct Unprotected: Sendable, Hashable {
        /// The figure.
        public let figure: Int
        /// What is proved to be possible for it: less than promised.
        public let interval: ClosedRange<Int>
        /// The figures that are public already, or were withheld before, from which its bounds follow; empty where the
        /// bounds follow from counts being whole numbers, or where the search for tables was given up.
        public let pinnedBy: [Int]
    }

    /// What becomes of each figure.
    public let decisions: [Decision]
    /// For each figure that is not published, values that are possible for all that anybody knows: there is a table of
    /// whole numbers for each end. What an attacker can exclude lies outside; more than this may be possible. Nil for
    /// published figures and for derived ones that are not small.
    public let intervals: [ClosedRange<Int>?]
    /// The figures that are not protected as promised. While there are any, nothing should be released.
    public let unprotected: [Unprotected]
    /// The people in the figures that are withheld now; a person counts in each of them.
    public let peopleWithheld: Int

    /// The number of figures with a decision.
    public func count(_ decision: Decision) -> Int { decisions.count { $0 == decision } }
}
