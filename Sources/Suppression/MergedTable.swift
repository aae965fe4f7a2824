/// A problem with the cells merged that no figure tells apart, ready for arithmetic.
///
/// Merging loses nothing: who knows figures only knows the sum of such cells at best, and any sum can be split.
struct MergedTable {
    /// A cell of a figure, or a figure that a cell is in.
    struct Term: Hashable {
        let place: Int
        /// 1 or -1.
        let sign: Int
    }

    let threshold: Int
    let figures: [Figure]
    /// People in each merged cell.
    private(set) var counts: [Int] = []
    /// The figures of each merged cell.
    private(set) var figuresOfCell: [[Term]] = []
    /// The merged cells of each figure.
    private(set) var cellsOfFigure: [[Term]]
    /// The value of each figure.
    let values: [Int]
    /// The largest value, at least 1.
    let valueMax: Int
    /// Whether a cell is known to be 0, since it is part of a sum that is published as 0.
    private(set) var isKnownZero: [Bool] = []

    init(_ problem: SuppressionProblem) {
        threshold = problem.threshold
        figures = problem.figures
        values = problem.figures.map(problem.value(of:))
        valueMax = max(1, values.max() ?? 1)
        var terms = [[Term]](repeating: [], count: problem.cells.count)
        for (place, figure) in figures.enumerated() {
            for cell in figure.added { terms[cell].append(Term(place: place, sign: 1)) }
            for cell in figure.subtracted { terms[cell].append(Term(place: place, sign: -1)) }
        }
        var placeOfTerms: [[Term]: Int] = [:]
        for (cell, terms) in terms.enumerated() where !terms.isEmpty {
            if let place = placeOfTerms[terms] {
                counts[place] += problem.cells[cell]
            } else {
                placeOfTerms[terms] = counts.count
                counts.append(problem.cells[cell])
                figuresOfCell.append(terms)
            }
        }
        cellsOfFigure = [[Term]](repeating: [], count: figures.count)
        for (cell, terms) in figuresOfCell.enumerated() {
            for term in terms { cellsOfFigure[term.place].append(Term(place: cell, sign: term.sign)) }
        }
        isKnownZero = figuresOfCell.map { terms in
            terms.contains { isAlwaysKnown($0.place) && values[$0.place] == 0 && figures[$0.place].subtracted.isEmpty }
        }
    }

    /// Whether a figure is public whatever is decided.
    func isAlwaysKnown(_ figure: Int) -> Bool {
        switch figures[figure].role {
        case .candidate: values[figure] == 0
        case .published: true
        case .withheld, .derived: false
        }
    }

    /// Whether everybody knows that a figure is at least 1, even if it is withheld.
    func isKnownPositive(_ figure: Int) -> Bool {
        figures[figure].role != .derived && values[figure] > 0
    }

    /// Whether a figure is small and not public: its value must not be told within the range of small values.
    func isSensitive(_ figure: Int) -> Bool {
        values[figure] != 0 && abs(values[figure]) <= threshold && figures[figure].role != .published
    }
}
