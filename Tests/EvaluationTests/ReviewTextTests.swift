import Attribution
import Connections
import Evaluation
import Testing

@Suite struct ReviewTextTests {
    private let rows =
        (0..<40).map { reviewed("a\($0)", $0 < 33, rule: "reference/funded-by", probability: 0.5) }
        + (0..<30).map { reviewed("b\($0)", $0 < 26, rule: "reference/staffed-by", probability: 0.5) }
        + (0..<12).map { reviewed("c\($0)", $0 < 9, rule: "named/convened-by", origins: 1 + $0 % 2) }
        + [reviewed("d", nil, rule: "named/convened-by"), reviewed("e", true, rule: "gone")]

    private let rules = [
        ("reference/funded-by", 9000), ("reference/staffed-by", 8000), ("named/convened-by", 8200),
    ].map { Rule(id: $0.0, tier: .documentary, mechanism: .fundedBy, strength: $0.1, reason: "") }

    private var text: String {
        let lines = (0..<4).map {
            record("k\($0)", evidence: [("a", "x", "T1", "0.9", "o"), ("a", "x", "T1", "0.5", $0 == 0 ? "p" : "o")])
        }
        let set = records(lines + [record("z", "abstained")]).set
        let sample = ReviewSample(of: set.claims, size: 2, atLeast: 1, seed: 1)
        return [
            ReviewText.report(sample), ReviewText.report(ClaimQuality(rows, of: set)),
            ReviewText.report(RuleCalibration(rules, rows)),
        ].joined(separator: "\n")
    }

    @Test func writesTheReports() throws {
        #expect(text == (try golden("review.txt")))
        for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
}
