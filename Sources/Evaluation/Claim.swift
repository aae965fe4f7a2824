/// One connection's part in one outcome, as an attribution record claims it: what a person can uphold or not.
public struct Claim: Sendable, Hashable {
    /// The outcome key, a pseudonym.
    public let outcome: String
    /// The connection.
    public let connection: String
    /// The rule of the best reason: of the best tier, then the strongest, then the first by name.
    public let rule: String
    /// The combined strength of the connection's reasons in basis points, 1 to 10,000; T1 and T2 only.
    public let strength: Int
    /// How many origins its reasons of T1 and T2 go back to.
    public let origins: Int
    /// Where the event stands: `topic:partition:offset`.
    public let event: String

    /// Makes a claim.
    public init(outcome: String, connection: String, rule: String, strength: Int, origins: Int, event: String) {
        self.outcome = outcome
        self.connection = connection
        self.rule = rule
        self.strength = strength
        self.origins = origins
        self.event = event
    }

    /// The rule and the range of strength that the claim is drawn with.
    public var stratum: String {
        let bounds = StrengthBin.bounds(StrengthBin.place(of: strength))
        return "\(rule) \(bounds.from)-\(bounds.to)"
    }
}
