/// Somebody who bounds withheld figures from all that is public, by linear programming.
///
/// He knows the published figures, those of earlier releases included, that counts are whole numbers from 0, and that
/// zeros are published, so that a withheld figure is at least 1. His bounds are those of the relaxation to fractions,
/// rounded inwards to whole numbers: he can never exclude more than by enumerating all tables, and rarely less.
public struct Attacker: ~Copyable {
    /// What he knows of a figure.
    public struct Bounds: Sendable, Hashable {
        /// It is at least this; nil where it can be as small as one likes.
        public let lower: Int?
        /// It is at most this; nil where it can be as large as one likes.
        public let upper: Int?
    }

    private let values: [Int]
    private var model: PerturbationModel

    /// Makes an attacker.
    /// - Parameter withheld: the candidates that are withheld now. Zeros among them are published all the same.
    public init(_ problem: SuppressionProblem, withheld: Set<Int>) {
        let table = MergedTable(problem)
        values = table.values
        model = PerturbationModel(table, cells: table.openCells) { figure in
            let isCandidate = table.figures[figure].role == .candidate
            return isCandidate && !withheld.contains(figure) ? .fixed : table.freedom(figure)
        }
    }

    /// Makes an attacker on a result.
    public init(_ problem: SuppressionProblem, _ result: SuppressionResult) {
        let withheld = result.decisions.indices.filter {
            result.decisions[$0] == .primary || result.decisions[$0] == .complementary
        }
        self.init(problem, withheld: Set(withheld))
    }

    /// The least and the largest that a figure can be for all that he knows.
    /// - Throws: `SuppressionError.solverFailed`.
    public mutating func bounds(of figure: Int) throws(SuppressionError) -> Bounds {
        Bounds(lower: try end(of: figure, upwards: false), upper: try end(of: figure, upwards: true))
    }

    private mutating func end(of figure: Int, upwards: Bool) throws(SuppressionError) -> Int? {
        do throws(PerturbationModel.Failure) {
            let distance = try model.extreme(of: figure, upwards: upwards).amount(of: figure)
            // Outwards by more than the solver's tolerance before rounding inwards.
            let whole = upwards ? (distance + 1e-5).rounded(.down) : (distance - 1e-5).rounded(.up)
            return values[figure] + Int(whole)
        } catch {
            switch error {
            case .unbounded: return nil
            case .infeasible: throw .solverFailed(figure: figure, status: 1)
            case .stopped(let status): throw .solverFailed(figure: figure, status: status)
            }
        }
    }
}
