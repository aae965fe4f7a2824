extension Suppressor {
    private static let rounds = 3

    /// Withholds what is cheapest so that a figure may differ by an amount.
    /// - Returns: false where there is no such table of whole numbers, or none was found.
    mutating func withhold(_ figure: Int, by amount: Int) throws(SuppressionError) -> Bool {
        if adoptScaled(figure, by: amount) { return true }
        let near = neighbourhood(figure)
        if try withhold(figure, by: amount, within: near) { return true }
        let all = table.openCells
        return all.count > near.count ? try withhold(figure, by: amount, within: all) : false
    }

    private mutating func withhold(
        _ figure: Int, by amount: Int, within cells: [Int]
    ) throws(SuppressionError) -> Bool {
        do throws(PerturbationModel.Failure) {
            var model = choiceModel(cells)
            let solution = try cheapestChoice(&model, figure, by: amount)
            let chosen = Set(opened(solution))
            let (table, isWithheld) = (table, isWithheld)
            var narrow = PerturbationModel(table, cells: cells) { other in
                isWithheld[other] || chosen.contains(other) ? table.freedom(other) : .fixed
            }
            if let changes = try narrow.wholeNumbers(moving: figure, by: amount, from: solution) {
                return withhold(changes)
            }
            guard let changes = try model.wholeNumbers(moving: figure, by: amount, from: solution) else { return false }
            return withhold(changes)
        } catch {
            return try error.asMissing(figure)
        }
    }

    /// Withholds the figures that differ in a table.
    private mutating func withhold(_ changes: [Certificate.Change]) -> Bool {
        guard let certificate = Certificate(changes, in: table) else { return false }
        for change in certificate.figures where isOpen(change.place) {
            isWithheld[change.place] = true
            need[change.place] = fullNeed(change.place)
        }
        return adopt(changes)
    }

    /// A linear program in which published candidates move as well, at their charge.
    private func choiceModel(_ cells: [Int]) -> PerturbationModel {
        PerturbationModel(table, cells: cells) { figure in
            if isWithheld[figure] { return table.freedom(figure) }
            return isOpen(figure)
                ? .priced(falling: Double(table.values[figure] - 1), cost: charge(figure)) : .fixed
        }
    }

    /// Whether a figure is published now and could be withheld.
    private func isOpen(_ figure: Int) -> Bool {
        !isWithheld[figure] && table.figures[figure].role == .candidate && table.values[figure] > 0
    }

    /// What withholding a candidate costs: its weight, and a little for its people, so that of equally many figures
    /// those with the fewest people are taken.
    private func charge(_ figure: Int) -> Double {
        Double(table.figures[figure].weight) * (1 + Double(table.values[figure]) / (32 * Double(table.valueMax)))
    }

    /// What to withhold, by slope scaling: a linear program charges by the person, but a figure is withheld or not; so
    /// each round charges a figure that moved its whole charge for the distance that it moved.
    private func cheapestChoice(
        _ model: inout PerturbationModel, _ figure: Int, by amount: Int
    ) throws(PerturbationModel.Failure) -> PerturbationModel.Solution {
        var solution = try model.cheapest(moving: figure, by: amount)
        var best = (solution: solution, charge: charge(solution))
        for _ in 1..<Self.rounds where opened(best.solution).count > 1 {
            for open in opened(solution) {
                model.setCost(open, charge(open) * Double(abs(amount)) / abs(solution.amount(of: open)))
            }
            solution = try model.cheapest(moving: figure, by: amount, from: .repriced)
            let charge = charge(solution)
            if charge < best.charge { best = (solution, charge) }
        }
        return best.solution
    }

    private func opened(_ solution: PerturbationModel.Solution) -> [Int] {
        solution.figures.map(\.place).filter { isOpen($0) }
    }

    private func charge(_ solution: PerturbationModel.Solution) -> Double {
        opened(solution).reduce(0) { $0 + charge($1) }
    }
}
