extension MergedTable {
    /// The cells that a neighbourhood has at most. Tables with fewer are searched as a whole.
    static let neighbourhoodMax = 800

    /// The cells that are known to be able to differ.
    var openCells: [Int] { counts.indices.filter { !isKnownZero[$0] } }

    /// The cells closest to a figure: those that share the most and the smallest figures with its own people.
    ///
    /// Linear programs over them are small, and whatever they find holds for the whole table.
    func neighbourhood(of figure: Int) -> [Int] {
        let open = openCells
        guard open.count > Self.neighbourhoodMax else { return open }
        let own = Set(cellsOfFigure[figure].map(\.place))
        var closeness = [Double](repeating: 0, count: counts.count)
        for cell in cellsOfFigure[figure] where counts[cell.place] > 0 {
            for term in figuresOfCell[cell.place] {
                let share = 1 / Double(cellsOfFigure[term.place].count)
                for other in cellsOfFigure[term.place] { closeness[other.place] += share }
            }
        }
        // Its own people first, since they have to move; then cells with people, which can move both ways.
        for cell in open where counts[cell] > 0 { closeness[cell] *= own.contains(cell) ? 1e6 : 2 }
        let closest = open.sorted { left, right in
            closeness[left] == closeness[right] ? left < right : closeness[left] > closeness[right]
        }
        return closest.prefix(Self.neighbourhoodMax).sorted()
    }

    /// How a figure that is not public may move, for all that anybody knows.
    func freedom(_ figure: Int) -> PerturbationModel.Freedom {
        if isAlwaysKnown(figure) { return .fixed }
        return .free(falling: isKnownPositive(figure) ? Double(values[figure] - 1) : .infinity)
    }
}
