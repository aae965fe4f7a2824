/// How a rules file weighs the words around a statement (docs/rules.md, "Weighing").
///
/// A statement has the points of its phrases, of each sign in its sentence once, and of the outcome that its text
/// belongs to, if it does. Whole numbers: their sum depends on no order.
struct Weighing: Sendable, Equatable {
    /// The points from which a statement counts.
    let least: Int
    /// The points of a text that belongs to an event that is an outcome.
    let outcome: Int
    /// The points of each sign, by its place in the rules file.
    let points: [Int8]

    /// The signs that may stand in any sentence of a text, one bit each: those that speak for a statement, and those of
    /// which the rules file says so.
    let anywhere: UInt64

    /// Makes a weighing.
    /// - Parameter anywhere: the signs of which the rules file says that they may stand in any sentence, one bit each.
    init(least: Int, outcome: Int, points: [Int8], anywhere: UInt64) {
        self.least = least
        self.outcome = outcome
        self.points = points
        self.anywhere = points.enumerated().reduce(anywhere) { $1.element > 0 ? $0 | 1 << UInt64($1.offset) : $0 }
    }

    /// The most signs: each is a bit.
    static let signsMax = 64
    /// The most points of one sign, on either side of 0.
    static let pointsMax = 20

    /// The points of some signs, each of which is a bit.
    func sum(_ signs: UInt64) -> Int {
        var (sum, rest) = (0, signs)
        while rest != 0 {
            sum += Int(points[rest.trailingZeroBitCount])
            rest &= rest - 1
        }
        return sum
    }
}
