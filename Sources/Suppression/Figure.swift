/// A count of people that tables show or that follows from them: cells added up, some perhaps taken away.
public struct Figure: Sendable, Hashable {
    /// What may be done with a figure.
    public enum Role: Sendable, Hashable {
        /// It may be published or withheld now; never below 0.
        case candidate
        /// It is public already, in an earlier release or as an identity that everybody knows, and cannot be withheld.
        case published
        /// It was withheld in an earlier release, which told everybody that it is at least 1, and stays withheld.
        case withheld
        /// It is no figure of any table, but small values of it are protected too: a total less a part, or a new
        /// release less the one before. It may be negative.
        case derived
    }

    /// The cells that are added, by their place in the problem's list; none twice.
    public let added: [Int]
    /// The cells that are taken away, by their place; none twice, and none that is added.
    public let subtracted: [Int]
    /// What may be done with it.
    public let role: Role
    /// What withholding it costs, at least 1: a total is worth more than a detail. Matters for candidates only.
    public let weight: Int

    /// Makes a figure.
    public init(added: [Int], subtracted: [Int] = [], role: Role = .candidate, weight: Int = 1) {
        self.added = added
        self.subtracted = subtracted
        self.role = role
        self.weight = weight
    }
}
