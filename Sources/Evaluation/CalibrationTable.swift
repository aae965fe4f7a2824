/// Whether strengths mean what they say: of the cases of strength 0.8, about 80 % should be positive.
///
/// The bins are ten of equal width, of which each has its lower end and not its upper one; the last has both. See
/// A. Niculescu-Mizil and R. Caruana, "Predicting good probabilities with supervised learning", ICML 2005.
public struct CalibrationTable: Sendable, Hashable {
    /// How many bins there are.
    public static let binCount = 10

    /// The cases of one range of strength.
    public struct Bin: Sendable, Hashable {
        /// The place of the bin, from 0.
        public let place: Int
        /// The mean strength of its cases, 0 to 1.
        public let meanStrength: Double
        /// Its cases with a positive label, of all.
        public let positive: Proportion

        /// Where it begins, in tenths of strength as text: `0.8`.
        public var from: String { StrengthBin.bounds(place).from }
        /// Where it ends.
        public var to: String { StrengthBin.bounds(place).to }
    }

    /// The bins that have cases, in ascending order.
    public let bins: [Bin]

    init(_ cases: [JudgedCase]) {
        let binned = Dictionary(grouping: cases.filter { $0.strength > 0 }) { StrengthBin.place(of: $0.strength) }
        bins = binned.sorted { $0.key < $1.key }.map { place, cases in
            let sum = cases.reduce(0) { $0 + $1.strength }
            return Bin(
                place: place, meanStrength: Double(sum) / Double(10_000 * cases.count),
                positive: Proportion(cases.count { $0.labelled.label.isPositive }, of: cases.count))
        }
    }

    /// The cases with a strength.
    public var count: Int { bins.reduce(0) { $0 + $1.positive.total } }

    /// The expected calibration error, `Σ n_b/n · |positive share of b − mean strength of b|`: M. P. Naeini, G. F.
    /// Cooper and M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015. Nil
    /// without cases.
    public var expectedError: Double? {
        guard count > 0 else { return nil }
        let sum = bins.reduce(0.0) { sum, bin in
            sum + Double(bin.positive.total) * ((bin.positive.share ?? 0) - bin.meanStrength).magnitude
        }
        return sum / Double(count)
    }
}

/// The ten ranges that strengths fall into.
enum StrengthBin {
    /// The range of a strength in basis points.
    static func place(of strength: Int) -> Int {
        min(max(strength, 0) * CalibrationTable.binCount / 10_000, CalibrationTable.binCount - 1)
    }

    /// Its ends as text.
    static func bounds(_ place: Int) -> (from: String, to: String) {
        ("0.\(place)", place + 1 < CalibrationTable.binCount ? "0.\(place + 1)" : "1.0")
    }
}
