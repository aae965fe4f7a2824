import Suppression
import Testing

/// Small tables whose answer can be found by hand.
@Suite struct HandTests {
    private func figures(_ groups: [[Int]], totals: Set<Int> = []) -> [Figure] {
        groups.enumerated().map { Figure(added: $1, weight: totals.contains($0) ? 10 : 1) }
    }

    @Test func withholdsTheSmallestNeighbourInARow() throws {
        let problem = try SuppressionProblem(
            cells: [3, 40, 50], figures: figures([[0], [1], [2], [0, 1, 2]], totals: [3]))
        let result = try problem.suppress()
        #expect(result.decisions == [.primary, .complementary, .published, .published])
        #expect(result.intervals == [1...10, 33...42, nil, nil])
        #expect(result.unprotected.isEmpty && result.peopleWithheld == 43)
    }

    @Test func twoSmallFiguresProtectEachOtherIfTogetherTheyAreLarge() throws {
        let result = try SuppressionProblem(
            cells: [5, 6, 50], figures: figures([[0], [1], [2], [0, 1, 2]], totals: [3])
        ).suppress()
        #expect(result.decisions == [.primary, .primary, .published, .published])
        #expect(result.intervals == [1...10, 1...10, nil, nil])
    }

    /// 3 and 4 are 7 together: neither could be 10, so that a third figure has to go.
    @Test func twoSmallFiguresAreNotEnoughIfTogetherTheyAreSmall() throws {
        let result = try SuppressionProblem(
            cells: [3, 4, 50], figures: figures([[0], [1], [2], [0, 1, 2]], totals: [3])
        ).suppress()
        #expect(result.decisions == [.primary, .primary, .complementary, .published])
    }

    @Test func withholdsARectangleOfATwoByTwoTable() throws {
        let groups = [[0], [1], [2], [3], [0, 1], [2, 3], [0, 2], [1, 3], [0, 1, 2, 3]]
        let result = try SuppressionProblem(
            cells: [4, 30, 40, 50], figures: figures(groups, totals: [4, 5, 6, 7, 8])
        ).suppress()
        #expect(result.decisions[..<4] == [.primary, .complementary, .complementary, .complementary])
        #expect(result.decisions[4...].allSatisfy { $0 == .published })
    }

    /// Departments 0 1 and 2 3: the small type's neighbour in its own department goes, nothing elsewhere.
    @Test func staysWithinTheBranchOfAHierarchy() throws {
        let groups = [[0], [1], [2], [3], [0, 1], [2, 3], [0, 1, 2, 3]]
        let result = try SuppressionProblem(
            cells: [2, 60, 20, 30], figures: figures(groups, totals: [4, 5, 6])
        ).suppress()
        #expect(result.decisions[..<4] == [.primary, .complementary, .published, .published])
        #expect(result.decisions[4...].allSatisfy { $0 == .published })
    }

    @Test func publishesZeros() throws {
        let result = try SuppressionProblem(
            cells: [0, 3, 20, 30], figures: figures([[0], [1], [2], [3], [0, 1, 2, 3]], totals: [4])
        ).suppress()
        #expect(result.decisions == [.published, .primary, .complementary, .published, .published])
    }

    /// People count in each connection that they are part of: 0 of A only, 1 of both, 2 of B only.
    @Test func protectsTheOverlapOfGroupsThatAreNoPartition() throws {
        let shown = [Figure(added: [0, 1]), Figure(added: [1, 2]), Figure(added: [0, 1, 2])]
        let apart = [0, 1, 2].map { Figure(added: [$0], role: .derived) }
        let problem = try SuppressionProblem(cells: [40, 4, 60], figures: shown + apart)
        let result = try problem.suppress()
        #expect(result.count(.complementary) == 1 && result.unprotected.isEmpty)
        let interval = try #require(result.intervals[4])
        #expect(interval.lowerBound <= 1 && interval.upperBound >= 10)
    }

    /// A department of 3 with types of 1 and 2, a third one 0: who sees which are 0 knows that it is at least 2.
    @Test func beginsTheRangeWhereThePatternOfZerosDoes() throws {
        let groups = [[0], [1], [2], [0, 1, 2], [3], [4], [0, 1, 2, 3, 4]]
        let result = try SuppressionProblem(
            cells: [1, 2, 0, 40, 50], figures: figures(groups, totals: [3, 6])
        ).suppress()
        #expect(result.unprotected.isEmpty)
        #expect(result.decisions[2] == .published && result.decisions[3] == .primary)
        let interval = try #require(result.intervals[3])
        #expect(interval.lowerBound == 2 && interval.upperBound >= 11)
    }

    @Test func publishesAllWhereNothingIsSmall() throws {
        let result = try SuppressionProblem(cells: [11, 12], figures: figures([[0], [1], [0, 1]])).suppress()
        #expect(result.count(.published) == 3 && result.intervals.allSatisfy { $0 == nil })
    }

    @Test func aRaisedThresholdWithholdsMore() throws {
        let groups = figures([[0], [1], [2], [0, 1, 2]], totals: [3])
        let result = try SuppressionProblem(cells: [15, 40, 50], figures: groups, threshold: 20).suppress()
        #expect(result.decisions == [.primary, .complementary, .published, .published])
        #expect(result.intervals[0] == 1...20)
    }
}
