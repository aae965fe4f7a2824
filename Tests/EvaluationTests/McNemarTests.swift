import Evaluation
import Testing

@Suite struct McNemarTests {
    @Test(
        arguments: [(Int, Int, Double)]([
            (0, 0, 1), (0, 1, 1), (5, 5, 1), (5, 0, 0.0625), (1, 9, 22.0 / 1024), (9, 1, 22.0 / 1024),
            (2, 4, 44.0 / 64),
        ]))
    func agreesWithValuesByHand(_ first: Int, _ second: Int, _ expected: Double) {
        #expect((McNemar.pValue(first, second) - expected).magnitude < 1e-12)
    }

    @Test func agreesWithSumsOfWholeNumbers() {
        var row: [UInt64] = [1]
        for total in 1...60 {
            row = zip([0] + row, row + [0]).map { $0 + $1 }
            for first in 0...(total / 2) {
                let tail = row.prefix(first + 1).reduce(0.0) { $0 + Double($1) }
                let expected = min(1, 2 * tail / Double(UInt64(1) << UInt64(total)))
                #expect((McNemar.pValue(first, total - first) - expected).magnitude < 1e-9, "\(first) of \(total)")
            }
        }
    }

    /// By the normal distribution: z = (|b - c| - 1) / √(b + c) = 3.11.
    @Test func holdsForLargeNumbers() {
        let value = McNemar.pValue(1900, 2100)
        #expect(value > 0.0015 && value < 0.0019)
        #expect(McNemar.pValue(0, 5000) >= 0 && McNemar.pValue(0, 5000) < 1e-12)
    }
}
