import Evaluation
import Testing

@Suite struct ComparisonTests {
    private func compare(_ verdicts: [(CaseVerdict, CaseVerdict, CaseLabel, String)]) throws -> Comparison {
        let cases = verdicts.enumerated().map { place, row in (labelled("c\(place)", row.2, group: row.3), row.0, row.1)
        }
        return try Comparison(
            evaluate(cases.map { JudgedCase($0.0, verdict: $0.1) }),
            evaluate(cases.map { JudgedCase($0.0, verdict: $0.2) }))
    }

    @Test func countsWhatChangedAndWhichWay() throws {
        let comparison = try compare([
            (.domestic, .enabled, .enabled, "a"), (.abstained, .contributed, .enabled, "a"),
            (.enabled, .domestic, .contributed, "b"), (.enabled, .abstained, .none, "c"),
            (.enabled, .contributed, .enabled, "d"), (.domestic, .domestic, .enabled, "e"),
        ])
        #expect(comparison.changes.map(\.way) == [.better, .better, .worse, .better, .same])
        #expect(comparison.count(.better) == 3 && comparison.count(.worse) == 1 && comparison.count(.same) == 1)
        #expect(comparison.texts.onlyFirst == 1 && comparison.texts.onlySecond == 3)
        #expect(comparison.texts.pValue == 10.0 / 16)
        // Both texts of group a became right, which is one gain.
        #expect(comparison.groups.onlyFirst == 1 && comparison.groups.onlySecond == 2)
        // Before 2 of 3 claims and 2 of 5 positives, after 3 of 3 and 3 of 5.
        #expect(comparison.precisionGain == 1 - 2.0 / 3 && comparison.recallGain == 3.0 / 5 - 2.0 / 5)
    }

    @Test func refusesOtherCases() {
        let first = evaluate([
            JudgedCase(labelled("a"), verdict: .enabled), JudgedCase(labelled("b"), verdict: .enabled),
        ])
        for other in [[labelled("a")], [labelled("a"), labelled("b", .none)], [labelled("a"), labelled("c")]] {
            #expect(throws: ComparisonFault.otherCases(count: 1)) {
                try Comparison(first, evaluate(other.map { JudgedCase($0, verdict: .enabled) }))
            }
        }
    }

    @Test func findsNothingBetweenEqualResults() throws {
        let comparison = try Comparison(evaluate(sampleCases), evaluate(sampleCases.reversed()))
        #expect(comparison.changes.isEmpty && comparison.texts.pValue == 1 && comparison.precisionGain == 0)
    }
}
