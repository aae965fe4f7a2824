/// Indicator K18, claim quality: how many of the claims that people looked at they uphold.
public struct ClaimQuality: Sendable, Hashable {
    /// An estimate for all claims from a sample in which not all were drawn with the same probability.
    public struct Weighted: Sendable, Hashable {
        /// The share: the Horvitz-Thompson estimate of the upheld claims, `Σ yᵢ/πᵢ`, over that of all, `Σ 1/πᵢ` (D. G.
        /// Horvitz and D. J. Thompson, "A generalization of sampling without replacement from a finite universe", JASA
        /// 47, 1952; as a ratio: J. Hájek in "Foundations of Statistical Inference", 1971).
        public let share: Double
        /// The size of a simple sample that says as much, `(Σ wᵢ)² / Σ wᵢ²` with `wᵢ = 1/πᵢ` (L. Kish, "Survey
        /// Sampling", 1965).
        public let effectiveSize: Double
        /// The 95 % Wilson interval of the share and that size: an approximation.
        public let interval: Interval?
    }

    /// Upheld, of those that somebody has reviewed.
    public let upheld: Proportion
    /// Drawn, and not reviewed yet.
    public let pending: Int
    /// The estimate for all claims; nil where nobody has reviewed any.
    public let weighted: Weighted?
    /// The Horvitz-Thompson estimate of how many of all claims would be upheld; nil while some are pending.
    public let upheldOfAll: Double?
    /// Outcomes that were abstained from, of all.
    public let abstained: Proportion
    /// Claims that rest on one origin, of all.
    public let onOneOrigin: Proportion
    /// Upheld of reviewed by rule, in order of the rules' names.
    public let rules: [RuleShare]

    /// Upheld of reviewed for one rule.
    public struct RuleShare: Sendable, Hashable {
        /// The rule.
        public let rule: String
        /// Upheld, of those that were reviewed.
        public let upheld: Proportion
    }

    /// Makes the figures of a reviewed sample of the given records.
    public init(_ rows: [ReviewRow], of records: RecordSet) {
        let reviewed = rows.filter { $0.isUpheld != nil }
        upheld = ClaimQuality.upheld(reviewed)
        pending = rows.count - reviewed.count
        // In one order, so that sums of doubles do not depend on that of the rows.
        let weights = reviewed.map { (weight: 1 / $0.probability, isUpheld: $0.isUpheld == true) }
            .sorted { ($0.weight, $0.isUpheld ? 1 : 0) < ($1.weight, $1.isUpheld ? 1 : 0) }
        let all = weights.reduce(0) { $0 + $1.weight }
        let kept = weights.reduce(0) { $0 + ($1.isUpheld ? $1.weight : 0) }
        let squares = weights.reduce(0) { $0 + $1.weight * $1.weight }
        if reviewed.isEmpty {
            weighted = nil
        } else {
            let size = all * all / squares
            weighted = Weighted(
                share: kept / all, effectiveSize: size, interval: WilsonInterval.of(share: kept / all, of: size))
        }
        upheldOfAll = pending == 0 && !reviewed.isEmpty ? kept : nil
        abstained = records.abstained
        onOneOrigin = records.onOneOrigin
        rules = Dictionary(grouping: reviewed, by: \.claim.rule).sorted { $0.key < $1.key }
            .map { RuleShare(rule: $0.key, upheld: ClaimQuality.upheld($0.value)) }
    }

    private static func upheld(_ rows: [ReviewRow]) -> Proportion {
        Proportion(rows.count { $0.isUpheld == true }, of: rows.count)
    }
}
