import Evaluation
import FoundationEssentials
import Primitives
import Testing
import YAML

/// An attribution record as one line.
func record(
    _ key: String, _ decision: String = "enabled", revision: String = "00000000000000000001",
    evidence: [(connection: String, rule: String, tier: String, strength: String, origin: String)] = [],
    type: String = "org.city.attribution.v1"
) -> String {
    let evidence = evidence.map {
        #"{"connection":"\#($0.connection)","rule":"\#($0.rule)","tier":"\#($0.tier)","field":"$.a","strength":"#
            + #"\#($0.strength),"origin":"\#($0.origin)"}"#
    }
    return #"{"specversion":"1.0","type":"\#(type)","data":{"outcome":{"key":"\#(key)","revision":"\#(revision)"},"#
        + #""decision":"\#(decision)","evidence":[\#(evidence.joined(separator: ","))],"#
        + #""provenance":{"topic":"city.housing.events","partition":3,"offset":812}}}"#
}

/// The records of lines, and what is wrong with them.
func records(_ lines: [String]) -> (set: RecordSet, faults: [String]) {
    var set = RecordSet(file: "records.ndjson")
    var faults: [String] = []
    for (index, line) in lines.enumerated() {
        Array(line.utf8).withUnsafeBytes { bytes in
            if let finding = set.take(bytes, number: index + 1) { faults.append(finding.description) }
        }
    }
    return (set, faults)
}

@Suite struct RecordSetTests {
    @Test func makesAClaimOfEachConnectionWithReasons() {
        let set = records([
            record(
                "k1",
                evidence: [
                    ("b", "named/funded-by", "T2", "0.8", "o1"), ("b", "reference/convened-by", "T1", "0.5", "o2"),
                    ("a", "reference/funded-by", "T1", "0.9", "o3"), ("a", "circumstantial", "T3", "0.2", "o4"),
                    ("c", "circumstantial", "T3", "0.2", "o5"),
                ]), record("k2", "abstained", evidence: [("a", "circumstantial", "T3", "0.2", "o")]),
            record("k3", "domestic"), "", record("k4", "retracted", revision: ""),
        ]).set
        let event = "city.housing.events:3:812"
        #expect(
            set.claims == [
                Claim(
                    outcome: "k1", connection: "a", rule: "reference/funded-by", strength: 9000, origins: 1,
                    event: event),
                // 1 - 0.2 · 0.5, under the rule of the better tier.
                Claim(
                    outcome: "k1", connection: "b", rule: "reference/convened-by", strength: 9000, origins: 2,
                    event: event),
            ])
        #expect(set.abstained == Proportion(1, of: 3) && set.onOneOrigin == Proportion(1, of: 2))
    }

    @Test func countsReasonsOfOneOriginOnce() {
        let evidence = [("a", "x", "T1", "0.5", "o"), ("a", "y", "T1", "0.6", "o")]
        let claims = records([record("k", evidence: evidence)]).set.claims
        #expect(claims.map(\.strength) == [6000] && claims.map(\.origins) == [1] && claims.map(\.rule) == ["y"])
        #expect(claims.map(\.stratum) == ["y 0.6-0.7"])
    }

    @Test func theHighestRevisionCounts() {
        let claim = [("a", "x", "T1", "0.9", "o")]
        func claims(_ lines: String...) -> Int { records(lines).set.claims.count }
        #expect(claims(record("k", revision: "02", evidence: claim), record("k", "domestic", revision: "01")) == 1)
        #expect(claims(record("k", "domestic", revision: "01"), record("k", revision: "02", evidence: claim)) == 1)
        #expect(claims(record("k", revision: "01", evidence: claim), record("k", "domestic", revision: "01")) == 0)
        // A tombstone has no revision and counts by its place.
        #expect(claims(record("k", revision: "02", evidence: claim), record("k", "retracted", revision: "")) == 0)
        #expect(claims(record("k", "retracted", revision: ""), record("k", revision: "01", evidence: claim)) == 1)
    }

    @Test func saysWhichMemberIsNotAsExpected() {
        let bad = [
            "{", #"{"type":"org.city.attribution.v1","data":{}}"#, record("k", type: "other"), record("k", "sure"),
            record("k", evidence: [("a", "x", "T1", "1.5", "CANARY")]), "[]",
        ]
        let result = records(bad)
        #expect(result.faults.count == 6 && result.set.claims.isEmpty)
        let keys = ["", "data.outcome.key: ", "type: ", "data.decision: ", "data.evidence: ", "data.outcome.key: "]
        for (index, fault) in result.faults.enumerated() {
            #expect(fault.hasPrefix("records.ndjson:\(index + 1): \(keys[index])"), "\(fault)")
            #expect(!fault.contains("CANARY"))
        }
    }

    @Test func readsTheExamplesOfTheSchema() throws {
        let folder = path("schemas/examples/attribution-record/valid")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for name in names {
            let result = records([String(decoding: try bytes(of: "\(folder)/\(name)"), as: UTF8.self)])
            #expect(result.faults.isEmpty, "\(name): \(result.faults)")
            if name.hasPrefix("two") { #expect(result.set.claims.map(\.strength) == [8000, 6000]) }
        }
    }

    @Test func withstandsBrokenLines() {
        let whole = Array(record("k", evidence: [("CANARY", "x", "T1", "0.9", "CANARY")]).utf8)
        for seed in UInt64(0)..<300 {
            var random = SplitMix64(seed: seed)
            var broken = whole
            for _ in 0...random.below(4) { broken[random.below(broken.count)] = UInt8(random.below(256)) }
            let result = records([String(decoding: broken, as: UTF8.self)])
            #expect(result.faults.allSatisfy { !$0.contains("CANARY") }, "seed \(seed)")
            #expect(result.set.claims.allSatisfy { (0...10_000).contains($0.strength) }, "seed \(seed)")
        }
    }
}
