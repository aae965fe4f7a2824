import Attribution
import Connections
import Primitives
import Testing

@testable import Evaluation

private func rule(_ id: String, _ strength: Int) -> Rule {
    Rule(id: id, tier: .documentary, mechanism: .fundedBy, strength: strength, reason: "")
}

/// Rows of a rule: so many upheld of so many.
private func rows(_ rule: String, _ upheld: Int, of total: Int, origins: Int = 1) -> [ReviewRow] {
    (0..<total).map { reviewed("\(rule)\($0)-\(origins)", $0 < upheld, rule: rule, origins: origins) }
}

@Suite struct RuleCalibrationTests {
    @Test func proposesTheUpheldShare() throws {
        let calibration = RuleCalibration(
            [rule("a", 9000), rule("b", 5000)], rows("a", 33, of: 40) + rows("b", 12, of: 30))
        #expect(calibration.proposals.map(\.new) == [8300, 4000])
        #expect(calibration.proposals.allSatisfy { $0.pooledWith.isEmpty })
        #expect(
            calibration.changes == [
                RuleCalibration.Change(
                    rule: "a", old: 9000, new: 8300, reviewed: 40, interval: try #require(WilsonInterval.of(33, of: 40))
                ),
                RuleCalibration.Change(
                    rule: "b", old: 5000, new: 4000, reviewed: 30, interval: try #require(WilsonInterval.of(12, of: 30))
                ),
            ])
    }

    @Test func leavesRulesWithFewReviewsAsTheyAre() {
        let calibration = RuleCalibration(
            [rule("a", 9000), rule("b", 5000)], rows("a", 5, of: 29) + rows("b", 30, of: 30))
        #expect(calibration.proposals.map(\.new) == [9000, 9900])
        #expect(calibration.proposals[0].pooled == nil && calibration.proposals[0].upheld == Proportion(5, of: 29))
        #expect(calibration.changes.map(\.rule) == ["b"])
        #expect(calibration.inversions == [RuleCalibration.Inversion(changed: "b", kept: "a")])
    }

    /// b was to be weaker than a and is upheld more often: both get 50 of 70.
    @Test func poolsRulesThatContradictTheirOrder() throws {
        let calibration = RuleCalibration(
            [rule("a", 9000), rule("b", 8000)], rows("a", 24, of: 40) + rows("b", 26, of: 30))
        #expect(calibration.proposals.map(\.new) == [7100, 7100])
        #expect(calibration.proposals.map(\.pooledWith) == [["b"], ["a"]])
        #expect(calibration.changes.map(\.reviewed) == [40, 30])
        #expect(calibration.changes.map(\.interval) == [WilsonInterval.of(50, of: 70), WilsonInterval.of(50, of: 70)])
    }

    @Test func rulesOfEqualStrengthHaveNoOrder() {
        let calibration = RuleCalibration(
            [rule("a", 8000), rule("b", 8000)], rows("a", 27, of: 30) + rows("b", 15, of: 30))
        #expect(calibration.proposals.map(\.new) == [9000, 5000])
    }

    @Test func staysBetweenOneAndNinetyNineHundredths() {
        let calibration = RuleCalibration(
            [rule("a", 9000), rule("b", 5000)], rows("a", 90, of: 90) + rows("b", 0, of: 90))
        #expect(calibration.proposals.map(\.new) == [9900, 100])
    }

    @Test func leavesOutClaimsThatSayNothingOfOneRule() {
        let calibration = RuleCalibration(
            [rule("a", 9000)],
            rows("a", 20, of: 29) + rows("a", 9, of: 9, origins: 2) + rows("gone", 3, of: 4)
                + [reviewed("x", nil, rule: "a")])
        #expect(calibration.proposals.map(\.upheld) == [Proportion(20, of: 29)])
        #expect(calibration.onSeveralOrigins == 9 && calibration.ofUnknownRules == 4 && calibration.changes.isEmpty)
    }

    @Test func keepsTheOrderOfPresentStrengths() {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let rules = (0..<random.within(1...6)).map { rule("r\($0)", 1000 * random.within(1...9)) }
            let reviews = rules.flatMap { rule -> [ReviewRow] in
                let total = random.within(20...60)
                return rows(rule.id, random.below(total + 1), of: total)
            }
            let changed = RuleCalibration(rules, reviews).proposals.filter { $0.pooled != nil }
            for (one, other) in changed.flatMap({ one in changed.map { (one, $0) } }) where one.old < other.old {
                #expect(one.new <= other.new, "seed \(seed): \(one.rule), \(other.rule)")
            }
            #expect(changed.allSatisfy { (100...9900).contains($0.new) && $0.new % 100 == 0 }, "seed \(seed)")
            var shuffled = reviews
            shuffled.shuffle(using: &random)
            #expect(RuleCalibration(rules, shuffled).proposals == RuleCalibration(rules, reviews).proposals)
        }
    }
}
