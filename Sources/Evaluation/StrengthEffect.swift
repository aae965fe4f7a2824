import Attribution

/// What other strengths would change in the decisions of records that are out.
///
/// The reasons of a record are weighed again (docs/method.md, section 3, steps 8 and 9). A record keeps one reason of
/// each origin, the strongest by the old strengths; where another would have become the strongest, that is not seen
/// here.
public struct StrengthEffect: Sendable, Hashable {
    /// One way in which decisions change.
    public struct Change: Sendable, Hashable, Comparable {
        /// What is decided now.
        public let old: CaseVerdict
        /// What would be decided.
        public let new: CaseVerdict

        /// The order of the verdicts.
        public static func < (left: Change, right: Change) -> Bool {
            (left.old.rawValue, left.new.rawValue) < (right.old.rawValue, right.new.rawValue)
        }
    }

    /// The outcomes that were looked at.
    public private(set) var outcomes = 0
    /// How many outcomes change, by the way.
    public private(set) var changes: [Change: Int] = [:]

    /// The outcomes whose decision would change.
    public var changed: Int { changes.values.reduce(0, +) }

    mutating func add(_ verdict: CaseVerdict, _ reasons: [RecordReason], _ strengths: [String: Int], _ rules: Rules) {
        outcomes += 1
        let weighed = reasons.filter { $0.tier != "T3" }
        guard !weighed.isEmpty else { return }
        var all = NoisyOr()
        for reason in weighed { all.add(strengths[reason.rule] ?? reason.strength) }
        let new: CaseVerdict =
            all.strength >= rules.enabledFrom
            ? .enabled : all.strength >= rules.contributedFrom ? .contributed : .domestic
        if new != verdict { changes[Change(old: verdict, new: new), default: 0] += 1 }
    }

    /// The effect in words.
    public var report: String {
        var lines = ["Of \(outcomes) outcomes, the decision of \(changed) would change."]
        for (change, count) in changes.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(change.old.name) to \(change.new.name): \(count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
