/// What was decided of the cases of each label.
public struct ConfusionTable: Sendable, Hashable {
    /// The cases of one label.
    public struct Row: Sendable, Hashable {
        /// The label.
        public let label: CaseLabel
        /// The cases by verdict, in the order of `CaseVerdict.allCases`.
        public let counts: [Int]
        /// Those of a positive label that were claimed, those of a negative one that were not, of all.
        public let right: Proportion

        /// The cases with a verdict.
        public subscript(verdict: CaseVerdict) -> Int {
            zip(CaseVerdict.allCases, counts).first { $0.0 == verdict }?.1 ?? 0
        }
    }

    /// The labels that occur, in the order of `CaseLabel.allCases`.
    public let rows: [Row]

    init(_ cases: [JudgedCase]) {
        let byLabel = Dictionary(grouping: cases) { $0.labelled.label }
        rows = CaseLabel.allCases.compactMap { label in
            guard let cases = byLabel[label] else { return nil }
            return Row(
                label: label, counts: CaseVerdict.allCases.map { verdict in cases.count { $0.verdict == verdict } },
                right: Proportion(cases.count { $0.isRight }, of: cases.count))
        }
    }
}
