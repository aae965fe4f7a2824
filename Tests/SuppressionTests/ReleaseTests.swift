import Suppression
import Testing

/// More than one release of the same figures.
@Suite struct ReleaseTests {
    // Cells: two districts as first released, and what came late to each.
    private func restated(late: [Int], role: Figure.Role = .published) throws -> SuppressionProblem {
        let old = [
            Figure(added: [0], role: role), Figure(added: [1], role: role), Figure(added: [0, 1], role: .published),
        ]
        let new = [Figure(added: [0, 2]), Figure(added: [1, 3]), Figure(added: [0, 1, 2, 3], weight: 5)]
        let differences = [[2], [3], [2, 3]].map { Figure(added: $0, role: .derived) }
        return try SuppressionProblem(cells: [50, 60] + late, figures: old + new + differences)
    }

    @Test func withholdsALargeFigureThatDiffersLittleFromTheReleaseBefore() throws {
        let result = try restated(late: [3, 40]).suppress()
        #expect(result.decisions[3...5] == [.complementary, .complementary, .published])
        #expect(result.intervals[6] == 1...10 && result.unprotected.isEmpty)
    }

    @Test func publishesANewReleaseThatDiffersALotOrNotAtAll() throws {
        #expect(try restated(late: [30, 40]).suppress().decisions[3...5].allSatisfy { $0 == .published })
        #expect(try restated(late: [0, 40]).suppress().decisions[3...5].allSatisfy { $0 == .published })
    }

    /// People may be taken out by a restatement: the difference is negative.
    @Test func protectsANegativeDifference() throws {
        let problem = try SuppressionProblem(
            cells: [46, 60, 4, 30],
            figures: [
                Figure(added: [0, 2], role: .published), Figure(added: [1], role: .published), Figure(added: [0]),
                Figure(added: [1, 3]), Figure(added: [0, 1, 3], weight: 5),
                Figure(added: [], subtracted: [2], role: .derived), Figure(added: [3], subtracted: [2], role: .derived),
            ])
        let result = try problem.suppress()
        #expect(result.unprotected.isEmpty && result.decisions[2] == .complementary)
        let interval = try #require(result.intervals[5])
        #expect(interval.lowerBound <= -10 && interval.upperBound >= -1)
    }

    /// January to February published, January to March about to be: March is small.
    @Test func protectsTheMonthThatTwoCumulativeFiguresEnclose() throws {
        let problem = try SuppressionProblem(
            cells: [30, 40, 5],
            figures: [
                Figure(added: [0, 1], role: .published), Figure(added: [0, 1, 2]), Figure(added: [2], role: .derived),
            ])
        let result = try problem.suppress()
        #expect(result.decisions == [.published, .complementary, .notReleased])
        #expect(result.unprotected.isEmpty)
    }

    @Test func aFigureWithheldBeforeStaysProtected() throws {
        // 4 and 30 were withheld in a release that published their sum; now 30 with 5 more would be told.
        let problem = try SuppressionProblem(
            cells: [4, 30, 50],
            figures: [
                Figure(added: [0], role: .withheld), Figure(added: [1], role: .withheld),
                Figure(added: [0, 1], role: .published), Figure(added: [1, 2]), Figure(added: [2]),
            ])
        let result = try problem.suppress()
        #expect(result.unprotected.isEmpty && result.count(.complementary) == 1)
        #expect(try #require(result.intervals[0]).contains(1...10))
    }

    @Test func saysWhatCannotBeProtectedAndWhichReleasesToldIt() throws {
        let problem = try SuppressionProblem(
            cells: [4, 30, 50],
            figures: [
                Figure(added: [0]), Figure(added: [1], role: .published), Figure(added: [2]),
                Figure(added: [0, 1], role: .published), Figure(added: [0, 1, 2]),
            ])
        let result = try problem.suppress()
        let unprotected = try #require(result.unprotected.first)
        #expect(unprotected.figure == 0 && unprotected.interval == 4...4 && unprotected.pinnedBy == [1, 3])
        #expect(result.unprotected.count == 1 && result.decisions[0] == .primary)
    }

    @Test func protectsAsFarAsEarlierReleasesLeaveRoom() throws {
        let problem = try SuppressionProblem(
            cells: [4, 3, 50],
            figures: [
                Figure(added: [0]), Figure(added: [1]), Figure(added: [2]), Figure(added: [0, 1], role: .published),
                Figure(added: [0, 1, 2], weight: 5),
            ])
        let result = try problem.suppress()
        #expect(result.unprotected.map(\.figure) == [0, 1] && result.unprotected.map(\.interval) == [1...6, 1...6])
        #expect(result.unprotected.allSatisfy { $0.pinnedBy == [3] })
    }
}
