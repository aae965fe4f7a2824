/// Counts of people, the figures made of them, and from which count on a figure may be published.
///
/// The module knows nothing of departments, months or releases: a hierarchy is a set of figures that add up, two
/// releases are figures over the cells of both, and a difference between them is a derived figure.
public struct SuppressionProblem: Sendable {
    /// The least threshold: it can only be raised.
    public static let thresholdMin = 10
    /// The largest count of a cell, and of all cells together: the solver calculates with doubles.
    public static let countMax = 1_000_000_000
    /// The largest weight of a figure.
    public static let weightMax = 1_000

    /// People in the cells of the finest cross of all dimensions.
    public let cells: [Int]
    /// The figures, those of earlier releases included.
    public let figures: [Figure]
    /// A figure is sensitive where its value is from 1 to this, a derived one also from -1 down to the negative of it.
    public let threshold: Int

    /// Makes a problem.
    public init(
        cells: [Int], figures: [Figure], threshold: Int = SuppressionProblem.thresholdMin
    ) throws(SuppressionError) {
        guard (Self.thresholdMin...Self.countMax).contains(threshold) else { throw .thresholdTooLow(threshold) }
        var total = 0
        for (cell, count) in cells.enumerated() {
            guard (0...Self.countMax).contains(count), total + count <= Self.countMax else {
                throw .cellOutOfBounds(cell: cell)
            }
            total += count
        }
        self.cells = cells
        self.figures = figures
        self.threshold = threshold
        var lastFigure = [Int](repeating: -1, count: cells.count)
        for (place, figure) in figures.enumerated() {
            for cell in figure.added + figure.subtracted {
                guard cells.indices.contains(cell), lastFigure[cell] != place else {
                    throw .wrongCell(figure: place, cell: cell)
                }
                lastFigure[cell] = place
            }
            try check(figure, place)
        }
    }

    private func check(_ figure: Figure, _ place: Int) throws(SuppressionError) {
        guard (1...Self.weightMax).contains(figure.weight) else { throw .weightOutOfBounds(figure: place) }
        let value = value(of: figure)
        guard value >= 0 || figure.role == .derived else { throw .negativeFigure(figure: place) }
        guard value > 0 || figure.role != .withheld else { throw .withheldZero(figure: place) }
    }

    /// The sum of a figure's cells.
    public func value(of figure: Figure) -> Int {
        figure.added.reduce(0) { $0 + cells[$1] } - figure.subtracted.reduce(0) { $0 + cells[$1] }
    }

    /// Decides what is withheld, so that no small figure follows from what is published.
    ///
    /// The same problem gives the same result. Takes time that grows with the sensitive figures and with the size of
    /// the tables; `docs/suppression.md` has measurements.
    /// - Throws: `SuppressionError.solverFailed`, which has not been seen. A figure that cannot be protected throws
    ///   nothing: the result lists it as unprotected.
    public func suppress() throws(SuppressionError) -> SuppressionResult {
        var suppressor = Suppressor(self)
        return try suppressor.run()
    }
}
