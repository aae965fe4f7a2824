import Primitives

/// The report for people: plain text of at most 100 columns, without a word of the cases.
public enum EvaluationText {
    /// The widest line.
    public static let columns = 100

    /// The report.
    /// - Parameter comparison: what another rule set makes of the same cases, where that was asked for.
    public static func report(_ result: EvaluationResult, _ comparison: Comparison? = nil) -> String {
        var sections = [
            head(result), headline(result), undecidable(result), ConfusionText.lines(result.confusion),
        ]
        sections += [
            slices("Language", result.languages), slices("Department", result.departments),
            result.forms.count > 1 ? slices("Form (not to be added: events may be made)", result.forms) : [],
            CalibrationText.lines(result.calibration), baselines(result), worst(result.worst),
            comparison.map(ComparisonText.lines) ?? [],
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    // MARK: Sections

    private static func head(_ result: EvaluationResult) -> [String] {
        let run = result.run
        let side = run.side.map { ", \($0)" } ?? ""
        let digests = [("cases", run.cases), ("rules", run.rules), ("registry", run.registry)]
            .map { "\($0) \($1.prefix(12))" }
        return [
            "Evaluation of \(run.file)\(side)".printable.clipped(to: columns),
            "\(FixedText.count(result.cases.count, "case")); \(result.texts.detection.count) can be decided by "
                + "themselves, in \(FixedText.count(result.groups.detection.count, "outcome group"))",
            "\(digests.joined(separator: ", ")) (SHA-256), engine \(run.engine), seed \(run.seed)".clipped(to: columns),
        ]
    }

    private static func headline(_ result: EvaluationResult) -> [String] {
        let (texts, groups) = (result.texts, result.groups)
        func line(_ name: String, _ first: String, _ second: String) -> String {
            name.padded(to: 18) + first.padded(to: 40) + second
        }
        func line(_ name: String, _ property: (CaseFigures) -> Proportion) -> String {
            line(name, FixedText.counted(property(texts)), FixedText.counted(property(groups)))
        }
        var lines = [
            line("", "each case once", "each outcome group once"), line("precision", \.detection.precision),
            line("recall", \.detection.recall),
            line(
                "F1", FixedText.of(texts.detection.f1, result.f1IntervalOfTexts),
                FixedText.of(groups.detection.f1, result.f1IntervalOfGroups)),
            line("abstained", \.abstained), line("right connection", \.credited), "",
        ]
        lines += wrapped(
            "Intervals are 95 %: Wilson's of shares, and of F1 a bootstrap of \(GroupBootstrap.draws) draws of whole "
                + "outcome groups. Cases of one group are about one outcome: go by the groups where they are fewer. "
                + "Right connection: of the right claims whose label names a connection.")
        if !texts.hasEnoughClaims {
            lines += wrapped(
                "A precision of 0.90 cannot be claimed on \(FixedText.count(texts.detection.claimed, "claim")): that "
                    + "needs about \(CaseFigures.claimsNeeded) reviewed positives.")
        }
        return lines
    }

    private static func undecidable(_ result: EvaluationResult) -> [String] {
        let figures = result.undecidable
        guard figures.heldBack.total > 0 else { return [] }
        return wrapped(
            "Cases that cannot be decided by themselves, which stand in no other figure: \(figures.heldBack.total). "
                + "Abstained or domestic, as is right there: \(FixedText.counted(figures.heldBack)); claimed "
                + "\(figures.claimed); skipped or not read \(figures.others).")
    }

    private static func slices(_ title: String, _ slices: [CaseSlice]) -> [String] {
        guard !slices.isEmpty else { return [] }
        func line(_ name: String, _ cells: [String]) -> String {
            name.printable.clipped(to: 30).padded(to: 31) + cells[0].aligned(to: 5)
                + zip(cells.dropFirst(), [20, 20, 12, 12]).map { $0.aligned(to: $1) }.joined()
        }
        return [title, line("", ["cases", "precision", "recall", "F1", "abstained"])]
            + slices.map { slice in
                let detection = slice.figures.detection
                return line(
                    slice.name,
                    [
                        String(detection.count), FixedText.share(detection.precision),
                        FixedText.share(detection.recall), FixedText.of(detection.f1, nil),
                        FixedText.of(slice.figures.abstained.share, nil),
                    ])
            }
    }

    private static func baselines(_ result: EvaluationResult) -> [String] {
        guard !result.baselines.isEmpty else { return [] }
        func line(_ name: String, _ cells: [String]) -> String {
            (name.padded(to: 19) + cells.map { $0.padded(to: 21) }.joined()).trimmed
        }
        func cells(_ detection: Detection) -> [String] {
            [FixedText.share(detection.precision), FixedText.share(detection.recall)]
        }
        return [
            "Naive rules on the same passages",
            line("", ["decidable: precision", "recall", "all: precision", "recall"]),
        ] + result.baselines.map { line($0.baseline.rawValue, cells($0.decidable) + cells($0.all)) }
            + [line("the method", cells(result.texts.detection))]
    }

    private static func worst(_ mistakes: [Mistake]) -> [String] {
        guard !mistakes.isEmpty else { return ["No case that can be decided by itself was decided wrongly."] }
        var lines = ["The worst of the wrong decisions: claims on negatives by strength, then positives missed"]
        for mistake in mistakes {
            let judged = mistake.judged
            let what =
                "\(judged.labelled.id): \(judged.labelled.label.rawValue), decided \(judged.verdict.name) at "
                + FixedText.strength(judged.strength)
            lines.append("  " + what.printable.clipped(to: columns - 2))
            lines += wrapped(judged.explanation.printable, indent: 6)
        }
        return lines
    }

    // MARK: Lines

    /// Words in lines of at most 100 columns; a longer word is cut.
    static func wrapped(_ text: String, indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let word = String(word).clipped(to: columns - indent)
            if line.isEmpty {
                line = word
            } else if indent + line.count + 1 + word.count <= columns {
                line += " " + word
            } else {
                lines.append(margin + line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [margin + line]
    }
}

extension String {
    /// The text, or its beginning and an ellipsis, in at most so many characters.
    func clipped(to width: Int) -> String { count <= width ? self : prefix(max(width - 1, 0)) + "…" }

    /// The text without the spaces at its end.
    var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
