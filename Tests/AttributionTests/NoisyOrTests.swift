import Primitives
import Testing

@testable import Attribution

/// Independent reasons together (docs/method.md, section 3, step 8).
@Suite struct NoisyOrTests {
    private func combined(_ strengths: [Int]) -> Int {
        var all = NoisyOr()
        for strength in strengths { all.add(strength) }
        return all.strength
    }

    @Test func examples() {
        #expect(combined([]) == 0)
        #expect(combined([0]) == 0)
        #expect(combined([1]) == 1)
        #expect(combined([5000]) == 5000)
        #expect(combined([5000, 5000]) == 7500)
        #expect(combined([9000, 8000]) == 9800)
        #expect(combined([6000, 5000]) == 8000)
        #expect(combined([10_000, 1]) == 10_000)
        #expect(combined(Array(repeating: 9000, count: 300)) == 10_000)
    }

    @Test func halvesAreRoundedUp() {
        // 1 - (1 - 0.5) · (1 - 0.0001) = 0.50005
        #expect(combined([5000, 1]) == 5001)
        #expect(combined([1, 5000]) == 5001)
    }

    @Test(arguments: 1...6) func equalsTheExactProductInAnyOrder(count: Int) {
        let seed = UInt64(8300 + count)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let strengths = (0..<count).map { _ in Int.random(in: 0...10_000, using: &generator) }
            var whole: Int128 = 1
            var missing: Int128 = 1
            for strength in strengths {
                whole *= 10_000
                missing *= Int128(10_000 - strength)
            }
            let exact = Int(((whole - missing) * 20_000 + whole) / (2 * whole))
            #expect(combined(strengths) == exact, "seed \(seed), strengths \(strengths)")
            let shuffled = strengths.shuffled(using: &generator)
            #expect(combined(shuffled) == exact, "seed \(seed), strengths \(shuffled)")
        }
    }
}
