import Primitives

/// Two rule sets side by side, as lines.
enum ComparisonText {
    static func lines(_ comparison: Comparison) -> [String] {
        let (first, second) = (comparison.first.run.rules.prefix(12), comparison.second.run.rules.prefix(12))
        let changed = FixedText.count(comparison.changes.count, "verdict")
        var lines = [
            "Rules \(second) on the same cases: \(changed) changed from those of rules \(first)",
            "  better \(comparison.count(.better)), worse \(comparison.count(.worse)), as right or wrong as before "
                + "\(comparison.count(.same))",
            "  precision \(gain(comparison.precisionGain)), recall \(gain(comparison.recallGain))",
            line("cases", comparison.texts), line("outcome groups", comparison.groups),
        ]
        for change in comparison.changes {
            let (before, after) = (change.before, change.after)
            let strengths = "\(FixedText.strength(before.strength)) to \(FixedText.strength(after.strength))"
            let what =
                "\(before.labelled.id): \(before.labelled.label.rawValue), \(before.verdict.name) to "
                + "\(after.verdict.name), \(strengths), \(change.way.rawValue)"
            lines.append("  " + what.printable.clipped(to: EvaluationText.columns - 2))
        }
        return lines
    }

    private static func gain(_ value: Double?) -> String {
        guard let value else { return "not stated" }
        let text = FixedText.of(value)
        return value < 0 ? text : "+\(text)"
    }

    private static func line(_ name: String, _ pairs: Comparison.Pairs) -> String {
        "  \(name): right only before \(pairs.onlyFirst), right only after \(pairs.onlySecond); McNemar's exact p "
            + FixedText.of(pairs.pValue, 4)
    }
}
