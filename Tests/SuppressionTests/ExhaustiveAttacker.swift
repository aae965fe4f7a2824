import Suppression

/// Somebody who tries every table of whole numbers up to a count per cell: for tiny problems only.
struct ExhaustiveAttacker {
    private let problem: SuppressionProblem
    private let values: [Int]
    private let isKnown: [Bool]
    private let countMax: Int
    // The figures of each cell with their signs, and the last cell of each figure.
    private var terms: [[(figure: Int, sign: Int)]]
    private var lastCell: [Int]
    private var sums: [Int]
    /// The least and the largest value of each figure that was met.
    private(set) var least: [Int]
    private(set) var most: [Int]

    init(_ problem: SuppressionProblem, _ result: SuppressionResult, countMax: Int) {
        self.problem = problem
        self.countMax = countMax
        values = problem.figures.map(problem.value(of:))
        isKnown = result.decisions.map { $0 == .published }
        terms = [[(figure: Int, sign: Int)]](repeating: [], count: problem.cells.count)
        lastCell = [Int](repeating: -1, count: values.count)
        sums = [Int](repeating: 0, count: values.count)
        (least, most) = (values, values)
        for (place, figure) in problem.figures.enumerated() {
            for cell in figure.added { terms[cell].append((place, 1)) }
            for cell in figure.subtracted { terms[cell].append((place, -1)) }
            lastCell[place] = (figure.added + figure.subtracted).max() ?? -1
        }
    }

    /// Tries the tables.
    mutating func run() { fill(0) }

    private mutating func fill(_ cell: Int) {
        guard cell < terms.count else {
            for figure in sums.indices {
                least[figure] = min(least[figure], sums[figure])
                most[figure] = max(most[figure], sums[figure])
            }
            return
        }
        for count in 0...countMax {
            if isPossible(cell) { fill(cell + 1) }
            if count < countMax { for term in terms[cell] { sums[term.figure] += term.sign } }
        }
        for term in terms[cell] { sums[term.figure] -= term.sign * countMax }
    }

    private func isPossible(_ cell: Int) -> Bool {
        terms[cell].allSatisfy { term in
            let isComplete = lastCell[term.figure] == cell
            if isKnown[term.figure] {
                if isComplete { return sums[term.figure] == values[term.figure] }
                return !problem.figures[term.figure].subtracted.isEmpty || sums[term.figure] <= values[term.figure]
            }
            return !isComplete || problem.figures[term.figure].role == .derived || sums[term.figure] >= 1
        }
    }
}
