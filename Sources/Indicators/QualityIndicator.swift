import Evaluation
import Primitives

/// K18: how good the claims are.
struct QualityIndicator {
    private(set) var figures: [Figure] = []

    init(_ totals: PopulationTotals, _ reviewed: Proportion?) {
        let (claims, received) = (Population(.attributed), Population(.received))
        if let reviewed, reviewed.total > 0 {
            var figure = Figure.ratio(
                .claimQuality, Slice([.measure: "upheld"]), Int64(reviewed.count), over: Int64(reviewed.total))
            figure.bounds = reviewed.interval.flatMap(QualityIndicator.bounds)
            figures.append(figure)
        } else {
            figures.append(
                Figure(.claimQuality, Slice([.measure: "upheld"]), .notStated(.reviews), n: 0))
        }
        let abstained = Population(.abstained)
        let slice = Slice([.measure: "abstained"])
        if totals.allStateAllOutcomes {
            figures.append(
                .ratio(
                    .claimQuality, slice, totals[abstained].cells.outcomes, over: totals[received].cells.outcomes,
                    populations: [abstained, received]))
        } else {
            figures.append(Figure(.claimQuality, slice, .notStated(.allOutcomes), n: nil, populations: [abstained]))
        }
        figures.append(
            .ratio(
                .claimQuality, Slice([.measure: "on one source"]), totals[claims].credit.onOneOrigin,
                over: totals.claims, populations: [claims]))
    }
}

extension QualityIndicator {
    /// An interval of a share, to a hundredth of a per cent.
    private static func bounds(_ interval: Interval) -> Figure.Bounds? {
        func quantity(_ share: Double) -> Quantity? { Quantity(Int64((share * 10_000).rounded()), over: 10_000) }
        guard let lower = quantity(interval.lower), let upper = quantity(interval.upper) else { return nil }
        return Figure.Bounds(lower: lower, upper: upper)
    }
}

extension PopulationTotals {
    /// Whether that holds for every department that has outcomes in the period.
    fileprivate var allStateAllOutcomes: Bool {
        sums.keys.allSatisfy { $0.part != .received || $0.department < 0 || statesAllOutcomes($0.department) }
    }

    /// The claims of the period: each connection with a part in an attributed outcome is one.
    var claims: Int64 {
        sums.reduce(0) { sum, entry in
            guard case .connection = entry.key.tie, entry.key.part == .attributed, entry.key.department < 0 else {
                return sum
            }
            return sum + entry.value.cells.outcomes
        }
    }
}
