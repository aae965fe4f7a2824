/// The figures of a set of cases, or of a set of outcome groups.
public struct CaseFigures: Sendable, Hashable {
    /// The claims that a precision of 0.90 takes: with 200 its 95 % interval reaches from 0.85 to 0.93.
    public static let claimsNeeded = 200

    /// Right and wrong claims.
    public let detection: Detection
    /// Cases that were abstained from, of all.
    public let abstained: Proportion
    /// Right claims that credit the labelled connection or another right one, of those whose label names one.
    public let credited: Proportion

    init(_ observations: [Observation]) {
        var detection = Detection()
        for observation in observations {
            detection.add(isClaimed: observation.isClaimed, isPositive: observation.isPositive)
        }
        let credits = observations.compactMap(\.creditsRightly)
        self.detection = detection
        abstained = Proportion(observations.count { $0.isAbstained }, of: observations.count)
        credited = Proportion(credits.count { $0 }, of: credits.count)
    }

    /// Right claims whose label names no connection, so that nothing can be said of the credit.
    public var rightWithoutConnection: Int { detection.truePositives - credited.total }
    /// Whether there are enough claims for a precision of 0.90 to be claimed.
    public var hasEnoughClaims: Bool { detection.claimed >= CaseFigures.claimsNeeded }
}

/// The figures of the cases that have something in common, such as their language.
public struct CaseSlice: Sendable, Hashable {
    /// What they have in common; `not stated` where the cases do not say.
    public let name: String
    /// Their figures.
    public let figures: CaseFigures

    /// The slices of cases by a property, in order of its values.
    static func slices(of cases: [JudgedCase], by property: (LabelledCase) -> String?) -> [CaseSlice] {
        Dictionary(grouping: cases) { property($0.labelled) ?? "not stated" }
            .sorted { $0.key < $1.key }
            .map { CaseSlice(name: $0.key, figures: CaseFigures($0.value.map(Observation.init))) }
    }
}

/// What became of the cases that cannot be decided by themselves: there it is right to hold back.
public struct UndecidableFigures: Sendable, Hashable {
    /// Abstained or domestic, of all.
    public let heldBack: Proportion
    /// Claims, which nothing in the case carries.
    public let claimed: Int
    /// Neither: skipped or not read.
    public var others: Int { heldBack.total - heldBack.count - claimed }

    init(_ cases: [JudgedCase]) {
        heldBack = Proportion(cases.count { $0.verdict.holdsBack }, of: cases.count)
        claimed = cases.count { $0.verdict.isClaim }
    }
}
