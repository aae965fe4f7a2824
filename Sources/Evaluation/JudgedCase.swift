public import Attribution

/// What became of a case: what was decided of it, or why nothing was.
public enum CaseVerdict: String, CaseIterable, Sendable {
    case enabled, contributed, abstained, domestic
    /// It was no outcome by the department's profile, or its source withdrew it.
    case skipped
    /// It could not be read.
    case deadLetter = "dead_letter"

    /// The verdict that a decision is.
    public init(_ verdict: Verdict) {
        self =
            switch verdict {
            case .enabled: .enabled
            case .contributed: .contributed
            case .abstained: .abstained
            case .domestic: .domestic
            case .retracted: .skipped
            }
    }

    /// True where it claims that a connection had a part.
    public var isClaim: Bool { self == .enabled || self == .contributed }
    /// True where it claims nothing and was decided.
    public var holdsBack: Bool { self == .abstained || self == .domestic }
    /// The name for people.
    public var name: String { self == .deadLetter ? "dead letter" : rawValue }
}

/// A labelled case with what the method decided of it.
public struct JudgedCase: Sendable, Equatable {
    /// The case.
    public let labelled: LabelledCase
    /// What was decided.
    public let verdict: CaseVerdict
    /// The combined strength of all connections in basis points, 0 to 10,000.
    public let strength: Int
    /// The connections that are credited.
    public let connections: [String]
    /// The rules that fired.
    public let rules: [String]
    /// The tier of the decision; nil where there is none.
    public let tier: Tier?
    /// Why, in one sentence or two, without words of the case.
    public let explanation: String

    /// Makes a judged case.
    public init(
        _ labelled: LabelledCase, verdict: CaseVerdict, strength: Int = 0, connections: [String] = [],
        rules: [String] = [], tier: Tier? = nil, explanation: String = ""
    ) {
        self.labelled = labelled
        self.verdict = verdict
        self.strength = min(max(strength, 0), 10_000)
        self.connections = connections
        self.rules = rules
        self.tier = tier
        self.explanation = explanation
    }

    /// Whether the decision is as the label has it. Where the case alone cannot decide, to hold back is right.
    public var isRight: Bool {
        labelled.isDecidable ? verdict.isClaim == labelled.label.isPositive : verdict.holdsBack
    }

    /// Whether a right connection is credited; nil where the label names none.
    public var creditsRightly: Bool? {
        let right = labelled.rightConnections
        return right.isEmpty ? nil : connections.contains { right.contains($0) }
    }
}
