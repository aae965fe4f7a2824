import Connections
import Primitives
import Testing

@testable import Attribution

/// The decision step by step (docs/method.md, section 3): candidates, validity, scope, mechanism and tier.
@Suite struct DeciderTests {
    private func funded(_ id: String) -> Stated { Stated("grant", "grant-\(id)", .fundedBy) }

    // MARK: Step 2: candidates

    @Test func step2AKnownIdentifierMakesACandidate() throws {
        let told = try Bench([connection("a")]).decide(funded("a"))
        #expect(told.verdict == "enabled")
        #expect(told.tier == "T1")
        #expect(told.strength == 9000)
        #expect(told.credit == ["a 7105"])
        #expect(told.domestic == 2895)
        #expect(told.evidence == ["a reference/funded-by T1 funded-by 9000 [0,0] grant:grant-a"])
        #expect(told.nearMisses == [])
    }

    @Test func step2AnUnknownIdentifierIsNothing() throws {
        let bench = try Bench([connection("a")])
        for stated in [
            Stated("grant", "grant-b", .fundedBy), Stated("venue", "grant-a", .fundedBy),
            Stated("grant", "GRANT-A", .fundedBy), Stated("grant", "", .fundedBy), Stated("", "grant-a", .fundedBy),
        ] {
            let told = bench.decide(stated)
            #expect(told.verdict == "domestic")
            #expect(told.tier == nil)
            #expect(told.domestic == 10_000)
            #expect(told.credit == [] && told.evidence == [] && told.nearMisses == [])
        }
    }

    @Test func step2TheConnectionsOwnIdIsAnIdentifier() throws {
        let told = try Bench([connection("sat:network:c40")]).decide(Stated("connection", "sat:network:c40", .fundedBy))
        #expect(told.credit == ["sat:network:c40 7105"])
        #expect(
            told.evidence == [
                "sat:network:c40 reference/funded-by T1 funded-by 9000 [0,0] connection:sat:network:c40"
            ])
    }

    @Test func withoutCandidatesADecisionIsDomestic() throws {
        let told = try Bench([connection("a")]).decide()
        #expect(told.verdict == "domestic")
        #expect(told.domestic == 10_000)
    }

    // MARK: Step 3: valid then

    @Test func step3AYearBeginsOnTheFirstOfJanuary() throws {
        let bench = try Bench([connection("a") { $0.since = PartialDate("2010") }])
        #expect(bench.decide(funded("a"), on: "2010-01-01").verdict == "enabled")
        let before = bench.decide(funded("a"), on: "2009-12-31")
        #expect(before.verdict == "domestic")
        #expect(before.evidence == [])
        #expect(before.nearMisses == ["a reference/funded-by not-started 2010-01-01"])
    }

    @Test func step3AMonthBeginsOnItsFirstDay() throws {
        let bench = try Bench([connection("a") { $0.since = PartialDate("2010-05") }])
        #expect(bench.decide(funded("a"), on: "2010-05-01").verdict == "enabled")
        #expect(
            bench.decide(funded("a"), on: "2010-04-30").nearMisses == [
                "a reference/funded-by not-started 2010-05-01"
            ])
    }

    @Test func step3AnEndHoldsToItsLastDay() throws {
        let bench = try Bench([connection("a") { $0.until = PartialDate("2020") }])
        #expect(bench.decide(funded("a"), on: "2020-12-31").verdict == "enabled")
        let after = bench.decide(funded("a"), on: "2021-01-01")
        #expect(after.verdict == "domestic")
        #expect(after.evidence == [])
        #expect(after.nearMisses == ["a reference/funded-by ended 2020-12-31"])
    }

    @Test func step3AttestedFromStandsForAnUnknownStart() throws {
        let bench = try Bench([
            connection("a") {
                $0.since = nil
                $0.attestedFrom = PartialDate("2019-06-15")
            }
        ])
        #expect(bench.decide(funded("a"), on: "2019-06-15").verdict == "enabled")
        #expect(
            bench.decide(funded("a"), on: "2019-06-14").nearMisses == [
                "a reference/funded-by not-started 2019-06-15"
            ])
    }

    @Test func step3AKnownStartGoesBeforeAttestedFrom() throws {
        let bench = try Bench([connection("a") { $0.attestedFrom = PartialDate("2019-06-15") }])
        #expect(bench.decide(funded("a"), on: "2005-01-01").verdict == "enabled")
    }

    @Test func step3WithNeitherItIsUnverified() throws {
        let told = try Bench([connection("a") { $0.since = nil }]).decide(funded("a"))
        #expect(told.verdict == "abstained")
        #expect(told.tier == "T3")
        #expect(told.nearMisses == ["a reference/funded-by unverified"])
    }

    @Test func step3AnIdentifierIsValidForItsOwnTime() throws {
        let bench = try Bench([
            connection("a") {
                $0.identifiers = [
                    ConnectionIdentifier(
                        scheme: "grant", id: "grant-a", from: PartialDate("2020-07"), until: PartialDate("2021"))
                ]
            }
        ])
        #expect(bench.decide(funded("a"), on: "2020-07-01").verdict == "enabled")
        #expect(bench.decide(funded("a"), on: "2021-12-31").verdict == "enabled")
        #expect(
            bench.decide(funded("a"), on: "2020-06-30").nearMisses == [
                "a reference/funded-by not-started 2020-07-01"
            ])
        #expect(bench.decide(funded("a"), on: "2022-01-01").nearMisses == ["a reference/funded-by ended 2021-12-31"])
    }

    @Test func step3WhatTheCityDidNotKnowYetIsNothing() throws {
        let row = connection("a") { $0.recordedOn = CivilDate("2025-01-01") }
        let whole = Registry(connections: [row], digest: "test")
        let rules = try defaultRules()
        for (asOf, verdict) in [("2024-12-31", "domestic"), ("2025-01-01", "enabled")] {
            let bench = try Bench(whole.asOf(day(asOf)).connections, rules: rules)
            #expect(bench.decide(funded("a"), on: "2024-06-01").verdict == verdict)
        }
    }

    // MARK: Step 4: in scope and verified

    @Test func step4OutOfScopeGivesNothing() throws {
        let bench = try Bench([connection("a") { $0.departments = ["health", "transport"] }])
        let told = bench.decide(funded("a"))
        #expect(told.verdict == "domestic")
        #expect(told.evidence == [])
        #expect(told.nearMisses == ["a reference/funded-by out-of-scope"])
        let health = try Bench([connection("a") { $0.departments = ["health", "transport"] }], department: "health")
        #expect(health.decide(funded("a")).verdict == "enabled")
    }

    @Test(arguments: [ConnectionStatus.unverified, .proposed])
    func step4UnverifiedAndProposedAreCircumstantialAtMost(status: ConnectionStatus) throws {
        let told = try Bench([connection("a") { $0.status = status }]).decide(funded("a"))
        #expect(told.verdict == "abstained")
        #expect(told.tier == "T3")
        #expect(told.strength == 0)
        #expect(told.credit == [])
        #expect(told.domestic == 10_000)
        #expect(told.evidence == ["a circumstantial T3 funded-by 2000 [0,0] grant:grant-a"])
        #expect(told.nearMisses == ["a reference/funded-by \(status.rawValue)"])
    }

    @Test func step4ARowThatNobodyVerifiedIsCircumstantialAtMost() throws {
        let told = try Bench([connection("a") { $0.verified = false }]).decide(funded("a"))
        #expect(told.verdict == "abstained")
        #expect(told.nearMisses == ["a reference/funded-by unverified"])
    }

    @Test func step4EndedWithoutADateGivesNothing() throws {
        let told = try Bench([connection("a") { $0.status = .ended }]).decide(funded("a"))
        #expect(told.verdict == "domestic")
        #expect(told.evidence == [])
        #expect(told.nearMisses == ["a reference/funded-by ended"])
    }

    @Test func step4EndedWithADateHoldsBefore() throws {
        let bench = try Bench([
            connection("a") {
                $0.status = .ended
                $0.until = PartialDate("2020-03-31")
            }
        ])
        #expect(bench.decide(funded("a"), on: "2020-03-31").verdict == "enabled")
        #expect(bench.decide(funded("a"), on: "2020-04-01").nearMisses == ["a reference/funded-by ended 2020-03-31"])
    }

    @Test func step4DormantIsInForce() throws {
        #expect(try Bench([connection("a") { $0.status = .dormant }]).decide(funded("a")).verdict == "enabled")
    }

    // MARK: Steps 5 and 6: mechanism and tier

    @Test func step5WithoutAMechanismAMatchIsCircumstantial() throws {
        let told = try Bench([connection("a")]).decide(Stated("grant", "grant-a", nil))
        #expect(told.verdict == "abstained")
        #expect(told.tier == "T3")
        #expect(told.evidence == ["a circumstantial T3 - 2000 [0,0] grant:grant-a"])
        #expect(told.nearMisses == ["a circumstantial no-mechanism"])
    }

    @Test(arguments: ["agreement", "grant", "programme", "venue", "partner"])
    func step6DocumentarySchemes(scheme: String) throws {
        let bench = try Bench([connection("a") { $0.identifiers = [ConnectionIdentifier(scheme: scheme, id: "1")] }])
        #expect(bench.decide(Stated(scheme, "1", .fundedBy)).tier == "T1")
    }

    @Test func step6AnotherSchemeIsCircumstantial() throws {
        let bench = try Bench([connection("a") { $0.identifiers = [ConnectionIdentifier(scheme: "web", id: "1")] }])
        let told = bench.decide(Stated("web", "1", .fundedBy))
        #expect(told.verdict == "abstained")
        #expect(told.evidence == ["a circumstantial T3 funded-by 2000 [0,0] web:1"])
        #expect(told.nearMisses == ["a reference/funded-by scheme-not-documentary"])
    }

    @Test(
        arguments: [
            (Mechanism.fundedBy, 9000, "enabled"), (.donatedBy, 9000, "enabled"), (.deliveredAt, 8000, "enabled"),
            (.staffedBy, 8000, "enabled"), (.trainedUnder, 6000, "contributed"), (.designedFrom, 6000, "contributed"),
            (.convenedBy, 5000, "contributed"),
        ])
    func step6StrengthByMechanism(mechanism: Mechanism, strength: Int, verdict: String) throws {
        let told = try Bench([connection("a")]).decide(Stated("grant", "grant-a", mechanism))
        #expect(told.strength == strength)
        #expect(told.verdict == verdict)
        #expect(
            told.evidence == [
                "a reference/\(mechanism.name) T1 \(mechanism.name) \(strength) [0,0] grant:grant-a"
            ])
    }
}
