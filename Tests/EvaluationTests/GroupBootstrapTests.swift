import Evaluation
import Testing

@Suite struct GroupBootstrapTests {
    private func group(_ right: Int, _ wrong: Int) -> Detection {
        var detection = Detection()
        for _ in 0..<right { detection.add(isClaimed: true, isPositive: true) }
        for _ in 0..<wrong { detection.add(isClaimed: true, isPositive: false) }
        return detection
    }

    /// Two groups make three draws: the first twice (one in four), both, the second twice (one in four).
    @Test func reachesFromTheWorstToTheBestDrawOfTwoGroups() {
        let interval = GroupBootstrap.interval(ofF1In: [group(1, 0), group(1, 2)], seed: 1)
        #expect(interval == Interval(lower: 0.5, upper: 1))
    }

    @Test func hasNoWidthWhereAllGroupsAreAlike() {
        let interval = GroupBootstrap.interval(ofF1In: Array(repeating: group(2, 1), count: 9), seed: 1)
        #expect(interval == Interval(lower: 0.8, upper: 0.8))
    }

    @Test func needsTwoGroupsAndSomethingToCount() {
        #expect(GroupBootstrap.interval(ofF1In: [group(3, 1)], seed: 1) == nil)
        #expect(GroupBootstrap.interval(ofF1In: [Detection(), Detection()], seed: 1) == nil)
    }

    @Test func comesAgainWithItsSeed() {
        let groups = (0..<25).map { group($0 % 3, $0 % 4) }
        let first = GroupBootstrap.interval(ofF1In: groups, seed: 3)
        #expect(first == GroupBootstrap.interval(ofF1In: groups, seed: 3))
        #expect((4..<9).contains { GroupBootstrap.interval(ofF1In: groups, seed: $0) != first })
    }
}
