/// How many requests each client may still make: a bucket for each, filled at a steady rate up to its brim.
///
/// The number of buckets is bounded: they stand in two generations, and when the younger one is full the older one is
/// forgotten. Whoever asks often stays in the younger one; a bucket forgotten is a full one.
struct TokenBuckets: Sendable {
    private struct Bucket: Sendable {
        var tokens: Double
        var time: Int64
    }

    private let rate: Double
    private let burst: Double
    private let generationMax: Int
    private var young: [ClientAddress: Bucket] = [:]
    private var old: [ClientAddress: Bucket] = [:]

    /// Makes buckets.
    /// - Parameters:
    ///   - rate: tokens per second.
    ///   - burst: what a full bucket holds.
    ///   - addressesMax: the buckets that there are at most.
    init(rate: Double, burst: Double, addressesMax: Int) {
        self.rate = max(rate, 0.001)
        self.burst = max(burst, 1)
        generationMax = max(addressesMax / 2, 1)
    }

    /// Takes a token.
    /// - Parameter now: nanoseconds of a clock that never goes back.
    /// - Returns: the seconds until there will be one; nil where there was.
    mutating func take(_ address: ClientAddress, now: Int64) -> Double? {
        var bucket = young[address] ?? old[address] ?? Bucket(tokens: burst, time: now)
        bucket.tokens = min(burst, bucket.tokens + Double(now - bucket.time) / 1e9 * rate)
        bucket.time = now
        let isThere = bucket.tokens >= 1
        if isThere { bucket.tokens -= 1 }
        if young[address] == nil, young.count >= generationMax {
            old = young
            young = [:]
        }
        young[address] = bucket
        return isThere ? nil : (1 - bucket.tokens) / rate
    }

    /// The buckets that are kept.
    var count: Int { young.count + old.keys.count { young[$0] == nil } }
}
