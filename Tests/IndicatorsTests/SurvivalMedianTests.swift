import Primitives
import Testing

@testable import Indicators

/// Medians of times of which some have not ended, by Kaplan and Meier.
@Suite struct SurvivalMedianTests {
    /// Times as a test writes them: those that are negative were still open after as many days.
    private func median(_ days: Int...) -> Int? { median(days) }

    private func median(_ days: [Int]) -> Int? {
        SurvivalMedian.of(days.map { ObservedTime(days: abs($0), hasEnded: $0 > 0) })
    }

    @Test func withoutOpenOnesItIsTheLowerMedian() {
        #expect(median(5) == 5)
        #expect(median(30, 10, 20) == 20)
        // After the second of four, half are open.
        #expect(median(10, 20, 30, 40) == 20)
    }

    /// Six at risk, one ends on day 10: 5/6. One is lost on day 20. Four at risk, one ends on day 30: 5/6 · 3/4 =
    /// 0.625. Three at risk, one ends on day 40: 0.625 · 2/3 = 0.417. The median of the three that ended would be 30.
    @Test func openOnesCountAsLongAsTheyWereSeen() {
        #expect(median(10, -20, 30, 40, -50, -60) == 40)
    }

    /// The arm 6-MP of Freireich's trial (Blood 21, 1963), as textbooks have it: the median remission is 23 weeks.
    @Test func theTextbookCase() {
        #expect(median(6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35) == 23)
    }

    /// Two of four end on day 10, and one is lost on that day: it was there, so that 2/4 are open.
    @Test func whatIsLostOnADayWasThereOnThatDay() {
        #expect(median(10, 10, -10, -20) == 10)
        // Lost a day before, it does not count: three at risk, of which two end.
        #expect(median(10, -9, -20, -20, -20) == nil)
    }

    @Test func whereMoreThanHalfAreOpenThereIsNone() {
        #expect(median() == nil)
        #expect(median(-5, -6) == nil)
        #expect(median(1, -5, -6) == nil)
    }

    @Test func aTimeOfNoDaysIsOne() {
        #expect(SurvivalMedian.of([ObservedTime(days: 0, hasEnded: true)]) == 0)
    }

    /// Whether the share is one half is a question of whole numbers: 1/2, whatever the products were rounded to.
    @Test func roundingDoesNotMoveIt() {
        for count in 1...200 {
            let times = Array(1...2 * count)
            #expect(median(times) == count, "of \(2 * count)")
        }
    }

    @Test func theOrderDoesNotMatter() {
        let seed: UInt64 = 41
        var random = SplitMix64(seed: seed)
        for round in 0..<300 {
            let days = (0..<random.within(1...30)).map { _ in random.within(1...20) * (random.onceIn(3) ? -1 : 1) }
            #expect(median(days) == median(days.shuffled(using: &random)), "seed \(seed), round \(round)")
        }
    }
}
