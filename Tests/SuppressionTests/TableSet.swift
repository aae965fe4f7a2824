import Suppression

/// Tables with all their margins over rows of counts.
struct TableSet {
    /// A row: its place on each axis, and its people.
    struct Row {
        let places: [Int]
        let count: Int
    }

    let problem: SuppressionProblem
    /// A figure and the figures that add up to it along one axis: the rows and columns of the tables.
    let lines: [(total: Int, parts: [Int])]

    /// - Parameter tables: for each table the axes that its figures are broken down by; none is the grand total.
    init(rows: [Row], tables: [[Int]], threshold: Int = 10) throws {
        var figures: [Figure] = []
        var placeOfKey: [[Int]: Int] = [:]
        var totals: [Int: (table: Int, row: Int)] = [:]
        for (table, axes) in tables.enumerated() {
            var members: [[Int]: [Int]] = [:]
            for (cell, row) in rows.enumerated() { members[axes.map { row.places[$0] }, default: []].append(cell) }
            for (key, cells) in members.sorted(by: { $0.value[0] < $1.value[0] }) {
                placeOfKey[[table] + key] = figures.count
                totals[figures.count] = (table, cells[0])
                figures.append(Figure(added: cells, weight: Self.weight(cells)))
            }
        }
        problem = try SuppressionProblem(cells: rows.map(\.count), figures: figures, threshold: threshold)
        var parts: [[Int]: [Int]] = [:]
        for (figure, place) in totals {
            let axes = tables[place.table]
            for axis in axes {
                let coarser = axes.filter { $0 != axis }
                guard let table = tables.firstIndex(of: coarser) else { continue }
                let key = [table] + coarser.map { rows[place.row].places[$0] }
                if let total = placeOfKey[key] { parts[[total, axis], default: []].append(figure) }
            }
        }
        lines = parts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key[0], $0.value.sorted()) }
    }

    /// A total is worth more than a detail: the binary digits of the number of its cells.
    private static func weight(_ cells: [Int]) -> Int { Int.bitWidth - cells.count.leadingZeroBitCount }

    /// The rule of thumb: where one figure of a line is withheld, withhold the next smallest too; where there is none,
    /// the total; until nothing changes.
    func naive() -> Set<Int> {
        let values = problem.figures.map(problem.value(of:))
        var withheld = Set(values.indices.filter { (1...problem.threshold).contains(values[$0]) })
        var count = -1
        while count != withheld.count {
            count = withheld.count
            for line in lines where (line.parts + [line.total]).count(where: withheld.contains) == 1 {
                let others = line.parts.filter { values[$0] > 0 && !withheld.contains($0) }
                withheld.insert(others.min { (values[$0], $0) < (values[$1], $1) } ?? line.total)
            }
        }
        return withheld
    }
}
