import Primitives
import Testing

@Suite struct FixedDecimalTests {
    @Test(arguments: [
        (0.05, 1, "0.1"), (-12.345, 2, "-12.35"), (-0.04, 1, "0.0"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0, 3, "0.000"),
        (0.007, 3, "0.007"), (1e15, 2, "1000000000000000.00"), (1e18, 2, "1000000000000000000"), (1e30, 2, "0"),
        (Double.nan, 2, "0"), (-Double.infinity, 2, "0"),
    ])
    func writes(_ value: Double, _ places: Int, _ text: String) {
        #expect(FixedDecimal.text(value, places) == text)
    }

    @Test func zerosAtTheEndCanBeLeftOut() {
        #expect(FixedDecimal.text(1.5, 3, trimmed: true) == "1.5")
        #expect(FixedDecimal.text(100, 3, trimmed: true) == "100")
    }

    @Test func isReadBackAsTheNumberNearest() throws {
        let seed: UInt64 = 20_261_201
        var random = SplitMix64(seed: seed)
        for _ in 0..<2000 {
            let places = Int(random.next() % 7)
            let value = Double(Int64(bitPattern: random.next()) >> 24) / 1024
            let read = try #require(Double(FixedDecimal.text(value, places)))
            let half = 0.5 / FixedDecimal.power(places) * (1 + 1e-9) + value.magnitude * 1e-15
            #expect((read - value).magnitude <= half, "seed \(seed): \(value) to \(places) places is \(read)")
        }
    }
}
