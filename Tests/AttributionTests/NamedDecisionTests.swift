import Connections
import Narrative
import Primitives
import Testing

@testable import Attribution

/// Partners by name: tiers, second sources and what keeps a name from counting.
@Suite struct NamedDecisionTests {
    /// A candidate by a name of a connection, as `NameMatcher` makes it.
    private func named(
        _ bench: Bench, _ id: String, _ mechanism: Mechanism?, _ certainty: TextStatement.Certainty = .beyondDoubt,
        _ obstacle: Obstacle? = nil, element: Int = 0
    ) throws -> Candidate {
        let index = try #require(bench.registry.connection(id: id))
        return Candidate(
            connection: index, kind: .named(certainty, obstacle), mechanism: mechanism,
            field: FieldReference(path: 1, element: element), identifier: bench.registry.names[index])
    }

    private func bench(activities: [Activity] = [], _ change: (inout Connection) -> Void = { _ in }) throws -> Bench {
        let rows = [connection("a", change), connection("b")]
        return try Bench(registry: Registry(connections: rows, activities: activities, digest: "test"))
    }

    private func activity(_ on: String, department: String?, field: String? = nil, kind: ActivityKind = .training)
        throws
        -> Activity
    {
        var activity = Activity(id: "x-\(on)", connection: "a", kind: kind, on: try day(on))
        activity.department = department
        activity.fieldOfWork = field
        return activity
    }

    @Test func aStatedMechanismIsT2WithTheStrengthOfItsRule() throws {
        let bench = try bench()
        let told = bench.decide([try named(bench, "a", .donatedBy)])
        #expect(told.verdict == "enabled")
        #expect(told.evidence == ["a named/donated-by T2 donated-by 8000 [1,0] name:a"])
        #expect(bench.decide([try named(bench, "a", .deliveredAt)]).verdict == "contributed")
    }

    @Test(
        arguments: [
            (TextStatement.Certainty.ambiguous, nil, "ambiguous"), (.nameAlone, nil, "name-alone"),
            (.beyondDoubt, .negated, "negated"), (.beyondDoubt, .planned, "planned"),
            (.beyondDoubt, .outbound, "outbound"),
            (.beyondDoubt, .activity, "activity-only"), (.beyondDoubt, .aggregate, "aggregate"),
            (.beyondDoubt, .noResult, "no-result"), (.beyondDoubt, .weak, "weak"),
        ] as [(TextStatement.Certainty, Obstacle?, String)])
    func whatKeepsItFromCountingLeadsToAbstention(
        certainty: TextStatement.Certainty, obstacle: Obstacle?, reason: String
    ) throws {
        let bench = try bench()
        let told = bench.decide([try named(bench, "a", .donatedBy, certainty, obstacle)])
        #expect(told.verdict == "abstained")
        #expect(told.credit.isEmpty)
        #expect(told.evidence == ["a circumstantial T3 donated-by 2000 [1,0] name:a"])
        #expect(told.nearMisses == ["a named/donated-by \(reason)"])
    }

    @Test func aNameAloneNeedsASecondSource() throws {
        let alone = try bench()
        #expect(alone.decide([try named(alone, "a", nil)]).nearMisses == ["a circumstantial no-mechanism"])
        let logged = try bench(activities: [activity("2025-03-04", department: "housing")])
        let told = logged.decide([try named(logged, "a", nil)])
        #expect(told.verdict == "contributed")
        #expect(told.evidence == ["a named/corroborated T2 - 5000 [1,0] name:a"])
    }

    @Test(
        arguments: [
            // 730 days before 4 March 2026 is 4 March 2024.
            ("2024-03-04", "housing", nil, ActivityKind.training, true),
            ("2024-03-03", "housing", nil, .training, false),
            ("2026-03-04", "housing", nil, .delegation, true), ("2026-03-05", "housing", nil, .training, false),
            ("2025-01-01", "culture", nil, .training, false), ("2025-01-01", nil, "housing", .training, true),
            ("2025-01-01", "culture", "housing", .training, true), ("2025-01-01", "housing", nil, .need, false),
        ] as [(String, String?, String?, ActivityKind, Bool)])
    func anActivityCountsInItsWindowAndField(
        on: String, department: String?, field: String?, kind: ActivityKind, counts: Bool
    ) throws {
        let bench = try bench(activities: [activity(on, department: department, field: field, kind: kind)])
        let told = bench.decide([try named(bench, "a", nil)])
        #expect(told.verdict == (counts ? "contributed" : "abstained"))
        // The log of one connection says nothing of another.
        #expect(bench.decide([try named(bench, "b", nil)]).verdict == "abstained")
    }

    @Test func theFieldOfWorkOfAnOutcomeTypeIsThatOfTheRules() throws {
        let log = [try activity("2025-01-01", department: nil, field: "shelter-work")]
        let rows = [connection("a")]
        let other = try rules(replacing: "\nrules:", with: "\nfields_of_work: { shelter: shelter-work }\nrules:")
        let bench = try Bench(
            registry: Registry(connections: rows, activities: log, digest: "test"), rules: other)
        #expect(bench.decide([try named(bench, "a", nil)]).verdict == "contributed")
        #expect(bench.decide([try named(bench, "a", nil)], type: "clinic").verdict == "abstained")
    }

    @Test func anIdentifierOfTheSameConnectionIsASecondSource() throws {
        let bench = try bench()
        let name = try named(bench, "a", nil)
        let grant = bench.candidates([Stated("grant", "grant-a", .convenedBy)])
        let told = bench.decide([name] + grant)
        #expect(told.evidence.count == 2)
        #expect(told.evidence.contains("a named/corroborated T2 - 5000 [1,0] name:a"))
        // That of another is none, nor is one that is itself circumstantial.
        let other = bench.candidates([Stated("grant", "grant-b", .convenedBy)])
        #expect(bench.decide([name] + other).evidence.contains("a circumstantial T3 - 2000 [1,0] name:a"))
        let weak = bench.candidates([Stated("grant", "grant-a", nil)])
        #expect(bench.decide([name] + weak).verdict == "abstained")
    }

    @Test func namesOfOneConnectionAreOneOrigin() throws {
        let bench = try bench()
        let candidates = [
            try named(bench, "a", .donatedBy), try named(bench, "a", .fundedBy, element: 1),
            try named(bench, "a", .convenedBy, element: 2), try named(bench, "a", nil, .nameAlone, element: 3),
        ]
        let told = bench.decide(candidates)
        #expect(told.evidence.count == 1)
        #expect(told.strength == 8000)
        #expect(bench.decide(candidates.reversed()) == told)
    }

    @Test func aNameEndsAndIsVerifiedAsAnIdentifierIs() throws {
        let ended = try bench { $0.until = PartialDate("2020-12-31") }
        #expect(ended.decide([try named(ended, "a", .donatedBy)]).nearMisses == ["a named/donated-by ended 2020-12-31"])
        let proposed = try bench { $0.status = .proposed }
        #expect(proposed.decide([try named(proposed, "a", .donatedBy)]).nearMisses == ["a named/donated-by proposed"])
        let unscoped = try bench { $0.departments = ["culture"] }
        #expect(unscoped.decide([try named(unscoped, "a", .donatedBy)]).verdict == "domestic")
    }

    @Test func theOrderOfNamesAndIdentifiersDoesNotMatter() throws {
        let seed: UInt64 = 9_400
        var generator = SplitMix64(seed: seed)
        let bench = try bench(activities: [activity("2025-03-04", department: "housing")])
        let certainties: [TextStatement.Certainty] = [.ambiguous, .nameAlone, .beyondDoubt, .beyondDoubt]
        for round in 0..<300 {
            var candidates: [Candidate] = []
            for element in 0..<Int.random(in: 1...6, using: &generator) {
                let id = Bool.random(using: &generator) ? "a" : "b"
                let mechanism =
                    Bool.random(using: &generator) ? Mechanism.allCases.randomElement(using: &generator) : nil
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    candidates += bench.candidates([Stated("grant", "grant-\(id)", mechanism)])
                } else {
                    let obstacle =
                        Bool.random(using: &generator) ? Obstacle.allCases.randomElement(using: &generator) : nil
                    let certainty = certainties[Int.random(in: 0..<4, using: &generator)]
                    candidates.append(try named(bench, id, mechanism, certainty, obstacle, element: element))
                }
            }
            let told = bench.decide(candidates)
            #expect(bench.decide(candidates.shuffled(using: &generator)) == told, "seed \(seed), round \(round)")
            // The same once more changes nothing.
            #expect(bench.decide(candidates + candidates) == told, "seed \(seed), round \(round)")
        }
    }
}
