import Evaluation
import Testing

@Suite struct WilsonIntervalTests {
    /// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
    /// table I, method 3; the last two follow from the formula by hand: z²/(n+z²).
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
        (0, 10, 0, 0.2775), (10, 10, 0.7225, 1),
    ])
    func agreesWithPublishedValues(_ count: Int, _ total: Int, _ lower: Double, _ upper: Double) throws {
        let interval = try #require(WilsonInterval.of(count, of: total))
        #expect((interval.lower - lower).magnitude < 0.00005)
        #expect((interval.upper - upper).magnitude < 0.00005)
    }

    @Test func statesNothingOfNone() {
        #expect(WilsonInterval.of(0, of: 0) == nil)
        #expect(Proportion(0, of: 0).share == nil && Proportion(0, of: 0).interval == nil)
    }

    @Test func holdsTheShareAndLiesBetweenZeroAndOne() throws {
        for total in 1...60 {
            for count in 0...total {
                let share = Double(count) / Double(total)
                let interval = try #require(WilsonInterval.of(count, of: total))
                #expect(
                    0 <= interval.lower && interval.lower <= share && share <= interval.upper && interval.upper <= 1)
                let other = try #require(WilsonInterval.of(total - count, of: total))
                #expect((interval.lower + other.upper - 1).magnitude < 1e-12, "symmetry of \(count) of \(total)")
            }
        }
    }

    /// What the report says of 200 claims.
    @Test func twoHundredClaimsReachFrom85To93() throws {
        let interval = try #require(WilsonInterval.of(180, of: CaseFigures.claimsNeeded))
        #expect((interval.lower * 100).rounded() == 85 && (interval.upper * 100).rounded() == 93)
    }
}
