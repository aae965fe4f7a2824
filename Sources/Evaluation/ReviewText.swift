import Primitives

/// What came of a review, for people: plain text of at most 100 columns.
public enum ReviewText {
    /// Indicator K18.
    public static func report(_ quality: ClaimQuality) -> String {
        var lines = ["Claim quality (K18)"]
        func line(_ name: String, _ value: String) { lines.append("  " + name.padded(to: 30) + value) }
        line("upheld of reviewed", FixedText.counted(quality.upheld))
        if let weighted = quality.weighted {
            line(
                "weighted to all claims",
                FixedText.of(weighted.share, weighted.interval)
                    + "  effective size \(FixedText.of(weighted.effectiveSize, 1))")
        }
        if let upheld = quality.upheldOfAll {
            line("that is, of all claims", "\(FixedText.of(upheld, 0)) of \(quality.onOneOrigin.total)")
        }
        line("abstained, of all outcomes", FixedText.counted(quality.abstained))
        line("on one origin, of all claims", FixedText.counted(quality.onOneOrigin))
        if quality.pending > 0 {
            lines += EvaluationText.wrapped(
                "Not reviewed yet: \(FixedText.count(quality.pending, "claim")).", indent: 2)
        }
        if quality.upheld.total < CaseFigures.claimsNeeded {
            lines += EvaluationText.wrapped(
                "A precision of 0.90 cannot be claimed on \(FixedText.count(quality.upheld.total, "reviewed claim")): "
                    + "that needs about \(CaseFigures.claimsNeeded) reviewed positives.", indent: 2)
        }
        if !quality.rules.isEmpty { lines += ["", "Upheld by rule of the best reason"] }
        for rule in quality.rules {
            lines.append("  " + rule.rule.printable.clipped(to: 40).padded(to: 42) + FixedText.counted(rule.upheld))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What was drawn of each stratum.
    public static func report(_ sample: ReviewSample) -> String {
        let all = sample.strata.reduce(0) { $0 + $1.drawn.total }
        let lines = sample.strata.map { stratum in
            "  " + stratum.name.printable.clipped(to: 60).padded(to: 62) + "\(stratum.drawn.count) of "
                + "\(stratum.drawn.total)"
        }
        return (["\(sample.rows.count) of \(FixedText.count(all, "claim")) drawn for review"] + lines).joined(
            separator: "\n") + "\n"
    }

    /// Proposed strengths.
    public static func report(_ calibration: RuleCalibration) -> String {
        var lines = ["Strengths by reviewed claims", row("rule", ["now", "proposed", "upheld of reviewed"])]
        for proposal in calibration.proposals {
            let new = proposal.pooled == nil ? "kept" : FixedText.strength(proposal.new)
            lines.append(
                row(proposal.rule, [FixedText.strength(proposal.old), new, FixedText.counted(proposal.upheld)]))
            if let pooled = proposal.pooled, !proposal.pooledWith.isEmpty {
                lines += EvaluationText.wrapped(
                    "pooled with \(proposal.pooledWith.joined(separator: ", ").printable): "
                        + FixedText.counted(pooled), indent: 6)
            }
        }
        lines += ["", "Kept: fewer than \(RuleCalibration.reviewsNeeded) reviewed claims rest on the rule alone."]
        if calibration.onSeveralOrigins > 0 {
            lines += EvaluationText.wrapped(
                "Left out, since they rest on several origins and say nothing of one rule: "
                    + "\(FixedText.count(calibration.onSeveralOrigins, "reviewed claim")).")
        }
        if calibration.ofUnknownRules > 0 {
            lines += EvaluationText.wrapped(
                "Left out, since the rules file does not have their rule: "
                    + "\(FixedText.count(calibration.ofUnknownRules, "reviewed claim")).")
        }
        for inversion in calibration.inversions {
            lines += EvaluationText.wrapped(
                "The order turns round: \(inversion.changed.printable) would pass \(inversion.kept.printable), which "
                    + "is kept for want of reviews.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        "  " + name.printable.clipped(to: 40).padded(to: 42) + cells[0].aligned(to: 4) + cells[1].aligned(to: 10) + "  "
            + cells[2]
    }
}
