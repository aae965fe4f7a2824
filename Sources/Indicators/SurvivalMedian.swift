/// A time that was observed to its end, or that had not ended when one last looked.
struct ObservedTime {
    /// Days.
    let days: Int
    /// False where it had not ended.
    let hasEnded: Bool
}

/// The median of times of which some have not ended: the least time at which the product-limit estimate of the share
/// that is still open is at most one half (E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
/// observations", JASA 53, 1958). A median over the ended ones alone would be too short.
enum SurvivalMedian {
    /// The median in days; nil where more than half are open to the last.
    static func of(_ times: [ObservedTime]) -> Int? {
        var atRisk = times.count
        var open = 1.0
        for (days, group) in Dictionary(grouping: times, by: \.days).sorted(by: { $0.key < $1.key }) {
            let ended = group.count { $0.hasEnded }
            // What was lost sight of on a day was there on that day.
            open *= Double(atRisk - ended) / Double(atRisk)
            // Products of fractions miss one half by a rounding.
            if ended > 0, open <= 0.5 + 1e-12 { return days }
            atRisk -= group.count
        }
        return nil
    }
}
