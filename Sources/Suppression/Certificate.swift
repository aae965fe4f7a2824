/// Another table of whole numbers that agrees with all that is published: proof that a figure may have another value.
///
/// Checked with whole numbers only, so that nothing rests on the solver's arithmetic.
struct Certificate {
    /// A number that is another one in this table.
    struct Change: Hashable {
        /// The cell or the figure.
        let place: Int
        /// By how much.
        let amount: Int
    }

    /// The cells that differ.
    let cells: [Change]
    /// The figures that differ because of them, by place.
    let figures: [Change]

    /// - Parameter cells: the cells that differ, none twice.
    /// - Returns: nil where a count would be negative, or where a figure moves that may not: one that is always known
    ///   moves at all, or one that is known to be positive falls below 1.
    init?(_ cells: [Change], in table: MergedTable) {
        var amounts = [Int](repeating: 0, count: table.figures.count)
        for change in cells {
            guard table.counts[change.place] + change.amount >= 0 else { return nil }
            for term in table.figuresOfCell[change.place] { amounts[term.place] += term.sign * change.amount }
        }
        var figures: [Change] = []
        for (figure, amount) in amounts.enumerated() where amount != 0 {
            if table.isAlwaysKnown(figure) { return nil }
            if table.isKnownPositive(figure), table.values[figure] + amount < 1 { return nil }
            figures.append(Change(place: figure, amount: amount))
        }
        self.cells = cells
        self.figures = figures
    }

    /// Whether it agrees with what is published, given what is withheld.
    func holds(withheld: [Bool]) -> Bool {
        figures.allSatisfy { withheld[$0.place] }
    }

    /// By how much a figure differs.
    func amount(of figure: Int) -> Int {
        figures.first { $0.place == figure }?.amount ?? 0
    }

    /// The differences the other way and in proportion, so that a figure differs by an amount; nil where they would not
    /// be whole. It may be no certificate.
    func scaled(_ figure: Int, to amount: Int) -> [Change]? {
        let own = self.amount(of: figure)
        guard own != 0, cells.allSatisfy({ ($0.amount * amount).isMultiple(of: own) }) else { return nil }
        return cells.map { Change(place: $0.place, amount: $0.amount * amount / own) }
    }
}
