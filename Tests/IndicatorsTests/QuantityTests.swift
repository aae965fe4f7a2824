import Primitives
import Testing

@testable import Indicators

/// Exact amounts.
@Suite struct QuantityTests {
    @Test(
        arguments: [
            (2, 5, 2, "0.40"), (1, 3, 4, "0.3333"), (2, 3, 4, "0.6667"), (1, 2, 0, "1"), (-1, 2, 0, "-1"),
            (1, 8, 2, "0.13"), (-1, 8, 2, "-0.13"), (999, 1000, 2, "1.00"), (-999, 1000, 2, "-1.00"), (7, 1, 0, "7"),
            (7, 1, 2, "7.00"), (1, 20, 2, "0.05"), (-1, 1000, 2, "0.00"), (-1, 3, 0, "0"), (0, 9, 3, "0.000"),
            (-3, 2, 1, "-1.5"), (1, 3, 12, "0.333333333"), (5, 4, -1, "1"),
        ] as [(Int64, Int64, Int, String)])
    func decimals(numerator: Int64, denominator: Int64, places: Int, text: String) throws {
        #expect(try #require(Quantity(numerator, over: denominator)).decimal(places: places) == text)
    }

    @Test(
        arguments: [
            (.max, 1, 9, "9223372036854775807.000000000"), (.min, 1, 0, "-9223372036854775808"),
            (.max, .max, 9, "1.000000000"), (.max - 1, .max, 9, "1.000000000"), (.max / 2, .max, 2, "0.50"),
            (.min, .max, 2, "-1.00"), (1, .max, 9, "0.000000000"),
        ] as [(Int64, Int64, Int, String)])
    func theLargestNumbersFit(numerator: Int64, denominator: Int64, places: Int, text: String) throws {
        #expect(try #require(Quantity(numerator, over: denominator)).decimal(places: places) == text)
    }

    @Test func thereIsNoFractionOfNothing() {
        #expect(Quantity(1, over: 0) == nil)
        #expect(Quantity(1, over: -1) == nil)
    }

    @Test func wholeNumbers() {
        #expect(Quantity(5).double == 5)
        #expect(Quantity(5) == Quantity(5, over: 1))
    }

    /// With the decimals read as a whole number d of 1/10^p: |n/m - d/10^p| ≤ half of 1/10^p.
    @Test func decimalsAreTheNearest() throws {
        let seed: UInt64 = 31
        var random = SplitMix64(seed: seed)
        for round in 0..<5000 {
            let (numerator, denominator) = (
                Int64(random.below(2_000_001)) - 1_000_000, Int64(random.within(1...100_000))
            )
            let places = random.below(5)
            let text = try #require(Quantity(numerator, over: denominator)).decimal(places: places)
            let digits = try #require(Int64(text.filter { $0 != "." }), "seed \(seed), round \(round)")
            let scale = (0..<places).reduce(Int64(1)) { scale, _ in 10 * scale }
            let error = 2 * abs(numerator * scale - digits * denominator)
            #expect(error <= denominator, "seed \(seed), round \(round): \(numerator)/\(denominator) is not \(text)")
        }
    }
}
