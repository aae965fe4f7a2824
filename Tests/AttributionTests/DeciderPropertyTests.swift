import Connections
import Primitives
import Testing

@testable import Attribution

/// What holds of every decision.
@Suite struct DeciderPropertyTests {
    @Test func ofTwentyConnectionsTheSixteenStrongestShare() throws {
        let bench = try Bench((10..<30).map { connection("c\($0)") })
        let references = (10..<30).map { number in
            // The weak ones stand first, so that their place does not save them.
            Stated("grant", "grant-c\(number)", number < 14 ? .convenedBy : .fundedBy)
        }
        let told = bench.decide(bench.candidates(references))
        #expect(told.verdict == "enabled")
        #expect(told.credit.count == 20)
        #expect(told.credit == told.credit.sorted())
        #expect(told.credit.prefix(4) == ["c10 0", "c11 0", "c12 0", "c13 0"])
        let shares = told.credit.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(shares.dropFirst(4).allSatisfy { $0 > 0 })
        #expect(shares.reduce(0, +) + told.domestic == 10_000)
    }

    @Test func ofEqualOnesTheFirstSixteenByIdShare() throws {
        let bench = try Bench((10..<30).map { connection("c\($0)") })
        let references = (10..<30).map { Stated("grant", "grant-c\($0)", .fundedBy) }
        let told = bench.decide(bench.candidates(references.reversed()))
        #expect(told.credit.filter { $0.hasSuffix(" 0") } == ["c26 0", "c27 0", "c28 0", "c29 0"])
    }

    @Test func connectionsMaxOfTheRules() throws {
        let two = try rules(replacing: "connections_max: 16", with: "connections_max: 2")
        let bench = try Bench([connection("a"), connection("b"), connection("c")], rules: two)
        let told = bench.decide(
            Stated("grant", "grant-a", .convenedBy), Stated("grant", "grant-b", .fundedBy),
            Stated("grant", "grant-c", .fundedBy))
        #expect(told.credit.first == "a 0")
        #expect(told.credit.count == 3)
    }

    @Test func theOrderOfCandidatesDoesNotMatter() throws {
        try forRandomCases(seed: 9100) { bench, candidates, generator, label in
            let told = bench.decide(candidates)
            for _ in 0..<3 {
                #expect(bench.decide(candidates.shuffled(using: &generator)) == told, "\(label)")
            }
        }
    }

    @Test func theOrderOfMechanismsReadInOneFieldDoesNotMatter() throws {
        let bench = try Bench([connection("a") { $0.status = .proposed }])
        // Another source of matches may find two mechanisms in one sentence.
        let candidates = ([nil] + Mechanism.allCases.map { $0 }).flatMap { mechanism in
            bench.candidates([Stated("grant", "grant-a", mechanism)])
        }
        let told = bench.decide(candidates)
        #expect(told.evidence == ["a circumstantial T3 funded-by 2000 [0,0] grant:grant-a"])
        #expect(bench.decide(candidates.reversed()) == told)
    }

    @Test func aCandidateTwiceChangesNothing() throws {
        try forRandomCases(seed: 9200) { bench, candidates, generator, label in
            let more = candidates + candidates.filter { _ in Bool.random(using: &generator) }
            #expect(bench.decide(more) == bench.decide(candidates), "\(label)")
        }
    }

    @Test func anUnrelatedConnectionChangesNothingButIndexes() throws {
        let seed: UInt64 = 9300
        var generator = SplitMix64(seed: seed)
        for round in 0..<200 {
            let connections = randomConnections(&generator)
            let references = randomReferences(&generator)
            // Ids before, between and behind the others.
            let more = connections + ["a0", "c2x", "z"].map { connection($0) }
            let few = try Bench(connections)
            let many = try Bench(more)
            let told = few.decide(few.candidates(references))
            #expect(many.decide(many.candidates(references)) == told, "seed \(seed), round \(round)")
        }
    }

    @Test func sharesSumToTheWholeAndFollowTheVerdict() throws {
        try forRandomCases(seed: 9400) { bench, candidates, _, label in
            let told = bench.decide(candidates)
            let shares = told.credit.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
            #expect(shares.count == told.credit.count, "\(label)")
            #expect(shares.reduce(0, +) + told.domestic == 10_000, "\(label)")
            switch told.verdict {
            case "enabled": #expect(told.strength >= 8000 && !shares.isEmpty, "\(label)")
            case "contributed": #expect((5000..<8000).contains(told.strength) && !shares.isEmpty, "\(label)")
            default: #expect(shares.isEmpty && told.domestic == 10_000, "\(label)")
            }
            if told.verdict == "abstained" { #expect(!told.evidence.isEmpty && told.strength == 0, "\(label)") }
        }
    }

    @Test func aDecisionIsUsedAgain() throws {
        let bench = try Bench([connection("a"), connection("b") { $0.until = PartialDate("2020") }])
        let decider = Decider(rules: bench.rules, registry: bench.registry, department: "housing")
        var outcome = Outcome()
        outcome.occurredOn = CivilDate("2026-03-04")
        var decision = Decision()
        decider.decide(
            outcome,
            bench.candidates([Stated("grant", "grant-a", .fundedBy), Stated("grant", "grant-b", .fundedBy)]),
            into: &decision)
        decider.decide(outcome, [], into: &decision)
        #expect(Told(decision, bench.registry, bench.rules) == bench.decide())
    }

    @Test func listsAreBounded() throws {
        let bench = try Bench((100..<200).map { connection("c\($0)") { $0.status = .proposed } })
        let told = bench.decide(bench.candidates((100..<200).map { Stated("grant", "grant-c\($0)", .fundedBy) }))
        #expect(told.verdict == "abstained")
        #expect(told.evidence.count == Decider.listedMax)
        #expect(told.nearMisses.count == Decider.listedMax)
        #expect(told.evidence.first?.hasPrefix("c100 ") == true)
    }

    // MARK: Random cases

    private func forRandomCases(
        seed: UInt64, _ body: (Bench, [Candidate], inout SplitMix64, String) -> Void
    ) throws {
        var generator = SplitMix64(seed: seed)
        let rules = try defaultRules()
        for round in 0..<200 {
            let bench = try Bench(randomConnections(&generator), rules: rules)
            body(bench, bench.candidates(randomReferences(&generator)), &generator, "seed \(seed), round \(round)")
        }
    }

    /// Connections c1 to c6 in all conditions, each with three identifiers of two origins.
    private func randomConnections(_ generator: inout SplitMix64) -> [Connection] {
        (1...6).map { number in
            connection("c\(number)") { row in
                row.status = ConnectionStatus.allCases.randomElement(using: &generator) ?? .active
                row.verified = Int.random(in: 0..<5, using: &generator) > 0
                row.until = Int.random(in: 0..<4, using: &generator) == 0 ? PartialDate("2025") : nil
                row.departments = Int.random(in: 0..<5, using: &generator) == 0 ? ["health"] : nil
                row.identifiers = [
                    ConnectionIdentifier(scheme: "grant", id: "grant-c\(number)", origin: "one"),
                    ConnectionIdentifier(scheme: "venue", id: "venue-c\(number)", origin: "two"),
                    ConnectionIdentifier(scheme: "web", id: "web-c\(number)", origin: "one"),
                ]
            }
        }
    }

    private func randomReferences(_ generator: inout SplitMix64) -> [Stated] {
        (0..<Int.random(in: 0...10, using: &generator)).map { _ in
            let scheme = ["grant", "venue", "web", "connection"].randomElement(using: &generator) ?? "grant"
            let id = "c\(Int.random(in: 1...7, using: &generator))"
            let mechanism = Int.random(in: 0..<4, using: &generator) == 0 ? nil : Mechanism.allCases
            return Stated(
                scheme, scheme == "connection" ? id : "\(scheme)-\(id)", mechanism?.randomElement(using: &generator))
        }
    }
}
