/// How often the method claimed what it should have claimed: positives are `enabled` and `contributed` together.
public struct Detection: Sendable, Hashable {
    /// Claimed, and the label is positive.
    public private(set) var truePositives = 0
    /// Claimed, and the label is negative.
    public private(set) var falsePositives = 0
    /// Not claimed, and the label is positive.
    public private(set) var falseNegatives = 0
    /// Not claimed, and the label is negative.
    public private(set) var trueNegatives = 0

    /// Makes one without observations.
    public init() {}

    /// Counts an observation.
    public mutating func add(isClaimed: Bool, isPositive: Bool) {
        switch (isClaimed, isPositive) {
        case (true, true): truePositives += 1
        case (true, false): falsePositives += 1
        case (false, true): falseNegatives += 1
        case (false, false): trueNegatives += 1
        }
    }

    /// The sum of the counts.
    public static func + (left: Detection, right: Detection) -> Detection {
        var sum = left
        sum.truePositives += right.truePositives
        sum.falsePositives += right.falsePositives
        sum.falseNegatives += right.falseNegatives
        sum.trueNegatives += right.trueNegatives
        return sum
    }

    /// All observations.
    public var count: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
    /// Claims.
    public var claimed: Int { truePositives + falsePositives }
    /// Right claims of all claims.
    public var precision: Proportion { Proportion(truePositives, of: claimed) }
    /// Right claims of all positives.
    public var recall: Proportion { Proportion(truePositives, of: truePositives + falseNegatives) }

    /// The harmonic mean of precision and recall, `2·TP / (2·TP + FP + FN)`: C. J. van Rijsbergen, "Information
    /// Retrieval" (1979), chapter 7. Nil where there is neither a claim nor a positive.
    ///
    /// No share of independent trials, so that it has no Wilson interval: see `GroupBootstrap`.
    public var f1: Double? {
        let total = 2 * truePositives + falsePositives + falseNegatives
        return total > 0 ? Double(2 * truePositives) / Double(total) : nil
    }
}
