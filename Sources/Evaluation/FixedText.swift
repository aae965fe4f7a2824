import Primitives

/// Numbers as reports of an evaluation show them.
enum FixedText {
    /// A number rounded to the nearest, halves away from 0: `0.84`; `not stated` where it is none or beyond counting.
    static func of(_ value: Double, _ decimals: Int = 2) -> String {
        guard value.magnitude < 1e12 else { return "not stated" }
        return FixedDecimal.text(value, decimals)
    }

    /// `1 claim`, `2 claims`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// A strength in basis points: `0.80`.
    static func strength(_ basisPoints: Int) -> String { of(Double(basisPoints) / 10_000) }

    /// `0.84 [0.72, 0.92]`, or `not stated`.
    static func of(_ value: Double?, _ interval: Interval?) -> String {
        guard let value else { return "not stated" }
        guard let interval else { return of(value) }
        return "\(of(value)) [\(of(interval.lower)), \(of(interval.upper))]"
    }

    /// `0.84 [0.72, 0.92]`, or `not stated`.
    static func share(_ proportion: Proportion) -> String { of(proportion.share, proportion.interval) }

    /// `0.84 [0.72, 0.92]  38 of 45`, or `not stated`.
    static func counted(_ proportion: Proportion) -> String {
        proportion.total == 0 ? "not stated" : "\(share(proportion))  \(proportion.count) of \(proportion.total)"
    }
}
