import Evaluation
import Testing

@Suite struct RenderingTests {
    private let result = EvaluationResult(run, sampleCases, baselines: Baselines(cities: ["Tarn"]))

    private func comparison() throws -> Comparison {
        var other = run
        other.rules = String(repeating: "4d", count: 32)
        let verdicts: [String: CaseVerdict] = [
            "c04": .contributed, "c01": .contributed, "c06": .abstained, "c03": .domestic,
        ]
        let cases = sampleCases.map { judged in
            let verdict = verdicts[judged.labelled.id] ?? judged.verdict
            return JudgedCase(judged.labelled, verdict: verdict, strength: verdict.isClaim ? 6500 : 0)
        }
        return try Comparison(result, EvaluationResult(other, cases))
    }

    @Test func writesTheReport() throws {
        #expect(EvaluationText.report(result, try comparison()) == (try golden("report.txt")))
    }

    @Test func drawsTheCalibration() throws {
        #expect(CalibrationPlot.svg(result.calibration) == (try golden("calibration.svg")))
        #expect(CalibrationPlot.svg(evaluate([]).calibration).contains("no case has a strength"))
    }

    /// The golden documents are examples of the schema, too.
    @Test func writesJSON() throws {
        func example(_ name: String) throws -> String {
            String(decoding: try bytes(of: path("schemas/examples/evaluation/valid/\(name).json")), as: UTF8.self)
        }
        #expect(EvaluationJSON.document(result) == (try example("evaluation")))
        #expect(EvaluationJSON.document(result, try comparison()) == (try example("comparison")))
        #expect(EvaluationJSON.document(evaluate([])) == (try example("no-cases")))
    }

    @Test func keepsWithinTheColumnsAndHoldsNoWordOfTheCases() throws {
        let long = String(repeating: "department-of-everything-", count: 10) + "\u{1b}[31m"
        let cases =
            sampleCases + [
                JudgedCase(
                    labelled(long, .none, group: long, department: long), verdict: .enabled, strength: 9999,
                    explanation: String(repeating: "x", count: 300) + " \u{1b}[31m and more of it")
            ]
        var named = run
        named.file = long
        let wide = EvaluationResult(named, cases, baselines: Baselines(cities: []))
        for text in [EvaluationText.report(wide), EvaluationText.report(result, try comparison())] {
            for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
            #expect(!text.contains("CANARY") && !text.contains("\u{1b}") && !text.contains(" \n"))
        }
        #expect(!EvaluationJSON.document(result, try comparison()).contains("CANARY"))
    }

    @Test func saysHowManyClaimsItTakes() {
        let sentence = "that needs about 200 reviewed positives"
        #expect(EvaluationText.report(result).replacing("\n", with: " ").contains(sentence))
        let enough = (0..<200).map { JudgedCase(labelled("c\($0)"), verdict: .enabled, strength: 9000) }
        #expect(!EvaluationText.report(evaluate(enough)).replacing("\n", with: " ").contains(sentence))
        let short = evaluate(Array(enough.dropLast()))
        #expect(EvaluationText.report(short).contains("cannot be claimed on 199 claims"))
    }
}
