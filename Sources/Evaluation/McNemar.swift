/// Whether two ways to decide the same cases differ by more than chance: Q. McNemar, "Note on the sampling error of the
/// difference between correlated proportions or percentages", Psychometrika 12 (1947).
public enum McNemar {
    /// The exact two-sided p value, `min(1, 2 · Σ_{i ≤ min(b, c)} C(b+c, i) / 2^(b+c))`: where neither way is better,
    /// each case on which they differ in being right falls to one or the other like a fair coin.
    ///
    /// - Parameters:
    ///   - first: b, the cases that only the first decides rightly.
    ///   - second: c, the cases that only the second does.
    public static func pValue(_ first: Int, _ second: Int) -> Double {
        let total = first + second
        let tailEnd = min(first, second)
        // Terms as multiples of the one in the middle, so that nothing grows beyond a double; the rest is their ratio.
        let middle = total / 2
        var (sum, tail) = (0.0, 0.0)
        var term = 1.0
        for place in stride(from: middle, through: 0, by: -1) {
            sum += term
            if place <= tailEnd { tail += term }
            term *= Double(place) / Double(total - place + 1)
        }
        // The terms above the middle are those below it again; of an even number the middle itself stands once.
        let all = total.isMultiple(of: 2) ? 2 * sum - 1 : 2 * sum
        return min(1, 2 * tail / all)
    }
}
