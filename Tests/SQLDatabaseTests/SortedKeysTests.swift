import Primitives
import Testing

@testable import SQLDatabase

@Suite struct SortedKeysTests {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func areInTheOrderOfTheirBytesAndEachOnce(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let keys = (0..<random.below(60)).map { _ in
            // Few different bytes, so that keys share beginnings and some are the same.
            (0..<16).map { place in UInt8(place == 0 || place == 15 ? [0, 127, 255][random.below(3)] : 1) }
        }
        let found = keys.flatMap { $0 }.withUnsafeBytes { keys in
            let sorted = SortedKeys(keys)
            return (0..<sorted.count).reduce(into: [[UInt8]]()) { list, index in list.append(Array(sorted[index])) }
        }
        #expect(found == Set(keys).sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    }
}
