/// Why two results cannot be compared. No case is quoted.
public enum ComparisonFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Cases that one of the results has and the other has not, or that have another label or group there.
    case otherCases(count: Int)

    /// What was expected.
    public var description: String {
        switch self {
        case .otherCases(let count):
            "expected the same labelled cases in both results; \(count) of them stand in one only, or differ"
        }
    }
}

/// Two ways to decide the same cases, such as two rules files, side by side.
public struct Comparison: Sendable, Equatable {
    /// Which way a verdict changed.
    public enum Way: String, CaseIterable, Sendable {
        /// From wrong to right.
        case better
        /// From right to wrong.
        case worse
        /// Right as before, or wrong as before.
        case same
    }

    /// A case whose verdict changed.
    public struct Change: Sendable, Equatable {
        /// The case with the first decision.
        public let before: JudgedCase
        /// The case with the second decision.
        public let after: JudgedCase
        /// Which way.
        public var way: Way {
            before.isRight == after.isRight ? .same : after.isRight ? .better : .worse
        }
    }

    /// Cases, or groups, that one way decides rightly and the other does not.
    public struct Pairs: Sendable, Hashable {
        /// b: only the first is right.
        public let onlyFirst: Int
        /// c: only the second is right.
        public let onlySecond: Int
        /// McNemar's exact p value.
        public var pValue: Double { McNemar.pValue(onlyFirst, onlySecond) }

        init(_ pairs: [(first: Bool, second: Bool)]) {
            onlyFirst = pairs.count { $0.first && !$0.second }
            onlySecond = pairs.count { $0.second && !$0.first }
        }
    }

    /// The first result.
    public let first: EvaluationResult
    /// The second result.
    public let second: EvaluationResult
    /// The cases whose verdict changed, by id.
    public let changes: [Change]
    /// Of the cases that can be decided by themselves.
    public let texts: Pairs
    /// Of their outcome groups: the p value to go by, since cases of a group are not independent.
    public let groups: Pairs

    /// Compares two results over the same cases.
    /// - Throws: `ComparisonFault`, where the cases are not the same.
    public init(_ first: EvaluationResult, _ second: EvaluationResult) throws(ComparisonFault) {
        let others = Dictionary(second.cases.map { ($0.labelled.id, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = first.cases.compactMap { before -> Change? in
            guard let after = others[before.labelled.id], after.labelled == before.labelled else { return nil }
            return Change(before: before, after: after)
        }
        let unpaired = max(first.cases.count, second.cases.count) - pairs.count
        guard unpaired == 0 else { throw .otherCases(count: unpaired) }
        let decidable = pairs.filter(\.before.labelled.isDecidable)
        self.first = first
        self.second = second
        changes = pairs.filter { $0.before.verdict != $0.after.verdict }
        texts = Pairs(decidable.map { ($0.before.isRight, $0.after.isRight) })
        groups = Pairs(
            zip(Observation.groups(of: decidable.map(\.before)), Observation.groups(of: decidable.map(\.after)))
                .map { ($0.isClaimed == $0.isPositive, $1.isClaimed == $1.isPositive) })
    }

    /// How many verdicts changed a way.
    public func count(_ way: Way) -> Int { changes.count { $0.way == way } }

    /// How much higher the second precision is, with each case counted once; nil where one of them is not stated.
    public var precisionGain: Double? {
        Comparison.difference(first.texts.detection.precision, second.texts.detection.precision)
    }

    /// How much higher the second recall is; nil where one of them is not stated.
    public var recallGain: Double? {
        Comparison.difference(first.texts.detection.recall, second.texts.detection.recall)
    }

    private static func difference(_ first: Proportion, _ second: Proportion) -> Double? {
        guard let first = first.share, let second = second.share else { return nil }
        return second - first
    }
}
