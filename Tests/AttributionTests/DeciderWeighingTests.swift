import Connections
import Primitives
import Testing

@testable import Attribution

/// The decision step by step (docs/method.md, section 3): origins, strengths, verdict and near misses.
@Suite struct DeciderWeighingTests {
    private func funded(_ id: String) -> Stated { Stated("grant", "grant-\(id)", .fundedBy) }

    // MARK: Steps 7 and 8: origins

    private func twoIdentifiers(_ first: String, _ second: String) -> Connection {
        connection("a") {
            $0.identifiers = [
                ConnectionIdentifier(scheme: "grant", id: "g", origin: first),
                ConnectionIdentifier(scheme: "venue", id: "v", origin: second),
            ]
        }
    }

    @Test func step7OneOriginCountsOnceByItsStrongest() throws {
        let told = try Bench([twoIdentifiers("contract 7", "contract 7")])
            .decide(Stated("venue", "v", .deliveredAt), Stated("grant", "g", .fundedBy))
        #expect(told.strength == 9000)
        #expect(told.evidence == ["a reference/funded-by T1 funded-by 9000 [0,1] contract 7"])
    }

    @Test func step7TheSameGrantInTwoFieldsCountsOnceByTheFirst() throws {
        let told = try Bench([connection("a")]).decide(funded("a"), funded("a"))
        #expect(told.strength == 9000)
        #expect(told.evidence == ["a reference/funded-by T1 funded-by 9000 [0,0] grant:grant-a"])
    }

    @Test func step7ADocumentaryReasonStandsForACircumstantialOneOfItsOrigin() throws {
        let told = try Bench([connection("a")]).decide(Stated("grant", "grant-a", nil), funded("a"))
        #expect(told.verdict == "enabled")
        #expect(told.evidence == ["a reference/funded-by T1 funded-by 9000 [0,1] grant:grant-a"])
        #expect(told.nearMisses == ["a circumstantial no-mechanism"])
    }

    @Test func step8DistinctOriginsCombine() throws {
        let told = try Bench([twoIdentifiers("contract 7", "contract 8")])
            .decide(Stated("venue", "v", .deliveredAt), Stated("grant", "g", .convenedBy))
        // 1 - 0.2 · 0.5
        #expect(told.strength == 9000)
        #expect(told.credit == ["a 7105"])
        #expect(
            told.evidence == [
                "a reference/delivered-at T1 delivered-at 8000 [0,0] contract 8",
                "a reference/convened-by T1 convened-by 5000 [0,1] contract 7",
            ])
    }

    @Test func step8CircumstantialReasonsAreNeverAdded() throws {
        let told = try Bench([connection("a"), connection("b")])
            .decide(Stated("grant", "grant-a", .convenedBy), Stated("grant", "grant-b", nil))
        #expect(told.strength == 5000)
        #expect(told.verdict == "contributed")
        #expect(told.tier == "T1")
        #expect(told.credit == ["a 5000"])
        #expect(told.domestic == 5000)
        #expect(told.evidence.count == 2)
    }

    // MARK: Step 9: the decision

    @Test func step9TwoContributionsTogetherEnable() throws {
        let told = try Bench([connection("a"), connection("b")])
            .decide(Stated("grant", "grant-a", .trainedUnder), Stated("grant", "grant-b", .convenedBy))
        #expect(told.strength == 8000)
        #expect(told.verdict == "enabled")
        #expect(told.credit.map { String($0.prefix(1)) } == ["a", "b"])
    }

    @Test func step9ThresholdsIncludeTheirValue() throws {
        let old = "thresholds:\n  enabled: 0.80\n  contributed: 0.50"
        for (enabled, contributed, verdict) in [
            ("0.9", "0.5", "enabled"), ("0.9001", "0.9", "contributed"), ("0.9001", "0.9001", "domestic"),
        ] {
            let new = "thresholds:\n  enabled: \(enabled)\n  contributed: \(contributed)"
            let bench = try Bench([connection("a")], rules: rules(replacing: old, with: new))
            #expect(bench.decide(funded("a")).verdict == verdict)
        }
    }

    @Test func step9BelowTheLowerThresholdItIsDomesticWithANearMiss() throws {
        let weak = try rules(
            replacing: "mechanism: convened-by\n    strength: 0.50", with: "mechanism: convened-by\n    strength: 0.49")
        let told = try Bench([connection("a")], rules: weak).decide(Stated("grant", "grant-a", .convenedBy))
        #expect(told.verdict == "domestic")
        #expect(told.tier == nil)
        #expect(told.strength == 4900)
        #expect(told.credit == [])
        #expect(told.domestic == 10_000)
        #expect(told.nearMisses == ["a reference/convened-by below-threshold"])
    }

    @Test func step9OnlyCircumstantialReasonsAbstain() throws {
        let told = try Bench([connection("a"), connection("b") { $0.status = .proposed }])
            .decide(Stated("grant", "grant-a", nil), funded("b"))
        #expect(told.verdict == "abstained")
        #expect(told.tier == "T3")
        #expect(told.strength == 0)
        #expect(told.domestic == 10_000)
        #expect(told.credit == [])
        #expect(told.evidence.count == 2)
    }

    @Test func step9AWithdrawalDecidesNothing() throws {
        let bench = try Bench([connection("a")])
        var outcome = Outcome()
        outcome.occurredOn = CivilDate("2026-03-04")
        outcome.isRetracted = true
        var decision = Decision()
        let decider = Decider(rules: bench.rules, registry: bench.registry, department: "housing")
        decider.decide(outcome, bench.candidates([funded("a")]), into: &decision)
        let told = Told(decision, bench.registry, bench.rules)
        #expect(told.verdict == "retracted")
        #expect(told.tier == nil)
        #expect(told.evidence == [] && told.credit == [] && told.nearMisses == [])
    }

    @Test func domesticStrengthByType() throws {
        let own = try rules(replacing: "types: {}", with: "types: {shelter: 0.90, clinic: 0.10}")
        let bench = try Bench([connection("a")], rules: own)
        #expect(bench.decide(funded("a"), type: "shelter").credit == ["a 5000"])
        #expect(bench.decide(funded("a"), type: "park").credit == ["a 7105"])
        let clinic = bench.decide(funded("a"), type: "clinic")
        // 0.9 · (1 - 0.05) = 0.855 of 0.91
        #expect(clinic.credit == ["a 9396"])
        #expect(clinic.domestic == 604)
    }

    // MARK: Step 10: near misses

    @Test func step10NearMissesAreKeptBesideCredit() throws {
        let told = try Bench([connection("a"), connection("b") { $0.until = PartialDate("2020") }])
            .decide(funded("b"), funded("a"))
        #expect(told.verdict == "enabled")
        #expect(told.nearMisses == ["b reference/funded-by ended 2020-12-31"])
    }

    @Test func ofTooManyReasonsEachConnectionWithCreditKeepsItsBest() throws {
        let many = connection("a") { row in
            row.identifiers = (0..<100).map { ConnectionIdentifier(scheme: "grant", id: "g\($0)", origin: "o\($0)") }
        }
        let bench = try Bench([many, connection("z")])
        var candidates = bench.candidates((0..<100).map { Stated("grant", "g\($0)", .convenedBy) })
        candidates += bench.candidates([funded("z")])
        let told = bench.decide(candidates)
        #expect(told.evidence.count == Decider.listedMax)
        #expect(told.credit.map { $0.split(separator: " ")[0] } == ["a", "z"])
        #expect(told.evidence.last == "z reference/funded-by T1 funded-by 9000 [0,0] grant:grant-z")
    }
}
