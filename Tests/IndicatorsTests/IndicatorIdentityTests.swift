import Primitives
import Testing

@testable import Indicators

/// What holds of any facts and any registry.
@Suite struct IndicatorIdentityTests {
    private static let seed: UInt64 = 61

    /// Calls for benches made at random; some connections of theirs are in no registry.
    private func forRandomCities(_ body: (Bench, IndicatorTable, Comment) throws -> Void) throws {
        var random = SplitMix64(seed: Self.seed)
        for round in 0..<150 {
            var bench = Bench((0..<random.within(0...40)).map { _ in randomFact(&random) })
            bench.connections = randomConnections.filter { _ in !random.onceIn(3) }
            if random.onceIn(4) { bench.homeCountry = nil }
            bench.observedFrom = "2026-01-01"
            let period = random.element(of: ["2026-Q1", "2026-02", "FY2026"]) ?? ""
            try body(bench, bench.table(period), "seed \(Self.seed), round \(round), \(period)")
        }
    }

    private func basisPoints(_ figure: Figure) -> Int64 { figure.numerator?.numerator ?? 0 }

    private func sum(_ table: IndicatorTable, _ indicator: Indicator, by dimension: Dimension) -> Int64 {
        table.figures.filter { $0.indicator == indicator && $0.slice.parts.map(\.dimension) == [dimension] }
            .reduce(0) { $0 + (indicator == .creditedOutcomes ? basisPoints($1) : $1.quantity?.numerator ?? 0) }
    }

    @Test func creditAndTheDomesticShareOfTheOutcomesAreTheOutcomes() throws {
        try forRandomCities { _, table, comment in
            for outcomes in table.figures where outcomes.indicator == .attributedOutcomes {
                guard outcomes.slice.parts.allSatisfy({ $0.dimension == .department }) else { continue }
                let number = try #require(outcomes.quantity, comment).numerator
                let credit = try #require(
                    table.figures.first { $0.indicator == .creditedOutcomes && $0.slice == outcomes.slice }, comment)
                let domestic = try #require(
                    table.figures.first { $0.indicator == .domesticShare && $0.slice == outcomes.slice }, comment)
                #expect(basisPoints(credit) + basisPoints(domestic) == 10_000 * number, comment)
                #expect((domestic.quantity == nil) == (number == 0), comment)
                if let share = domestic.quantity { #expect(share.denominator == 10_000 * number, comment) }
            }
        }
    }

    @Test func attributedOutcomesAreAtMostAllOutcomes() throws {
        try forRandomCities { _, table, comment in
            for share in table.figures where share.indicator == .shareOfSuccess {
                let outcomes = try #require(
                    table.figures.first { $0.indicator == .attributedOutcomes && $0.slice == share.slice }, comment)
                guard let part = share.numerator, let whole = share.denominator else {
                    #expect(share.value == .notStated(.allOutcomes), comment)
                    continue
                }
                #expect(outcomes.quantity == part, comment)
                #expect(part.numerator <= whole.numerator, comment)
            }
        }
    }

    @Test func departmentsAndTypesSumToAll() throws {
        try forRandomCities { _, table, comment in
            let all = try table.figure(.attributedOutcomes).quantity?.numerator
            #expect(sum(table, .attributedOutcomes, by: .department) == all, comment)
            for (inner, dimension) in [("type", Dimension.type), ("district", .district)] {
                let parts = table.figures.filter {
                    $0.indicator == .attributedOutcomes && $0.slice.parts.map(\.dimension) == [.department, dimension]
                }
                #expect(parts.reduce(0) { $0 + ($1.quantity?.numerator ?? 0) } == all, "\(inner), \(comment)")
            }
        }
    }

    @Test func connectionsShareOutcomesAndSplitCredit() throws {
        try forRandomCities { bench, table, comment in
            let all = try table.figure(.attributedOutcomes).quantity?.numerator ?? -1
            #expect(sum(table, .attributedOutcomes, by: .connection) >= all, comment)
            for figure in table.figures where figure.indicator == .attributedOutcomes {
                #expect((0...all).contains(figure.quantity?.numerator ?? -1), comment)
            }
            let credit = try basisPoints(table.figure(.creditedOutcomes))
            #expect(sum(table, .creditedOutcomes, by: .connection) == credit, comment)
            #expect(sum(table, .creditedOutcomes, by: .department) == credit, comment)
            let pairs = table.figures.filter {
                $0.indicator == .creditedOutcomes && $0.slice.parts.map(\.dimension) == [.department, .connection]
            }
            #expect(pairs.reduce(0) { $0 + basisPoints($1) } == credit, comment)
        }
    }

    @Test func fundsOfConnectionsAndOfDepartmentsSumToAllWhereAllAreKnown() throws {
        try forRandomCities { _, table, comment in
            for form in ["grant", "in-kind"] {
                for dimension in [Dimension.connection, .department] {
                    let parts = table.figures.filter {
                        $0.indicator == .foreignFunds && $0.slice[dimension] != nil && $0.slice[.form] == form
                    }
                    let cents = parts.reduce(0) { $0 + ($1.quantity?.numerator ?? 0) }
                    let all = try table.figure(.foreignFunds, [.form: form]).quantity?.numerator ?? 0
                    #expect(cents == all, comment)
                }
            }
        }
    }

    @Test func theOrderOfFactsChangesNothing() throws {
        var random = SplitMix64(seed: Self.seed)
        try forRandomCities { bench, _, comment in
            var other = bench
            other.facts.shuffle(using: &random)
            let (figures, others) = (try bench.table().figures, try other.table().figures)
            // Populations hold numbers of names, which depend on the order; nothing that is shown does.
            #expect(figures.map(shown) == others.map(shown), comment)
        }
    }

    private func shown(_ figure: Figure) -> String {
        "\(figure.indicator.rawValue) \(figure.slice.text) \(figure.told) \(figure.abstained ?? -1) \(figure.listed)"
    }

    @Test func eachFigureIsThereOnce() throws {
        try forRandomCities { _, table, comment in
            let keys = table.figures.map { "\($0.indicator.rawValue) \($0.slice.text)" }
            #expect(Set(keys).count == keys.count, comment)
            for (left, right) in zip(table.figures, table.figures.dropFirst()) where left.indicator == right.indicator {
                #expect(left.slice < right.slice, comment)
            }
        }
    }

    @Test func factsOutsideTheWindowsChangeNothing() throws {
        try forRandomCities { bench, _, comment in
            var more = bench
            more.facts += bench.facts.map { fact in
                var fact = fact
                fact.day = "2027" + fact.day.dropFirst(4)
                return fact
            }
            let (figures, others) = (try bench.table().figures, try more.table().figures)
            #expect(figures.map(shown) == others.map(shown), comment)
        }
    }

    @Test func aSecondFactOfNoConnectionOnlyRaisesTheDenominator() throws {
        try forRandomCities { bench, _, comment in
            var more = bench
            more.facts.append(Fact { $0.department = "parks" })
            let (before, after) = (try bench.table(), try more.table())
            #expect(try before.told(.attributedOutcomes) == after.told(.attributedOutcomes), comment)
            #expect(try before.told(.creditedOutcomes) == after.told(.creditedOutcomes), comment)
            #expect(try after.told(.shareOfSuccess, [.department: "parks"]) == "0.0000 = 0/1, n 1", comment)
        }
    }
}
