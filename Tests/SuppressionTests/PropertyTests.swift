import Primitives
import Suppression
import Testing

/// What holds for any tables, against attackers of two kinds.
@Suite struct PropertyTests {
    /// The promise for sensitive figures whose range begins at 1, and for the others that are withheld.
    private func keepsPromise(_ interval: ClosedRange<Int>, _ value: Int, threshold: Int) -> Bool {
        guard value != 0, abs(value) <= threshold else { return interval.count >= threshold }
        let far = value > 0 ? interval.upperBound : -interval.lowerBound
        return far >= threshold && interval.count >= threshold
    }

    // Random sums of few cells, overlapping, some public before, some differences.
    private func tinyProblem(_ random: inout SplitMix64) throws -> SuppressionProblem {
        let cells = (0..<4).map { _ in random.onceIn(4) ? 0 : random.within(1...(random.onceIn(2) ? 4 : 16)) }
        var figures = (0..<4).map { Figure(added: [$0], role: random.onceIn(4) ? .derived : .candidate) }
        for _ in 0..<4 {
            let added = (0..<4).filter { _ in !random.onceIn(3) }
            let isPublic = random.onceIn(3)
            figures.append(Figure(added: added, role: isPublic ? .published : .candidate, weight: random.within(1...5)))
        }
        figures.append(Figure(added: [random.below(2)], subtracted: [2 + random.below(2)], role: .derived))
        return try SuppressionProblem(cells: cells, figures: figures)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everyTableOfWholeNumbersAgrees(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let problem = try tinyProblem(&random)
        let result = try problem.suppress()
        var exhaustive = ExhaustiveAttacker(problem, result, countMax: (problem.cells.max() ?? 0) + 10)
        exhaustive.run()
        var attacker = Attacker(problem, result)
        let unprotected = Set(result.unprotected.map(\.figure))
        for (figure, interval) in result.intervals.enumerated() {
            guard let interval else { continue }
            let bounds = try attacker.bounds(of: figure)
            let found = exhaustive.least[figure]...exhaustive.most[figure]
            #expect(found.contains(interval), "seed \(seed), figure \(figure)")
            #expect(bounds.lower ?? .min <= found.lowerBound, "seed \(seed), figure \(figure)")
            #expect(bounds.upper ?? .max >= found.upperBound, "seed \(seed), figure \(figure)")
            if unprotected.contains(figure) { continue }
            let value = problem.value(of: problem.figures[figure])
            #expect(keepsPromise(interval, value, threshold: 10), "seed \(seed), figure \(figure), \(interval)")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, [10, 15])
    func structuredTablesAreProtected(seed: UInt64, threshold: Int) throws {
        let tables = try RandomTables.smallCity.tableSet(seed: seed, threshold: threshold)
        let problem = tables.problem
        let result = try problem.suppress()
        #expect(result.unprotected.isEmpty, "seed \(seed)")
        var attacker = Attacker(problem, result)
        for (figure, interval) in result.intervals.enumerated() {
            let value = problem.value(of: problem.figures[figure])
            let isSmall = (1...threshold).contains(value)
            #expect((result.decisions[figure] == .primary) == isSmall, "seed \(seed), figure \(figure)")
            guard let interval else { continue }
            let bounds = try attacker.bounds(of: figure)
            #expect(bounds.lower ?? .min <= interval.lowerBound, "seed \(seed), figure \(figure)")
            #expect(bounds.upper ?? .max >= interval.upperBound, "seed \(seed), figure \(figure)")
            #expect(keepsPromise(interval, value, threshold: threshold), "seed \(seed), figure \(figure)")
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func ruleOfThumbLeavesFiguresOpen(seed: UInt64) throws {
        let tables = try RandomTables.smallCity.tableSet(seed: seed)
        var attacker = Attacker(tables.problem, withheld: tables.naive())
        var open = 0
        for (figure, terms) in tables.problem.figures.enumerated() {
            guard (1...10).contains(tables.problem.value(of: terms)) else { continue }
            if try attacker.bounds(of: figure).upper ?? .max < 10 { open += 1 }
        }
        #expect(open > 0, "seed \(seed)")
    }

    @Test func publishesEachComplementThatIsNotNeeded() throws {
        let problem = try RandomTables.smallCity.tableSet(seed: 5).problem
        let result = try problem.suppress()
        let withheld = Set(result.decisions.indices.filter { result.intervals[$0] != nil })
        var needed = 0
        let complementary = withheld.filter { result.decisions[$0] == .complementary }
        for figure in complementary {
            var attacker = Attacker(problem, withheld: withheld.subtracting([figure]))
            let isOpen = try withheld.subtracting([figure]).contains { other in
                let bounds = try attacker.bounds(of: other)
                guard let interval = result.intervals[other], let lower = bounds.lower, let upper = bounds.upper else {
                    return false
                }
                return !(lower...upper).contains(interval)
                    && !keepsPromise(lower...upper, problem.value(of: problem.figures[other]), threshold: 10)
            }
            needed += isOpen ? 1 : 0
        }
        // What is left would need tables that have fractions.
        #expect(needed * 10 >= complementary.count * 9, "\(needed) of \(complementary.count)")
    }

    /// On threads at once as well: a solver belongs to its problem.
    @Test func sameProblemGivesSameResult() async throws {
        let problem = try RandomTables.smallCity.tableSet(seed: 2).problem
        let expected = try problem.suppress()
        let results = try await withThrowingTaskGroup(of: SuppressionResult.self) { group in
            for _ in 0..<4 { group.addTask { try problem.suppress() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 4 && results.allSatisfy { $0 == expected })
    }
}
