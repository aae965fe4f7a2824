/// The monotone fit of least squares by pooling adjacent violators: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and
/// E. Silverman, "An empirical distribution function for sampling with incomplete information", Annals of Mathematical
/// Statistics 26 (1955).
enum IsotonicRegression {
    /// Neighbours that share one fitted value: so many of so many.
    struct Block: Equatable {
        /// The places of the values.
        var places: Range<Int>
        var count: Int
        var total: Int

        /// Whether the share is above that of another block, in whole numbers.
        func isAbove(_ other: Block) -> Bool { count * other.total > other.count * total }
    }

    /// The blocks of a fit that never falls; the value of each is the share of all its counts together.
    /// - Parameter shares: so many of so many each, none of them of 0, in the order in which the fit may not fall.
    static func blocks(_ shares: [Proportion]) -> [Block] {
        var blocks: [Block] = []
        for (place, share) in shares.enumerated() {
            var block = Block(places: place..<(place + 1), count: share.count, total: share.total)
            while let last = blocks.last, last.isAbove(block) {
                block = Block(
                    places: last.places.lowerBound..<block.places.upperBound, count: last.count + block.count,
                    total: last.total + block.total)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        return blocks
    }
}
