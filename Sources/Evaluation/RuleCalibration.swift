public import Attribution

/// Strengths of rules as reviewed claims would have them.
///
/// A rule with at least 30 reviewed claims that rest on it alone gets the share of them that was upheld: of such claims
/// the strength should be the probability of being right. Rules keep the order of their present strengths: where the
/// shares contradict it, neighbours are pooled (`IsotonicRegression`). Rules of equal strength have no order among
/// themselves (the primary approach to ties: J. B. Kruskal, "Nonmetric multidimensional scaling", Psychometrika 29,
/// 1964). Claims on several origins are left out, since they are upheld more often than one reason alone would be.
public struct RuleCalibration: Sendable {
    /// The reviewed claims that a proposal takes.
    public static let reviewsNeeded = 30
    /// What is proposed lies between 0.01 and 0.99: a rule that is never or always right has not been seen.
    static let percents = 1...99

    /// What the reviews say of one rule.
    public struct Proposal: Sendable, Hashable {
        /// The rule.
        public let rule: String
        /// Its strength now, in basis points.
        public let old: Int
        /// Its strength by the reviews, in basis points; the old one where the reviews are too few.
        public let new: Int
        /// Upheld, of the reviewed claims that rest on it alone.
        public let upheld: Proportion
        /// The same with the rules that it was pooled with: what `new` is made of. Nil where the reviews are too few.
        public let pooled: Proportion?
        /// The rules that it was pooled with.
        public let pooledWith: [String]
    }

    /// A strength that would change.
    public struct Change: Sendable, Hashable {
        /// The rule.
        public let rule: String
        /// Its strength now, in basis points.
        public let old: Int
        /// Its strength as proposed, in basis points.
        public let new: Int
        /// The reviewed claims that rest on the rule alone.
        public let reviewed: Int
        /// The 95 % Wilson interval of the share that the new strength is, of the rule and those it was pooled with.
        public let interval: Interval
    }

    /// A rule that would stand on the other side of one that stays as it is.
    public struct Inversion: Sendable, Hashable {
        /// The rule that would change.
        public let changed: String
        /// The rule that stays, for want of reviews.
        public let kept: String
    }

    /// One for each rule, in the order of the rules file.
    public let proposals: [Proposal]
    /// Reviewed claims that rest on several origins, and were left out.
    public let onSeveralOrigins: Int
    /// Reviewed claims of rules that the rules file does not have, and were left out.
    public let ofUnknownRules: Int

    /// Makes proposals for the rules of a file from reviewed claims.
    public init(_ rules: [Rule], _ rows: [ReviewRow]) {
        let reviewed = rows.filter { $0.isUpheld != nil }
        let known = reviewed.filter { row in rules.contains { $0.id == row.claim.rule } }
        let single = known.filter { $0.claim.origins == 1 }
        let shares = rules.map { rule in
            let own = single.filter { $0.claim.rule == rule.id }
            return Proportion(own.count { $0.isUpheld == true }, of: own.count)
        }
        onSeveralOrigins = known.count - single.count
        ofUnknownRules = reviewed.count - known.count
        var proposals = zip(rules, shares).map {
            Proposal(rule: $0.id, old: $0.strength, new: $0.strength, upheld: $1, pooled: nil, pooledWith: [])
        }
        let order = RuleCalibration.order(proposals)
        for block in IsotonicRegression.blocks(order.map { shares[$0] }) {
            let members = order[block.places]
            for place in members {
                let old = proposals[place]
                let pooled = Proportion(block.count, of: block.total)
                proposals[place] = Proposal(
                    rule: old.rule, old: old.old, new: RuleCalibration.strength(pooled), upheld: old.upheld,
                    pooled: pooled, pooledWith: members.filter { $0 != place }.map { rules[$0].id })
            }
        }
        self.proposals = proposals
    }

    /// The rules with enough reviews, in ascending order of their present strengths, those of equal ones by share.
    private static func order(_ proposals: [Proposal]) -> [Int] {
        proposals.indices.filter { proposals[$0].upheld.total >= reviewsNeeded }.sorted { left, right in
            let (first, second) = (proposals[left], proposals[right])
            if first.old != second.old { return first.old < second.old }
            let (one, other) = (first.upheld, second.upheld)
            if one.count * other.total != other.count * one.total {
                return one.count * other.total < other.count * one.total
            }
            return left < right
        }
    }

    /// A share to the nearest hundredth, in basis points.
    private static func strength(_ share: Proportion) -> Int {
        let percent = (200 * share.count + share.total) / (2 * share.total)
        return 100 * min(max(percent, percents.lowerBound), percents.upperBound)
    }

    /// What would change, in the order of the rules file.
    public var changes: [Change] {
        proposals.compactMap { proposal in
            guard proposal.old != proposal.new, let interval = proposal.pooled?.interval else { return nil }
            return Change(
                rule: proposal.rule, old: proposal.old, new: proposal.new, reviewed: proposal.upheld.total,
                interval: interval)
        }
    }

    /// Pairs of a rule that would change and one that stays, whose order would turn round.
    public var inversions: [Inversion] {
        let kept = proposals.filter { $0.pooled == nil }
        return proposals.filter { $0.pooled != nil }.flatMap { changed in
            kept.filter { ($0.old - changed.old).signum() * ($0.old - changed.new).signum() < 0 }
                .map { Inversion(changed: changed.rule, kept: $0.rule) }
        }
    }
}
