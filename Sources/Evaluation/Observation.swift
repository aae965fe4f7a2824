/// What a figure counts once: a case, or all cases of an outcome group.
struct Observation: Equatable {
    /// Whether the label is positive; of a group, whether one of them is.
    var isPositive: Bool
    /// Whether a claim was made; of a group, in any case of it.
    var isClaimed: Bool
    /// Whether it was abstained from: of a group, where that is so for a case and no claim was made.
    var isAbstained: Bool
    /// Whether a claim on a positive credits a right connection; nil where there is none, or no label names one.
    var creditsRightly: Bool?

    init(_ judged: JudgedCase) {
        isPositive = judged.labelled.label.isPositive
        isClaimed = judged.verdict.isClaim
        isAbstained = judged.verdict == .abstained
        creditsRightly = isPositive && isClaimed ? judged.creditsRightly : nil
    }

    /// Makes this the observation of both.
    mutating func merge(_ other: Observation) {
        isPositive = isPositive || other.isPositive
        isClaimed = isClaimed || other.isClaimed
        isAbstained = !isClaimed && (isAbstained || other.isAbstained)
        if let credits = other.creditsRightly { creditsRightly = credits || creditsRightly ?? false }
    }

    /// One observation for each outcome group, in order of their names.
    static func groups(of cases: [JudgedCase]) -> [Observation] {
        var merged: [String: Observation] = [:]
        for judged in cases {
            let own = Observation(judged)
            merged[judged.labelled.outcomeGroup, default: own].merge(own)
        }
        return merged.sorted { $0.key < $1.key }.map(\.value)
    }
}
