import Suppression
import Testing

/// Real counts, most of which are small: 71 % of cells by nationality, city and year are below 11.
@Suite(.enabled(if: ArrivalTables.isThere, "../shared/data is not there: nothing to test against"))
struct ArrivalTests {
    @Test(arguments: ["Delaware", "Mississippi"])
    func realArrivalsAreProtected(state: String) throws {
        let problem = try ArrivalTables.tableSet(state: state, years: 2002...2017).problem
        let result = try problem.suppress()
        #expect(result.unprotected.isEmpty && result.count(.primary) > 0)
        var attacker = Attacker(problem, result)
        for figure in problem.figures.indices where result.decisions[figure] == .primary {
            let bounds = try attacker.bounds(of: figure)
            let (lower, upper) = (bounds.lower ?? .min, bounds.upper ?? .max)
            #expect(upper >= 10 && upper - lower >= 9, "\(state), figure \(figure): \(bounds)")
        }
    }
}
