import Primitives
import Testing

@testable import Indicators

/// An outcome's money, shared among those that gave it.
@Suite struct MoneySharesTests {
    private func shares(_ cents: Int64?, _ parts: Part...) -> [Int64] {
        var names = ByteInterner()
        var fact = Fact { $0.usdCents = cents }
        fact.parts = parts
        return MoneyShares(fact.content(&names)).cents
    }

    @Test func byCredit() {
        #expect(shares(900, Part("a", 5000, gives: .money), Part("b", 2500, gives: .goods)) == [600, 300])
    }

    @Test func whoGaveNothingHasNoShare() {
        #expect(shares(900, Part("a", 5000), Part("b", 2500, gives: .money)) == [0, 900])
        #expect(shares(900, Part("a", 5000), Part("b", 2500)) == [0, 0])
    }

    @Test func withoutMoneyThereIsNothingToShare() {
        #expect(shares(nil, Part("a", 5000, gives: .money)) == [0])
        #expect(shares(0, Part("a", 5000, gives: .money)) == [0])
    }

    /// 100 / 3 = 33⅓ each: one cent is left, and the first of equal remainders has it.
    @Test func tiesAreByTheOrderOfConnections() {
        let equal = [Part("a", 2000, gives: .money), Part("b", 2000, gives: .money), Part("c", 2000, gives: .goods)]
        #expect(shares(100, equal[0], equal[1], equal[2]) == [34, 33, 33])
        #expect(shares(101, equal[0], equal[1], equal[2]) == [34, 34, 33])
    }

    /// 10 by 5 : 3 : 1 is 5.56, 3.33 and 1.11: the largest remainder is the first one's.
    @Test func whatIsLeftGoesToTheLargestRemainder() {
        #expect(
            shares(
                10, Part("a", 1000, gives: .money), Part("b", 3000, gives: .money), Part("c", 5000, gives: .money))
                == [1, 3, 6])
    }

    @Test func creditsThatWereRoundedToNothingCountAlike() {
        #expect(shares(5, Part("a", 0, gives: .money), Part("b", 0, gives: .goods), Part("c", 7000)) == [3, 2, 0])
    }

    @Test func whatBecomesOfTheLargestAmount() {
        let most: Int64 = 10_000_000_000_000
        #expect(
            shares(most, Part("a", 9999, gives: .money), Part("b", 1, gives: .money))
                == [9_999_000_000_000, 1_000_000_000])
    }

    @Test func sharesSumToTheCent() {
        let seed: UInt64 = 21
        var random = SplitMix64(seed: seed)
        for round in 0..<2000 {
            var names = ByteInterner()
            var fact = randomFact(&random)
            fact.usdCents = Int64(random.below(random.onceIn(2) ? 50 : 10_000_000_000_001))
            let content = fact.content(&names)
            let cents = MoneyShares(content).cents
            let isGiven = content.shares.contains { $0.hasFunded || $0.hasDonated }
            #expect(cents.reduce(0, +) == (isGiven ? fact.usdCents : 0), "seed \(seed), round \(round)")
            #expect(cents.allSatisfy { $0 >= 0 }, "seed \(seed), round \(round)")
        }
    }
}
