import Suppression
import Testing

@Suite struct ProblemTests {
    private func refused(_ error: SuppressionError, _ make: () throws -> SuppressionProblem) {
        #expect(throws: error, "\(error)") { _ = try make() }
        #expect(error.description.contains("expected"))
    }

    @Test func refusesWhatItCannotJudge() {
        let one = [Figure(added: [0])]
        refused(.thresholdTooLow(9)) { try SuppressionProblem(cells: [1], figures: one, threshold: 9) }
        refused(.cellOutOfBounds(cell: 1)) { try SuppressionProblem(cells: [1, -1], figures: one) }
        refused(.cellOutOfBounds(cell: 1)) { try SuppressionProblem(cells: [1, 1_000_000_000], figures: one) }
        refused(.wrongCell(figure: 0, cell: 0)) { try SuppressionProblem(cells: [], figures: one) }
        refused(.wrongCell(figure: 0, cell: 1)) {
            try SuppressionProblem(cells: [1, 1], figures: [Figure(added: [1], subtracted: [1])])
        }
        refused(.negativeFigure(figure: 0)) {
            try SuppressionProblem(cells: [1], figures: [Figure(added: [], subtracted: [0])])
        }
        refused(.withheldZero(figure: 0)) {
            try SuppressionProblem(cells: [0], figures: [Figure(added: [0], role: .withheld)])
        }
        refused(.weightOutOfBounds(figure: 0)) {
            try SuppressionProblem(cells: [1], figures: [Figure(added: [0], weight: 0)])
        }
    }

    @Test func hasNothingToDecideWithoutFigures() throws {
        let result = try SuppressionProblem(cells: [3], figures: []).suppress()
        #expect(result.decisions.isEmpty && result.unprotected.isEmpty)
        let empty = try SuppressionProblem(cells: [], figures: [Figure(added: [])]).suppress()
        #expect(empty.decisions == [.published])
    }
}
