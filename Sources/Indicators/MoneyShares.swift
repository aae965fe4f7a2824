/// An outcome's money, shared among the connections that gave money or goods, by their credit.
///
/// Whole cents by largest remainder, ties by the order of the connections, so that the shares sum to what the outcome
/// states. Where no connection gave any, nobody has a share.
struct MoneyShares {
    /// The cents of each share of the outcome.
    private(set) var cents: [Int64]

    init(_ content: OutcomeFact.Content) {
        cents = [Int64](repeating: 0, count: content.shares.count)
        guard let total = content.usdCents, total > 0 else { return }
        let givers = content.shares.indices.filter { content.shares[$0].hasFunded || content.shares[$0].hasDonated }
        // A giver's credit can be rounded to nothing; then all of them count alike.
        let sum = givers.reduce(0) { $0 + content.shares[$1].basisPoints }
        let weights = givers.map { sum > 0 ? content.shares[$0].basisPoints : 1 }
        let whole = sum > 0 ? sum : Int64(givers.count)
        guard whole > 0 else { return }
        var remainders: [(remainder: Int64, giver: Int)] = []
        var left = total
        for (giver, weight) in zip(givers, weights) {
            // Without the product of both, which need not fit.
            let (quotient, rest) = total.quotientAndRemainder(dividingBy: whole)
            let share = quotient * weight + rest * weight / whole
            cents[giver] = share
            left -= share
            remainders.append((rest * weight % whole, giver))
        }
        for (_, giver) in remainders.sorted(by: { ($1.remainder, $0.giver) < ($0.remainder, $1.giver) }) where left > 0
        {
            cents[giver] += 1
            left -= 1
        }
    }
}
