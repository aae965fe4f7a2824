/// How often values fell into ranges, as Prometheus counts them.
public struct Histogram: Sendable, Hashable {
    /// The upper ends of the ranges, each of which counts for the range below it.
    public let bounds: [Double]
    /// How many values fell into each range; the last one is of those above every bound.
    public private(set) var counts: [Int64]
    /// The sum of all values.
    public private(set) var sum = 0.0

    /// Makes a histogram of nothing.
    /// - Parameter bounds: in ascending order.
    public init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Counts a value.
    public mutating func note(_ value: Double) {
        var place = 0
        while place < bounds.count, value > bounds[place] { place += 1 }
        counts[place] += 1
        sum += value
    }

    /// How many values there were.
    public var count: Int64 { counts.reduce(0, +) }
}
