import Primitives

/// The interval of F1: a percentile bootstrap (B. Efron, "Bootstrap methods", Annals of Statistics 7, 1979) that draws
/// whole outcome groups with replacement, since texts of one group are no independent observations (the cluster
/// bootstrap: A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8).
public enum GroupBootstrap {
    /// How often the groups are drawn.
    public static let draws = 2000

    /// The 2.5 and 97.5 percentiles of F1 over the draws; nil of fewer than two groups, and where F1 is not stated.
    ///
    /// - Parameters:
    ///   - groups: the counts of each group, in an order that does not depend on that of the cases.
    ///   - seed: the same seed gives the same interval.
    public static func interval(ofF1In groups: [Detection], seed: UInt64) -> Interval? {
        guard groups.count > 1 else { return nil }
        var random = SplitMix64(seed: seed)
        var values: [Double] = []
        for _ in 0..<draws {
            var sum = Detection()
            for _ in groups.indices { sum = sum + groups[random.below(groups.count)] }
            // A draw without a claim and without a positive says nothing of F1.
            if let value = sum.f1 { values.append(value) }
        }
        values.sort()
        guard values.count > 1 else { return nil }
        let tail = values.count / 40
        return Interval(lower: values[tail], upper: values[values.count - 1 - tail])
    }
}
