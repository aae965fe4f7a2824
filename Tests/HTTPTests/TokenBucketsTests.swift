import Testing

@testable import HTTP

@Suite struct TokenBucketsTests {
    private let second: Int64 = 1_000_000_000
    private func address(_ number: Int) -> ClientAddress { ClientAddress(high: 0, low: UInt64(number)) }

    @Test func aBurstIsGrantedAndThenTheRate() throws {
        var buckets = TokenBuckets(rate: 2, burst: 3, addressesMax: 10)
        for _ in 0..<3 { #expect(buckets.take(address(1), now: 0) == nil) }
        #expect(buckets.take(address(1), now: 0) == 0.5)
        #expect(buckets.take(address(2), now: 0) == nil)
        #expect(buckets.take(address(1), now: second / 2) == nil)
        #expect(buckets.take(address(1), now: second / 2) != nil)
        for _ in 0..<3 { #expect(buckets.take(address(1), now: 100 * second) == nil) }
        #expect(buckets.take(address(1), now: 100 * second) != nil)
    }

    @Test func aRefusalCostsNothing() {
        var buckets = TokenBuckets(rate: 1, burst: 1, addressesMax: 10)
        #expect(buckets.take(address(1), now: 0) == nil)
        for _ in 0..<100 { #expect(buckets.take(address(1), now: 0) != nil) }
        #expect(buckets.take(address(1), now: second) == nil)
    }

    @Test func theTableIsBoundedAndKeepsWhoAsksOften() {
        var buckets = TokenBuckets(rate: 1, burst: 2, addressesMax: 100)
        #expect(buckets.take(address(0), now: 0) == nil)
        #expect(buckets.take(address(0), now: 0) == nil)
        for number in 1...10_000 {
            _ = buckets.take(address(number), now: 0)
            #expect(buckets.count <= 100)
            if number % 10 == 0 { #expect(buckets.take(address(0), now: 0) != nil) }
        }
    }
}
