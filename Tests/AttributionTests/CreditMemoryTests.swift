import Primitives
import Testing

@testable import Attribution

/// Shares from memory are those that would be computed.
@Suite struct CreditMemoryTests {
    @Test func remembersNothingElse() {
        var random = SplitMix64(seed: 4)
        var memory = CreditMemory()
        // Few strengths, so that they come again, and more lists of them than there are places.
        for _ in 0..<5000 {
            let strengths = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Int.random(in: 0...9, using: &random) * 1000
            }
            var remembered = [7]
            var computed: [Int] = []
            memory.share(strengths, into: &remembered)
            Credit.share(strengths, into: &computed)
            #expect(remembered == computed)
        }
    }

    @Test func sharesNothingAmongNobody() {
        var memory = CreditMemory()
        var shares = [1]
        memory.share([], into: &shares)
        #expect(shares.isEmpty)
    }
}
