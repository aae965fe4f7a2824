import CClp

/// A linear program over tables that agree with what is known, as differences from the true table.
///
/// Columns: how much each cell rises and falls, and the same for each figure whose moving has a price. Rows: the
/// figures. All columns at 0 is the true table, which is a basis without pivoting: each problem starts from there, so
/// that its result does not depend on problems solved before.
struct PerturbationModel: ~Copyable {
    /// How a figure may move.
    enum Freedom {
        case fixed
        /// As it likes, but fall at most by so much.
        case free(falling: Double)
        /// At a price for each person of the difference; falls at most by so much.
        case priced(falling: Double, cost: Double)
    }

    /// What a solution changes: places with differences that are not 0 and perhaps not whole.
    struct Solution {
        var cells: [(place: Int, amount: Double)] = []
        var figures: [(place: Int, amount: Double)] = []
        /// Figures on whose bounds the value of the objective rests.
        var binding: [Int] = []
    }

    /// Why there is no solution.
    enum Failure: Error {
        case infeasible
        case unbounded
        case stopped(status: Int)
    }

    /// Where to start to solve.
    enum Start {
        case trueTable
        /// At the last solution of the same problem, with other costs.
        case repriced
        /// At the last solution of the same problem, with other bounds of cells.
        case rebounded
    }

    // The columns of a cell or of a figure; -1 where there is none.
    struct Columns {
        var rise = -1
        var fall = -1
    }

    private let solver: UnsafeMutableRawPointer
    private let cells: [Int]
    private let figures: [Int]
    private let rowOfFigure: [Int]
    private let terms: [[MergedTable.Term]]
    private var priceColumns: [Columns] = []
    private(set) var cellColumns: [Int: Columns] = [:]
    var lower: [Double] = []
    var upper: [Double] = []
    private var cost: [Double] = []
    private var rowLower: [Double] = []
    private var rowUpper: [Double] = []

    // Differences cost a little, so that tables differ in few cells; small ones are noise of the solver.
    private static let cellCost = 1e-4
    private static let noise = 1e-6

    /// - Parameter cells: the cells that may differ.
    init(_ table: MergedTable, cells: [Int], freedom: (Int) -> Freedom) {
        var matrix = SparseColumns()
        var rows = [Int](repeating: -1, count: table.figures.count)
        var (figures, terms): ([Int], [[MergedTable.Term]]) = ([], [])
        for cell in cells {
            for term in table.figuresOfCell[cell] {
                if rows[term.place] < 0 {
                    rows[term.place] = figures.count
                    figures.append(term.place)
                    terms.append([])
                }
                terms[rows[term.place]].append(MergedTable.Term(place: cell, sign: term.sign))
            }
        }
        (self.cells, self.figures, rowOfFigure, self.terms) = (cells, figures, rows, terms)
        for cell in cells {
            let entries = table.figuresOfCell[cell].map { (row: rows[$0.place], sign: Double($0.sign)) }
            var columns = Columns()
            columns.rise = matrix.append(entries, sign: 1)
            upper.append(.infinity)
            if table.counts[cell] > 0 {
                columns.fall = matrix.append(entries, sign: -1)
                upper.append(Double(table.counts[cell]))
            }
            cellColumns[cell] = columns
        }
        cost = [Double](repeating: Self.cellCost, count: upper.count)
        for (row, figure) in figures.enumerated() {
            var (least, most, columns) = (0.0, 0.0, Columns())
            switch freedom(figure) {
            case .fixed: break
            case .free(let falling): (least, most) = (-falling, .infinity)
            case .priced(let falling, let price):
                columns = Columns(rise: matrix.append([(row, 1)], sign: -1), fall: matrix.append([(row, 1)], sign: 1))
                upper += [.infinity, falling]
                cost += [price, price]
            }
            rowLower.append(least)
            rowUpper.append(most)
            priceColumns.append(columns)
        }
        lower = [Double](repeating: 0, count: upper.count)
        solver = Clp_newModel()
        Clp_setLogLevel(solver, 0)
        Clp_loadProblem(
            solver, Int32(upper.count), Int32(figures.count), matrix.starts, matrix.rows, matrix.elements, lower, upper,
            cost, rowLower, rowUpper)
        Clp_scaling(solver, 0)
    }

    deinit {
        Clp_deleteModel(solver)
    }

    /// Changes what each person of a priced figure's difference costs.
    mutating func setCost(_ figure: Int, _ price: Double) {
        let columns = priceColumns[rowOfFigure[figure]]
        cost[columns.rise] = price
        cost[columns.fall] = price
    }

    // MARK: Solving

    /// The cheapest table in which a free figure differs by at least an amount.
    /// - Parameters:
    ///   - amount: positive upwards, negative downwards.
    ///   - start: where to start.
    mutating func cheapest(
        moving figure: Int, by amount: Int, from start: Start = .trueTable
    ) throws(Failure) -> Solution {
        let (row, distance) = (rowOfFigure[figure], Double(amount))
        guard row >= 0, rowLower[row] <= distance, distance <= rowUpper[row] else { throw .infeasible }
        let saved = (rowLower[row], rowUpper[row])
        if amount > 0 { rowLower[row] = distance } else { rowUpper[row] = distance }
        defer { (rowLower[row], rowUpper[row]) = saved }
        return try solve(start == .repriced ? Clp_primal : Clp_dual, fromTrueTable: start == .trueTable)
    }

    /// The table in which a figure is as large or as small as can be.
    mutating func extreme(of figure: Int, upwards: Bool) throws(Failure) -> Solution {
        guard rowOfFigure[figure] >= 0 else { return Solution() }
        let saved = cost
        defer { cost = saved }
        cost = [Double](repeating: 0, count: cost.count)
        for term in terms[rowOfFigure[figure]] {
            guard let columns = cellColumns[term.place] else { continue }
            cost[columns.rise] = upwards == (term.sign > 0) ? -1 : 1
            if columns.fall >= 0 { cost[columns.fall] = -cost[columns.rise] }
        }
        return try solve(Clp_primal, fromTrueTable: true)
    }

    private mutating func solve(
        _ simplex: (UnsafeMutableRawPointer?, Int32) -> Int32, fromTrueTable: Bool
    ) throws(Failure) -> Solution {
        Clp_chgColumnLower(solver, lower)
        Clp_chgColumnUpper(solver, upper)
        Clp_chgRowLower(solver, rowLower)
        Clp_chgRowUpper(solver, rowUpper)
        Clp_chgObjCoefficients(solver, cost)
        if fromTrueTable {
            // Each column at its lower bound (3), each row in the basis (1).
            let basis = [UInt8](repeating: 3, count: upper.count) + [UInt8](repeating: 1, count: figures.count)
            Clp_copyinStatus(solver, basis)
        }
        _ = simplex(solver, 0)
        switch Clp_status(solver) {
        case 0: return solution()
        case 1: throw .infeasible
        case 2: throw .unbounded
        case let status: throw .stopped(status: Int(status))
        }
    }

    private func solution() -> Solution {
        var solution = Solution()
        guard let values = Clp_primalColumnSolution(solver), let activity = Clp_primalRowSolution(solver),
            let duals = Clp_dualRowSolution(solver)
        else { return solution }
        func difference(_ columns: Columns) -> Double {
            (columns.rise < 0 ? 0 : values[columns.rise]) - (columns.fall < 0 ? 0 : values[columns.fall])
        }
        for cell in cells {
            guard let columns = cellColumns[cell] else { continue }
            let amount = difference(columns)
            if abs(amount) > Self.noise { solution.cells.append((cell, amount)) }
        }
        for (row, figure) in figures.enumerated() {
            let amount = activity[row] + difference(priceColumns[row])
            if abs(amount) > Self.noise { solution.figures.append((figure, amount)) }
            if abs(duals[row]) > Self.noise { solution.binding.append(figure) }
        }
        return solution
    }
}

/// The columns of a sparse matrix, as the solver wants them.
private struct SparseColumns {
    private(set) var starts: [CoinBigIndex] = [0]
    private(set) var rows: [Int32] = []
    private(set) var elements: [Double] = []

    /// - Returns: the place of the column.
    mutating func append(_ entries: [(row: Int, sign: Double)], sign: Double) -> Int {
        for entry in entries {
            rows.append(Int32(entry.row))
            elements.append(sign * entry.sign)
        }
        starts.append(CoinBigIndex(rows.count))
        return starts.count - 2
    }
}
