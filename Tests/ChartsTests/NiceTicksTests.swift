import Primitives
import Testing

@testable import Charts

@Suite("Marks of an axis")
struct NiceTicksTests {
    @Test("start at 0, cover the data without a mark to spare, and are round")
    func areRound() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<2000 {
            var largest = Double(random.within(1...999_999))
            for _ in 0..<random.below(30) { largest *= random.onceIn(2) ? 10 : 0.1 }
            let ticks = NiceTicks(covering: largest)
            let step = ticks.values[1]
            #expect(ticks.values[0] == 0)
            #expect(ticks.top >= largest && ticks.top - step < largest * (1 + 1e-9), "\(largest)")
            #expect((3...8).contains(ticks.values.count), "\(largest)")
            var mantissa = step
            while mantissa >= 9.5 { mantissa /= 10 }
            while mantissa < 0.95 { mantissa *= 10 }
            #expect([1, 2, 5].contains { ($0 - mantissa).magnitude < 1e-6 }, "\(largest): \(step)")
            let even = ticks.values.enumerated().allSatisfy { ($1 - Double($0) * step).magnitude <= $1 * 1e-12 }
            #expect(even, "\(largest)")
        }
    }

    @Test("are those that a person would choose")
    func areExpected() {
        #expect(NiceTicks(covering: 82).values == [0, 20, 40, 60, 80, 100])
        #expect(NiceTicks(covering: 0.97).values == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(NiceTicks(covering: 3, isWhole: true).values == [0, 1, 2, 3])
        #expect(NiceTicks(covering: 1, isWhole: true).values == [0, 1])
        #expect(NiceTicks(covering: 2250).values == [0, 500, 1000, 1500, 2000, 2500])
    }

    @Test("exist for any number", arguments: [0, -1, .nan, .infinity, .leastNonzeroMagnitude, 1e-300, 1e308])
    func existAlways(_ largest: Double) {
        let ticks = NiceTicks(covering: largest)
        #expect(ticks.values.count > 1 && ticks.top.isFinite && ticks.top > 0)
    }
}
