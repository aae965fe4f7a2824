/// Bounds around an estimate.
public struct Interval: Sendable, Hashable {
    /// The lower bound.
    public let lower: Double
    /// The upper bound.
    public let upper: Double

    /// Makes an interval.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// The score interval of a binomial share, 95 %: E. B. Wilson, "Probable inference, the law of succession, and
/// statistical inference", JASA 22 (1927). It holds what it says for small numbers and near 0 and 1, where the usual
/// p ± 1.96·√(p(1-p)/n) does not: Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical
/// Science 16 (2001).
///
/// With z = 1.96: `(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)`.
public enum WilsonInterval {
    /// The quantile of the normal distribution that leaves 2.5 % above it.
    static let quantile = 1.959963984540054

    /// The interval of so many of so many; nil of none.
    public static func of(_ count: Int, of total: Int) -> Interval? {
        total > 0 ? of(share: Double(count) / Double(total), of: Double(total)) : nil
    }

    /// The interval of a share from a number of observations that need not be whole, such as an effective sample size.
    public static func of(share: Double, of total: Double) -> Interval? {
        guard total > 0 else { return nil }
        let square = quantile * quantile
        let middle = share + square / (2 * total)
        let spread = quantile * (share * (1 - share) / total + square / (4 * total * total)).squareRoot()
        let scale = 1 + square / total
        // At the ends the bound is exactly the end; what rounding leaves would show as -0.0000.
        return Interval(
            lower: share <= 0 ? 0 : max(0, (middle - spread) / scale),
            upper: share >= 1 ? 1 : min(1, (middle + spread) / scale))
    }
}

/// So many of so many, as a share with its 95 % Wilson interval.
public struct Proportion: Sendable, Hashable {
    /// How many.
    public let count: Int
    /// Of how many.
    public let total: Int

    /// Makes a proportion.
    public init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
    }

    /// The share; nil of none.
    public var share: Double? { total > 0 ? Double(count) / Double(total) : nil }
    /// Its interval; nil of none.
    public var interval: Interval? { WilsonInterval.of(count, of: total) }
}
