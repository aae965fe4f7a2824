import Primitives
import Testing

@testable import Evaluation

@Suite struct IsotonicRegressionTests {
    private func fit(_ shares: [Proportion]) -> [Double] {
        IsotonicRegression.blocks(shares).flatMap { block in
            block.places.map { _ in Double(block.count) / Double(block.total) }
        }
    }

    private func squares(_ shares: [Proportion], _ fit: [Double]) -> Double {
        zip(shares, fit).reduce(0) { $0 + Double($1.0.total) * (($1.0.share ?? 0) - $1.1) * (($1.0.share ?? 0) - $1.1) }
    }

    /// The least sum of squares of any fit that never falls: it consists of runs of places with one value each, the
    /// mean of the run. Each number's bits say where a run ends.
    private func leastSquares(_ shares: [Proportion]) -> Double {
        (0..<(1 << (shares.count - 1))).map { ends -> Double in
            var (values, start) = ([Double](), 0)
            for place in shares.indices where place == shares.count - 1 || ends >> place & 1 == 1 {
                let run = shares[start...place]
                let mean = Double(run.reduce(0) { $0 + $1.count }) / Double(run.reduce(0) { $0 + $1.total })
                values += run.map { _ in mean }
                start = place + 1
            }
            return zip(values, values.dropFirst()).allSatisfy { $0 <= $1 } ? squares(shares, values) : .infinity
        }.min() ?? 0
    }

    @Test func poolsNeighboursThatContradictTheOrder() {
        let shares = [Proportion(1, of: 10), Proportion(6, of: 10), Proportion(8, of: 20), Proportion(9, of: 10)]
        let blocks = IsotonicRegression.blocks(shares)
        #expect(blocks.map(\.places) == [0..<1, 1..<3, 3..<4])
        #expect(blocks.map(\.count) == [1, 14, 9] && blocks.map(\.total) == [10, 30, 10])
    }

    @Test func keepsWhatIsInOrder() {
        #expect(IsotonicRegression.blocks([]).isEmpty)
        #expect(
            IsotonicRegression.blocks([Proportion(1, of: 2), Proportion(1, of: 2), Proportion(2, of: 2)]).count == 3)
    }

    @Test func isMonotoneAndOfLeastSquares() {
        for seed in UInt64(0)..<400 {
            var random = SplitMix64(seed: seed)
            let shares = (0..<random.within(1...7)).map { _ in
                let total = random.within(1...40)
                return Proportion(random.below(total + 1), of: total)
            }
            let fit = fit(shares)
            #expect(zip(fit, fit.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
            #expect((squares(shares, fit) - leastSquares(shares)).magnitude < 1e-9, "seed \(seed)")
        }
    }
}
