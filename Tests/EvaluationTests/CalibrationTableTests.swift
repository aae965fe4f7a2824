import Evaluation
import Testing

@Suite struct CalibrationTableTests {
    private func judged(_ place: Int, _ strength: Int, _ label: CaseLabel, decidable: Bool = true) -> JudgedCase {
        JudgedCase(labelled("c\(place)", label, decidable: decidable), verdict: .domestic, strength: strength)
    }

    @Test func putsABoundIntoTheUpperBin() {
        let strengths = [1, 999, 1000, 7999, 8000, 8999, 9000, 10_000]
        let table = evaluate(strengths.enumerated().map { judged($0, $1, .enabled) }).calibration
        #expect(table.bins.map(\.place) == [0, 1, 7, 8, 9])
        #expect(table.bins.map(\.positive.total) == [2, 1, 1, 2, 2])
        #expect(table.bins.map(\.from) == ["0.0", "0.1", "0.7", "0.8", "0.9"] && table.bins.last?.to == "1.0")
    }

    @Test func leavesOutCasesWithoutStrengthAndUndecidableOnes() {
        let table = evaluate([judged(0, 0, .enabled), judged(1, 9000, .enabled, decidable: false)]).calibration
        #expect(table.bins.isEmpty && table.count == 0 && table.expectedError == nil)
    }

    /// Two of three positive at mean 0.82, none of one at 0.55: 3/4 · |2/3 − 0.82| + 1/4 · 0.55.
    @Test func weighsTheErrorOfEachBinByItsCases() throws {
        let table = evaluate([
            judged(0, 8000, .enabled), judged(1, 8200, .contributed), judged(2, 8400, .domestic),
            judged(3, 5500, .none),
        ]).calibration
        #expect(table.bins.map(\.positive) == [Proportion(0, of: 1), Proportion(2, of: 3)])
        #expect(table.bins.map(\.meanStrength) == [0.55, 0.82])
        let error = try #require(table.expectedError)
        #expect((error - (0.75 * (0.82 - 2.0 / 3.0) + 0.25 * 0.55)).magnitude < 1e-12)
    }
}
