/// How many are drawn of each stratum: as many of the whole as it has of the population, and at least so many.
enum SampleAllocation {
    /// The numbers to draw, rounded by largest remainder, the first of equal ones up.
    ///
    /// - Parameters:
    ///   - populations: the size of each stratum.
    ///   - total: how many are to be drawn of all; more are where the least of each stratum come to more.
    ///   - least: how many of each stratum at least; all of a smaller one.
    static func sizes(of populations: [Int], total: Int, least: Int) -> [Int] {
        var sizes = populations.map { min($0, max(least, 0)) }
        let total = min(total, populations.reduce(0, +))
        // Strata whose share is below their least keep the least; the others share what is left.
        var sharing = Array(populations.indices)
        while true {
            let rest = total - populations.indices.filter { !sharing.contains($0) }.reduce(0) { $0 + sizes[$1] }
            let whole = sharing.reduce(0) { $0 + populations[$1] }
            let above = sharing.filter { rest * populations[$0] > sizes[$0] * whole }
            if above.count == sharing.count {
                share(rest, whole, among: sharing, populations, into: &sizes)
                return sizes
            }
            sharing = above
        }
    }

    private static func share(
        _ rest: Int, _ whole: Int, among sharing: [Int], _ populations: [Int], into sizes: inout [Int]
    ) {
        guard whole > 0 else { return }
        for place in sharing { sizes[place] = rest * populations[place] / whole }
        let missing = rest - sharing.reduce(0) { $0 + sizes[$1] }
        let byRemainder = sharing.sorted { left, right in
            let (first, second) = (rest * populations[left] % whole, rest * populations[right] % whole)
            return first != second ? first > second : left < right
        }
        for place in byRemainder.prefix(missing) { sizes[place] += 1 }
    }
}
