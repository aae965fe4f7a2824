/// The shares of an outcome, by the Shapley value of a noisy-OR game (docs/method.md, section 4).
///
/// With strengths sᵢ the worth of a set of players is `v(S) = 1 - Π over S (1 - sᵢ)`, and the Shapley value of a player
/// is `φᵢ = ∫₀¹ sᵢ Π_{j≠i} (1 - t·sⱼ) dt`: Owen's multilinear extension (Management Science 18(5), 1972), which for
/// this game is a polynomial in t. With strengths as whole basis points aᵢ / D, D = 10,000, everything is an integer
/// after multiplication with D^n · lcm(1…n), so that shares are exact and equal on every machine. For 17 players the
/// largest number, a share times 10,000, stays below 2^285.
public enum Credit {
    /// Connections that share credit, at most; the strongest ones (docs/method.md, section 4).
    public static let connectionsMax = 16
    /// All shares of one outcome, in basis points.
    public static let whole = 10_000

    /// The shares of all players in basis points; they sum to exactly 10,000.
    ///
    /// - Parameters:
    ///   - strengths: one a player, in basis points (0 to 10,000), at most 17. The order breaks ties: of equal
    ///     remainders the earlier player is rounded up.
    ///   - shares: receives one share a player. Where all strengths are 0 the last player has everything.
    public static func share(_ strengths: [Int], into shares: inout [Int]) {
        shares.removeAll(keepingCapacity: true)
        if strengths.isEmpty { return }
        var total = WideInteger(0)
        for player in strengths.indices {
            total = total + value(of: player, in: strengths)
        }
        if total.isZero {
            for player in strengths.indices { shares.append(player == strengths.count - 1 ? whole : 0) }
            return
        }
        round(strengths, total, into: &shares)
    }

    /// φ of one player, times D^n · lcm(1…n).
    private static func value(of player: Int, in strengths: [Int]) -> WideInteger {
        let count = strengths.count
        // coefficients[k] is the magnitude of that of t^k in Π_{j≠player} (D - aⱼ·t); the signs alternate.
        var coefficients = InlineArray<17, WideInteger>(repeating: WideInteger(0))
        coefficients[0] = WideInteger(1)
        var degree = 0
        for other in 0..<count where other != player {
            degree += 1
            for power in (0...degree).reversed() {
                let kept = coefficients[power] * UInt64(whole)
                coefficients[power] =
                    power == 0 ? kept : kept + coefficients[power - 1] * UInt64(strengths[other])
            }
        }
        let multiple = leastCommonMultiple(upTo: count)
        var positive = WideInteger(0)
        var negative = WideInteger(0)
        for power in 0...degree {
            let term = coefficients[power] * (multiple / UInt64(power + 1))
            if power % 2 == 0 { positive = positive + term } else { negative = negative + term }
        }
        return (positive - negative) * UInt64(strengths[player])
    }

    /// Largest remainder (Hamilton): whole basis points first, then one more to the largest remainders.
    private static func round(_ strengths: [Int], _ total: WideInteger, into shares: inout [Int]) {
        var remainders = InlineArray<17, WideInteger>(repeating: WideInteger(0))
        var left = whole
        for player in strengths.indices {
            let scaled = value(of: player, in: strengths) * UInt64(whole)
            let (quotient, remainder) = scaled.quotient(dividingBy: total, atMost: UInt64(whole))
            shares.append(Int(quotient))
            remainders[player] = remainder
            left -= Int(quotient)
        }
        while left > 0 {
            var best = 0
            for player in strengths.indices where remainders[best] < remainders[player] { best = player }
            shares[best] += 1
            remainders[best] = WideInteger(0)
            left -= 1
        }
    }

    private static func leastCommonMultiple(upTo count: Int) -> UInt64 {
        var multiple: UInt64 = 1
        for factor in 1...UInt64(count) {
            var (left, right) = (multiple, factor)
            while right != 0 { (left, right) = (right, left % right) }
            multiple = multiple / left * factor
        }
        return multiple
    }
}

/// The strength of independent reasons together: `1 - Π(1 - sᵢ)` (docs/method.md, section 3, step 8).
///
/// What is missing to certainty is kept to sixteen digits, rounded down at each step, so that the result does not
/// depend on a floating-point unit; it is rounded once, to the nearest basis point.
public struct NoisyOr: Sendable {
    private static let one: UInt64 = 10_000_000_000_000_000
    private var missing: UInt64 = NoisyOr.one

    /// Makes what no reason at all comes to: 0.
    public init() {}

    /// Adds a reason of the given strength in basis points (0 to 10,000).
    public mutating func add(_ strength: Int) {
        let product = missing.multipliedFullWidth(by: UInt64(10_000 - strength))
        missing = UInt64(10_000).dividingFullWidth(product).quotient
    }

    /// The combined strength in basis points.
    public var strength: Int {
        10_000 - Int((missing + 500_000_000_000 - 1) / 1_000_000_000_000)
    }
}
