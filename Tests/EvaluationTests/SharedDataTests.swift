import Connections
import Evaluation
import FoundationEssentials
import Testing

private let passages = path("../shared/data/passages/passages.ndjson")
private let registry = path("../shared/data/passages/registry.json")

@Suite(
    .enabled(
        if: FileManager.default.fileExists(atPath: passages), "../shared/data is not there: nothing to test against"))
struct SharedDataTests {
    private func cases() throws -> [LabelledCase] {
        let result = CaseFile.read(try bytes(of: passages), file: "passages.ndjson")
        #expect(result.findings.isEmpty, "\(result.findings)")
        return try #require(result.cases)
    }

    @Test func readsThePassages() throws {
        let cases = try cases()
        #expect(cases.count == 144 && cases.count { $0.label.isPositive } == 53)
        #expect(cases.count { !$0.isDecidable } == 32 && Set(cases.map(\.outcomeGroup)).count == 130)
        #expect(cases.count { $0.language == "es" } == 15 && cases.count { $0.rightConnections.count > 1 } == 2)
    }

    /// The method's page has 0.42 and 0.62, 0.35 and 0.34, 0.37 and 1.00 of 360 passages, of which these are a part.
    @Test func naiveRulesAreAsBadAsExpected() throws {
        let reading = RegistryLoader.read(path: registry)
        let baselines = Baselines(try #require(reading.registry))
        let judged = try cases().map { JudgedCase($0, verdict: .domestic) }
        let figures = EvaluationResult(run, judged, baselines: baselines).baselines
        func expect(_ baseline: Baseline, _ precision: ClosedRange<Double>, _ recall: ClosedRange<Double>) throws {
            let all = try #require(figures.first { $0.baseline == baseline }).all
            #expect(precision.contains(try #require(all.precision.share)), "\(all)")
            #expect(recall.contains(try #require(all.recall.share)), "\(all)")
        }
        try expect(.foreignWord, 0.4...0.55, 0.6...0.8)
        try expect(.tieWords, 0.3...0.45, 0.25...0.4)
        try expect(.alwaysYes, 0.36...0.38, 1...1)
    }
}
