import Primitives
import Testing

@testable import Attribution

/// The shares of an outcome (docs/method.md, section 4).
@Suite struct CreditTests {
    private func shares(_ strengths: [Int]) -> [Int] {
        var shares = [1, 2, 3]
        Credit.share(strengths, into: &shares)
        return shares
    }

    @Test func workedExample() {
        #expect(shares([9000, 5000]) == [7105, 2895])
    }

    @Test func oneAlone() {
        #expect(shares([5000]) == [10_000])
        #expect(shares([1]) == [10_000])
    }

    @Test func nobody() {
        #expect(shares([]) == [])
    }

    @Test func withoutAnyStrengthTheLastPlayerHasEverything() {
        #expect(shares([0, 0, 0]) == [0, 0, 10_000])
    }

    @Test func equalRemaindersGoToTheEarlierPlayer() {
        #expect(shares([5000, 5000, 5000]) == [3334, 3333, 3333])
        #expect(shares(Array(repeating: 10_000, count: 17)) == [589, 589, 589, 589] + Array(repeating: 588, count: 13))
        #expect(shares(Array(repeating: 1, count: 6)) == [1667, 1667, 1667, 1667, 1666, 1666])
    }

    @Test(arguments: 1...17) func sharesSumToTheWhole(count: Int) {
        let seed = UInt64(7100 + count)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let strengths = (0..<count).map { _ in Int.random(in: 0...10_000, using: &generator) }
            let found = shares(strengths)
            #expect(found.count == count, "seed \(seed), strengths \(strengths)")
            #expect(found.reduce(0, +) == 10_000, "seed \(seed), strengths \(strengths)")
            #expect(found.allSatisfy { $0 >= 0 }, "seed \(seed), strengths \(strengths)")
        }
    }

    @Test func aPlayerWithoutStrengthGetsNothing() {
        let seed: UInt64 = 7200
        var generator = SplitMix64(seed: seed)
        for _ in 0..<300 {
            var strengths = (0..<Int.random(in: 2...17, using: &generator)).map { _ in
                Int.random(in: 1...10_000, using: &generator)
            }
            let null = Int.random(in: 0..<strengths.count, using: &generator)
            let others = strengths[..<null] + strengths[(null + 1)...]
            strengths[null] = 0
            let found = shares(strengths)
            #expect(found[null] == 0, "seed \(seed), strengths \(strengths)")
            // Nor does it change what the others get.
            #expect(
                Array(found[..<null] + found[(null + 1)...]) == shares(Array(others)),
                "seed \(seed), strengths \(strengths)")
        }
    }

    @Test func equalStrengthsGetEqualSharesUpToTheRounding() {
        let seed: UInt64 = 7300
        var generator = SplitMix64(seed: seed)
        for _ in 0..<300 {
            var strengths = (0..<Int.random(in: 2...17, using: &generator)).map { _ in
                Int.random(in: 1...10_000, using: &generator)
            }
            let left = Int.random(in: 0..<(strengths.count - 1), using: &generator)
            let right = Int.random(in: (left + 1)..<strengths.count, using: &generator)
            strengths[right] = strengths[left]
            let found = shares(strengths)
            #expect((0...1).contains(found[left] - found[right]), "seed \(seed), strengths \(strengths)")
        }
    }

    @Test func theOrderOfPlayersOnlyBreaksTies() {
        let seed: UInt64 = 7400
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let strengths = (0..<Int.random(in: 2...17, using: &generator)).map { _ in
                Int.random(in: 1...10_000, using: &generator)
            }
            let shuffled = strengths.shuffled(using: &generator)
            let before = zip(strengths, shares(strengths)).sorted { $0 < $1 }
            let after = zip(shuffled, shares(shuffled)).sorted { $0 < $1 }
            #expect(before.elementsEqual(after, by: ==), "seed \(seed), strengths \(strengths), \(shuffled)")
        }
    }

    @Test func moreStrengthNeverMeansASmallerShare() {
        let seed: UInt64 = 7500
        var generator = SplitMix64(seed: seed)
        for _ in 0..<400 {
            var strengths = (0..<Int.random(in: 1...17, using: &generator)).map { _ in
                Int.random(in: 0...9999, using: &generator)
            }
            let player = Int.random(in: 0..<strengths.count, using: &generator)
            let before = shares(strengths)[player]
            strengths[player] = Int.random(in: (strengths[player] + 1)...10_000, using: &generator)
            #expect(shares(strengths)[player] >= before, "seed \(seed), strengths \(strengths), player \(player)")
        }
    }
}

/// The same shares by the definition of the Shapley value, and by quadrature.
@Suite struct CreditExactnessTests {
    private func shares(_ strengths: [Int]) -> [Int] {
        var shares: [Int] = []
        Credit.share(strengths, into: &shares)
        return shares
    }

    @Test(arguments: 1...6) func equalsTheShapleyValueOverAllSubsets(count: Int) {
        let seed = UInt64(7600 + count)
        var generator = SplitMix64(seed: seed)
        for round in 0..<150 {
            // Every other round with few values, so that ties and certainties occur.
            let strengths = (0..<count).map { _ in
                round % 2 == 0
                    ? Int.random(in: 0...10_000, using: &generator)
                    : [0, 2000, 5000, 8000, 9000, 10_000].randomElement(using: &generator) ?? 0
            }
            if strengths.allSatisfy({ $0 == 0 }) { continue }
            #expect(shares(strengths) == Definition.shares(strengths), "seed \(seed), strengths \(strengths)")
        }
    }

    @Test func equalsTheIntegralForSeventeenPlayers() {
        let seed: UInt64 = 7700
        var generator = SplitMix64(seed: seed)
        for round in 0..<40 {
            let range = [1...10_000, 1...100, 9000...10_000, 5000...5000][round % 4]
            let strengths = (0..<17).map { _ in Int.random(in: range, using: &generator) }
            let whole = 1 - strengths.reduce(1.0) { $0 * (1 - Double($1) / 10_000) }
            for (player, share) in shares(strengths).enumerated() {
                let exact = Integral.value(of: player, in: strengths) / whole * 10_000
                #expect(abs(Double(share) - exact) < 1 + 1e-6, "seed \(seed), strengths \(strengths), player \(player)")
            }
        }
    }
}

/// The Shapley value by its definition (Shapley 1953): a sum over all subsets, weighted, in whole numbers over the
/// common denominator n! · 10,000^n, which for six players stays below 2^127.
private enum Definition {
    static func shares(_ strengths: [Int]) -> [Int] {
        let values = strengths.indices.map { value(of: $0, in: strengths) }
        let total = values.reduce(0, +)
        var shares = values.map { Int($0 * 10_000 / total) }
        let left = 10_000 - shares.reduce(0, +)
        let byRemainder = strengths.indices.sorted {
            (values[$0] * 10_000 % total, $1) > (values[$1] * 10_000 % total, $0)
        }
        for player in byRemainder.prefix(left) { shares[player] += 1 }
        return shares
    }

    private static func value(of player: Int, in strengths: [Int]) -> Int128 {
        let count = strengths.count
        var sum: Int128 = 0
        for subset in 0..<(1 << count) where subset & (1 << player) == 0 {
            let size = subset.nonzeroBitCount
            let weight = factorial(size) * factorial(count - size - 1)
            sum += weight * (worth(subset | 1 << player, strengths) - worth(subset, strengths))
        }
        return sum
    }

    /// `v(S) = 1 - Π over S (1 - sᵢ)`, times 10,000^n.
    private static func worth(_ subset: Int, _ strengths: [Int]) -> Int128 {
        var whole: Int128 = 1
        var missing: Int128 = 1
        for (player, strength) in strengths.enumerated() {
            whole *= 10_000
            missing *= subset & (1 << player) == 0 ? 10_000 : Int128(10_000 - strength)
        }
        return whole - missing
    }

    private static func factorial(_ number: Int) -> Int128 {
        number < 2 ? 1 : (2...number).reduce(1) { $0 * Int128($1) }
    }
}

/// `∫₀¹ sᵢ Π_{j≠i} (1 - t·sⱼ) dt` by Simpson's rule.
private enum Integral {
    static func value(of player: Int, in strengths: [Int]) -> Double {
        let intervals = 4000
        var sum = 0.0
        for step in 0...intervals {
            let weight = step == 0 || step == intervals ? 1.0 : step % 2 == 1 ? 4.0 : 2.0
            var term = Double(strengths[player]) / 10_000
            for (other, strength) in strengths.enumerated() where other != player {
                term *= 1 - Double(step) / Double(intervals) * Double(strength) / 10_000
            }
            sum += weight * term
        }
        return sum / Double(intervals) / 3
    }
}
