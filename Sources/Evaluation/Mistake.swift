/// A decision that the label contradicts, for whoever looks for the reason.
public struct Mistake: Sendable, Equatable {
    /// Which way it is wrong.
    public enum Kind: String, Sendable {
        /// A claim on a negative.
        case falsePositive = "false-positive"
        /// No claim on a positive.
        case falseNegative = "false-negative"
    }

    /// The most that are listed.
    public static let listedMax = 20

    /// Which way it is wrong.
    public let kind: Kind
    /// The case.
    public let judged: JudgedCase

    /// The worst of the wrong decisions: claims on negatives, the strongest first, and then positives that were missed,
    /// the strongest first; equal ones by id.
    static func worst(of cases: [JudgedCase]) -> [Mistake] {
        let wrong = cases.filter { !$0.isRight }
            .map { Mistake(kind: $0.verdict.isClaim ? .falsePositive : .falseNegative, judged: $0) }
        return Array(wrong.sorted { $0.precedes($1) }.prefix(listedMax))
    }

    private func precedes(_ other: Mistake) -> Bool {
        if kind != other.kind { return kind == .falsePositive }
        if judged.strength != other.judged.strength { return judged.strength > other.judged.strength }
        return judged.labelled.id < other.judged.labelled.id
    }
}
