/// Why figures cannot be judged. It names places in the caller's lists and never a count.
public enum SuppressionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The threshold is below the least one that is allowed.
    case thresholdTooLow(Int)
    /// A cell holds a negative count, or one above `SuppressionProblem.countMax`.
    case cellOutOfBounds(cell: Int)
    /// A figure names a cell that is not there, or names one twice.
    case wrongCell(figure: Int, cell: Int)
    /// A figure that is not derived is negative.
    case negativeFigure(figure: Int)
    /// A figure that was withheld in an earlier release is 0, though zeros are published.
    case withheldZero(figure: Int)
    /// A figure's weight is not within 1 ... `SuppressionProblem.weightMax`.
    case weightOutOfBounds(figure: Int)
    /// The linear programming solver gave up on a figure.
    case solverFailed(figure: Int, status: Int)

    /// Where, what was expected and what to do.
    public var description: String {
        switch self {
        case .thresholdTooLow(let threshold):
            "threshold \(threshold): expected at least \(SuppressionProblem.thresholdMin); it can only be raised"
        case .cellOutOfBounds(let cell):
            "cell \(cell): expected a count of people from 0 to \(SuppressionProblem.countMax)"
        case .wrongCell(let figure, let cell):
            "figure \(figure): expected each cell once and in the list of cells; look at cell \(cell)"
        case .negativeFigure(let figure):
            "figure \(figure): expected a sum of 0 or more; only a derived figure may be negative"
        case .withheldZero(let figure):
            "figure \(figure): expected 1 or more of a figure that was withheld; a zero is published"
        case .weightOutOfBounds(let figure):
            "figure \(figure): expected a weight from 1 to \(SuppressionProblem.weightMax)"
        case .solverFailed(let figure, let status):
            "figure \(figure): the solver stopped with status \(status); nothing may be published of this problem"
        }
    }
}
