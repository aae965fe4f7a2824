import Primitives
import Testing
import YAML

@testable import Evaluation

/// A claim of a rule.
func claim(_ outcome: String, _ rule: String = "r", _ strength: Int = 9000, origins: Int = 1) -> Claim {
    Claim(outcome: outcome, connection: "c", rule: rule, strength: strength, origins: origins, event: "t:0:1")
}

@Suite struct SampleAllocationTests {
    @Test(arguments: [
        ([50, 30, 20], 10, 0, [5, 3, 2]), ([10, 10, 10], 10, 0, [4, 3, 3]), ([90, 9, 1], 10, 2, [7, 2, 1]),
        ([100, 3, 3], 10, 5, [5, 3, 3]), ([3, 4], 100, 1, [3, 4]), ([5, 5], 0, 0, [0, 0]), ([], 5, 1, []),
        ([1000, 10, 10], 30, 5, [20, 5, 5]), ([4, 4], 3, 3, [3, 3]),
    ])
    func sharesProportionallyWithALeast(_ populations: [Int], _ total: Int, _ least: Int, _ expected: [Int]) {
        #expect(SampleAllocation.sizes(of: populations, total: total, least: least) == expected)
    }

    @Test func keepsItsBounds() {
        for seed in UInt64(0)..<500 {
            var random = SplitMix64(seed: seed)
            let populations = (0..<random.within(1...8)).map { _ in random.within(1...60) }
            let (total, least) = (random.below(200), random.below(10))
            let sizes = SampleAllocation.sizes(of: populations, total: total, least: least)
            let floor = zip(populations, sizes).map { min($0.0, least) }
            #expect(zip(populations, sizes).allSatisfy { $1 <= $0 }, "seed \(seed)")
            #expect(zip(floor, sizes).allSatisfy { $0 <= $1 }, "seed \(seed)")
            let expected = max(min(total, populations.reduce(0, +)), floor.reduce(0, +))
            #expect(sizes.reduce(0, +) == expected, "seed \(seed): \(populations) \(total) \(least) \(sizes)")
        }
    }
}

@Suite struct ReviewSampleTests {
    private let claims =
        (0..<80).map { claim("a\($0)", "reference/funded-by", 9000) }
        + (0..<15).map { claim("b\($0)", "reference/funded-by", 9500 + $0) }
        + (0..<40).map { claim("c\($0)", "named/x", 5000) }
        + [claim("d0", "rare", 8000)]

    @Test func drawsByRuleAndStrength() {
        let sample = ReviewSample(of: claims, size: 34, atLeast: 2, seed: 5)
        #expect(sample.strata.map(\.name) == ["named/x 0.5-0.6", "rare 0.8-0.9", "reference/funded-by 0.9-1.0"])
        #expect(sample.strata.map(\.drawn) == [Proportion(10, of: 40), Proportion(1, of: 1), Proportion(23, of: 95)])
        #expect(sample.rows.count == 34)
        #expect(sample.rows.first { $0.claim.rule == "named/x" }?.probability == 0.25)
    }

    @Test func comesAgainWithItsSeedWhateverTheOrder() {
        var random = SplitMix64(seed: 1)
        let first = ReviewSample(of: claims, size: 34, atLeast: 2, seed: 5)
        #expect(ReviewSample(of: claims.shuffled(using: &random), size: 34, atLeast: 2, seed: 5).rows == first.rows)
        #expect(ReviewSample(of: claims, size: 34, atLeast: 2, seed: 6).rows != first.rows)
        let more = ReviewSample(of: claims, size: 60, atLeast: 2, seed: 5)
        #expect(Set(more.rows.map(\.claim)).isSuperset(of: first.rows.map(\.claim)))
    }

    @Test func drawsEachClaimAboutAsOftenAsItsProbability() {
        var drawn: [String: Int] = [:]
        for seed in UInt64(0)..<400 {
            for row in ReviewSample(of: claims, size: 34, atLeast: 2, seed: seed).rows {
                drawn[row.claim.outcome, default: 0] += 1
            }
        }
        // Of 400 draws at 0.25, 100 with a standard deviation of 8.7; five of them.
        for place in 0..<40 { #expect((57...143).contains(drawn["c\(place)"] ?? 0), "c\(place)") }
        #expect(drawn["d0"] == 400)
    }

    @Test func writesRowsThatReadBack() throws {
        let sample = ReviewSample(of: claims, size: 10, atLeast: 1, seed: 5)
        let result = ReviewFile.read(Array(sample.lines.utf8), file: "sample.ndjson")
        #expect(result.findings.isEmpty && result.rows == sample.rows, "\(result.findings)")
        let one = ReviewSample(of: [claim("k", "reference/funded-by", 9000)], size: 1, atLeast: 1, seed: 0).lines
        #expect(
            one == #"{"outcome":"k","connection":"c","rule":"reference/funded-by","strength":0.9,"origins":1,"event":"#
                + #""t:0:1","stratum":"reference/funded-by 0.9-1.0","probability":1,"upheld":null,"reviewer":null,"#
                + #""remark":null}"# + "\n")
        var filled = sample.rows[0]
        (filled.isUpheld, filled.reviewer, filled.remark) = (false, "R. Okafor", "")
        #expect(ReviewSample.lines([filled]).contains(#""upheld":false,"reviewer":"R. Okafor","remark":"""#))
    }
}

@Suite struct ReviewFileTests {
    private func row(_ name: String = "", _ value: String = "") -> String {
        var members = [
            ("outcome", #""k1""#), ("connection", #""c""#), ("rule", #""r""#), ("strength", "0.9"), ("origins", "1"),
            ("probability", "0.5"), ("upheld", "true"), ("reviewer", #""A""#), ("remark", "\"\(canary)\""),
        ]
        members.removeAll { $0.0 == name }
        if !value.isEmpty { members.append((name, value)) }
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    @Test(arguments: [
        ("upheld", #""yes""#, "expected true or false"), ("reviewer", "null", "expected who decided"),
        ("probability", "0", "expected a number from 0.000000001 to 1"),
        ("probability", "1.5", "expected a number from"),
        ("strength", #""strong""#, "expected a number from"), ("origins", "0", "expected a whole number from 1"),
        ("outcome", "", "the key is missing"),
    ])
    func saysWhereAndWhatWasExpected(_ name: String, _ value: String, _ message: String) {
        let lines = row("outcome", #""k0""#) + "\n" + row(name, value)
        let result = ReviewFile.read(Array(lines.utf8), file: "reviewed.ndjson")
        #expect(result.rows == nil && result.findings.count == 1, "\(result.findings)")
        let finding = result.findings.first?.description ?? ""
        #expect(finding.hasPrefix("reviewed.ndjson:2: \(name): ") && finding.contains(message), "\(finding)")
        #expect(!finding.contains("CANARY"))
    }

    @Test func takesEachClaimOnce() {
        let result = ReviewFile.read(Array("\(row())\n\(row("connection", #""d""#))\n\(row())".utf8), file: "r")
        #expect(
            result.findings.map(\.description) == ["r:3: outcome: expected each claim once; line 1 has the same one"])
        #expect(ReviewFile.read([], file: "r").findings.count == 1)
    }

    @Test func withstandsBrokenLines() {
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            var broken = Array((row() + "\n" + row("connection", #""d""#)).utf8)
            for _ in 0...random.below(4) { broken[random.below(broken.count)] = UInt8(random.below(256)) }
            let result = ReviewFile.read(broken, file: "r")
            #expect((result.rows == nil) == result.findings.contains { $0.severity == .error }, "seed \(seed)")
            #expect(result.findings.allSatisfy { !$0.message.contains("CANARY") }, "seed \(seed)")
            let quality = ClaimQuality(result.rows ?? [], of: records([]).set)
            #expect(!ReviewText.report(quality).contains("CANARY"), "seed \(seed)")
        }
    }
}
