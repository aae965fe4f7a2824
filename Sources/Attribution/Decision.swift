/// What was decided of one outcome; its arrays are used again for the next one.
public struct Decision: Sendable {
    /// The decision.
    public internal(set) var verdict: Verdict = .domestic
    /// The best tier among the reasons that carry credit, or `circumstantial` where the decision is `abstained`.
    public internal(set) var tier: Tier?
    /// The combined strength of all connections in basis points, T1 and T2 only.
    public internal(set) var strength: Int = 0
    /// Shares by connection id; empty unless `enabled` or `contributed`.
    public internal(set) var credit: [CreditShare] = []
    /// The share of the city's own effort, in basis points.
    public internal(set) var domesticBasisPoints: Int = Credit.whole
    /// Reasons, one for each connection and origin, in a fixed order.
    public internal(set) var evidence: [Evidence] = []
    /// Rules that almost fired, in a fixed order.
    public internal(set) var nearMisses: [NearMiss] = []

    /// Makes an empty decision: domestic.
    public init() {}

    mutating func reset() {
        verdict = .domestic
        tier = nil
        strength = 0
        domesticBasisPoints = Credit.whole
        credit.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        nearMisses.removeAll(keepingCapacity: true)
    }

    /// Makes this the decision on an outcome that its source withdrew.
    mutating func retract() {
        reset()
        verdict = .retracted
    }
}
