extension PerturbationModel {
    // A cell and the least or the most by which it may differ.
    private struct Branch {
        let cell: Int
        let isAtLeast: Bool
        let limit: Int
    }

    /// The linear programs that a search solves at most; then it gives up.
    static let searchNodesMax = 60

    /// A table of whole numbers in which a figure differs by at least an amount: branch and bound, depth first, that
    /// stops at the first such table, since any proves what has to be proved.
    /// - Parameter solution: the cheapest table, perhaps with fractions.
    /// - Returns: the cells that differ; nil where no table was found.
    mutating func wholeNumbers(
        moving figure: Int, by amount: Int, from solution: Solution
    ) throws(Failure) -> [Certificate.Change]? {
        guard let fraction = solution.firstFraction else { return solution.rounded }
        let saved = (lower, upper)
        defer { (lower, upper) = saved }
        var open = Self.branches(from: [], at: fraction)
        var nodes = 0
        while let branches = open.popLast(), nodes < Self.searchNodesMax {
            nodes += 1
            (lower, upper) = saved
            for branch in branches { apply(branch) }
            do {
                let solution = try cheapest(moving: figure, by: amount, from: .rebounded)
                guard let fraction = solution.firstFraction else { return solution.rounded }
                open += Self.branches(from: branches, at: fraction)
            } catch .infeasible {
                continue
            }
        }
        return nil
    }

    /// The two ways to go on, the nearer one last, which is taken first.
    private static func branches(from branches: [Branch], at fraction: (cell: Int, value: Double)) -> [[Branch]] {
        let floor = Int(fraction.value.rounded(.down))
        let below = branches + [Branch(cell: fraction.cell, isAtLeast: false, limit: floor)]
        let above = branches + [Branch(cell: fraction.cell, isAtLeast: true, limit: floor + 1)]
        return fraction.value - Double(floor) < 0.5 ? [above, below] : [below, above]
    }

    private mutating func apply(_ branch: Branch) {
        guard let columns = cellColumns[branch.cell] else { return }
        let limit = Double(branch.limit)
        if branch.isAtLeast {
            lower[columns.rise] = max(lower[columns.rise], limit)
            if columns.fall >= 0 { upper[columns.fall] = min(upper[columns.fall], max(0, -limit)) }
        } else {
            upper[columns.rise] = min(upper[columns.rise], max(0, limit))
            if columns.fall >= 0 { lower[columns.fall] = max(lower[columns.fall], -limit) }
        }
    }
}

extension PerturbationModel.Solution {
    // Above the solver's tolerance of 1e-7; a table that rounding spoils is found out by its certificate.
    private static let tolerance = 1e-5

    /// The first cell whose difference is not whole.
    var firstFraction: (cell: Int, value: Double)? {
        for (cell, value) in cells where abs(value - value.rounded()) > Self.tolerance { return (cell, value) }
        return nil
    }

    /// The nearest whole numbers.
    var rounded: [Certificate.Change] {
        cells.map { Certificate.Change(place: $0.place, amount: Int($0.amount.rounded())) }
    }

    /// By how much a figure differs.
    func amount(of figure: Int) -> Double {
        figures.first { $0.place == figure }?.amount ?? 0
    }
}
