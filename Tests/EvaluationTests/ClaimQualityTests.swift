import Primitives
import Testing

@testable import Evaluation

/// A row with what a person said.
func reviewed(
    _ outcome: String, _ isUpheld: Bool?, rule: String = "r", probability: Double = 1, origins: Int = 1
) -> ReviewRow {
    ReviewRow(claim(outcome, rule, origins: origins), probability: probability, isUpheld: isUpheld, reviewer: "A")
}

@Suite struct ClaimQualityTests {
    /// Of ten claims drawn one in ten, eight upheld; of four drawn surely, one. 80 + 1 of 100 + 4 by weight.
    @Test func weighsByTheProbabilityOfBeingDrawn() throws {
        let rows =
            (0..<10).map { reviewed("a\($0)", $0 < 8, rule: "common", probability: 0.1) }
            + (0..<4).map { reviewed("b\($0)", $0 < 1, rule: "rare") }
        let quality = ClaimQuality(rows, of: records([]).set)
        #expect(quality.upheld == Proportion(9, of: 14) && quality.pending == 0)
        let weighted = try #require(quality.weighted)
        #expect((weighted.share - 81.0 / 104).magnitude < 1e-12)
        // (10·10 + 4·1)² / (10·100 + 4·1)
        #expect((weighted.effectiveSize - 10_816.0 / 1004).magnitude < 1e-9)
        #expect(weighted.interval == WilsonInterval.of(share: weighted.share, of: weighted.effectiveSize))
        #expect((try #require(quality.upheldOfAll) - 81).magnitude < 1e-9)
        #expect(quality.rules.map(\.rule) == ["common", "rare"] && quality.rules[1].upheld == Proportion(1, of: 4))
    }

    @Test func isThePlainShareWhereAllAreDrawnAlike() throws {
        let rows = (0..<40).map { reviewed("a\($0)", $0 % 4 != 0, probability: 0.2) }
        let weighted = try #require(ClaimQuality(rows, of: records([]).set).weighted)
        #expect((weighted.share - 0.75).magnitude < 1e-12 && (weighted.effectiveSize - 40).magnitude < 1e-9)
    }

    @Test func leavesOutWhatIsNotReviewedYet() {
        let quality = ClaimQuality([reviewed("a", true), reviewed("b", nil)], of: records([]).set)
        #expect(quality.upheld == Proportion(1, of: 1) && quality.pending == 1 && quality.upheldOfAll == nil)
        let none = ClaimQuality([reviewed("a", nil)], of: records([]).set)
        #expect(none.weighted == nil && none.upheld.share == nil && none.rules.isEmpty)
    }

    @Test func theOrderOfRowsDoesNotMatter() {
        for seed in UInt64(0)..<30 {
            var random = SplitMix64(seed: seed)
            let rows = (0..<50).map {
                reviewed("a\($0)", random.onceIn(3), probability: Double(random.within(1...7)) / 7)
            }
            let shuffled = rows.shuffled(using: &random)
            let set = records([]).set
            #expect(ClaimQuality(rows, of: set) == ClaimQuality(shuffled, of: set), "seed \(seed)")
        }
    }

    /// Over many samples of one population the weighted share comes to that of the population.
    @Test func isRightInTheLongRun() throws {
        let population = (0..<300).map { claim("x\($0)", $0 < 270 ? "common" : "rare") }
        // 90 % of the common ones hold, and 20 % of the rare ones: 249 of 300.
        func holds(_ claim: Claim) -> Bool {
            let number = Int(claim.outcome.dropFirst()) ?? 0
            return number < 270 ? number % 10 != 0 : number % 5 == 0
        }
        var sum = 0.0
        for seed in UInt64(0)..<300 {
            let sample = ReviewSample(of: population, size: 40, atLeast: 15, seed: seed)
            let rows = sample.rows.map {
                ReviewRow($0.claim, probability: $0.probability, isUpheld: holds($0.claim), reviewer: "A")
            }
            sum += try #require(ClaimQuality(rows, of: records([]).set).weighted).share
        }
        #expect((sum / 300 - 249.0 / 300).magnitude < 0.01)
    }
}
