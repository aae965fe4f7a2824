import Evaluation
import Primitives
import Testing

@Suite struct FiguresTests {
    /// Of the sample: c01, c02, c03 right claims, c06 a wrong one, c04 and c05 missed, c07 to c10 rightly not claimed.
    @Test func countsEachCaseOnce() {
        let figures = evaluate(sampleCases).texts
        let detection = figures.detection
        #expect(detection.truePositives == 3 && detection.falsePositives == 1)
        #expect(detection.falseNegatives == 2 && detection.trueNegatives == 4)
        #expect(detection.precision == Proportion(3, of: 4) && detection.recall == Proportion(3, of: 5))
        #expect(detection.f1 == 6.0 / 9.0)
        #expect(figures.abstained == Proportion(2, of: 10))
        // c01 credits the right connection, c02 another, c03 names none.
        #expect(figures.credited == Proportion(1, of: 2) && figures.rightWithoutConnection == 1)
        #expect(!figures.hasEnoughClaims)
    }

    /// c01 and c02 are one group, whose credit is right since that of c01 is.
    @Test func countsEachGroupOnce() {
        let figures = evaluate(sampleCases).groups
        #expect(figures.detection.count == 9 && figures.detection.precision == Proportion(2, of: 3))
        #expect(figures.detection.recall == Proportion(2, of: 4) && figures.credited == Proportion(1, of: 1))
        #expect(figures.abstained == Proportion(2, of: 9))
    }

    @Test func reportsUndecidableCasesApart() {
        let figures = evaluate(sampleCases).undecidable
        #expect(figures.heldBack == Proportion(1, of: 2) && figures.claimed == 1 && figures.others == 0)
        let skipped = evaluate([JudgedCase(labelled("a", decidable: false), verdict: .skipped)]).undecidable
        #expect(skipped.heldBack == Proportion(0, of: 1) && skipped.others == 1)
        #expect(JudgedCase(labelled("a", decidable: false), verdict: .domestic).isRight)
        #expect(!JudgedCase(labelled("a", decidable: false), verdict: .enabled).isRight)
    }

    @Test func takesOtherConnectionsForRight() {
        let label = labelled("a", connection: "x", others: ["y"])
        #expect(JudgedCase(label, verdict: .enabled, connections: ["y", "z"]).creditsRightly == true)
        #expect(JudgedCase(label, verdict: .enabled, connections: ["z"]).creditsRightly == false)
        #expect(JudgedCase(labelled("a"), verdict: .enabled, connections: ["z"]).creditsRightly == nil)
    }

    @Test func statesNothingWithoutCases() {
        let result = evaluate([])
        #expect(result.texts.detection.f1 == nil && result.texts.detection.precision.share == nil)
        #expect(result.f1IntervalOfTexts == nil && result.calibration.expectedError == nil && result.worst.isEmpty)
    }

    @Test func slicesByLanguageDepartmentAndForm() throws {
        let event = LabelledCase(id: "e", department: "health", content: .event([]), label: .none)
        let result = evaluate(sampleCases + [JudgedCase(event, verdict: .domestic)])
        #expect(result.languages.map(\.name) == ["en", "es", "not stated"])
        #expect(result.languages.map(\.figures.detection.count) == [8, 1, 2])
        #expect(result.departments.map(\.name) == ["education", "health", "housing", "transport"])
        #expect(result.departments.last?.figures.detection.precision == Proportion(1, of: 1))
        #expect(result.forms.map(\.name) == ["events", "passages"])
        #expect(result.forms.map(\.figures.detection.count) == [1, 10])
    }

    @Test func tabulatesLabelsAgainstVerdicts() throws {
        let rows = evaluate(sampleCases).confusion.rows
        #expect(
            rows.map(\.label) == [
                .enabled, .contributed, .activityOnly, .outbound, .domestic, .none, .nameTrap,
            ])
        let enabled = try #require(rows.first)
        #expect(enabled.counts == [1, 1, 1, 0, 0, 0] && enabled.right == Proportion(2, of: 3))
        #expect(enabled[.abstained] == 1 && enabled[.deadLetter] == 0)
        #expect(rows.first { $0.label == .nameTrap }?.right == Proportion(1, of: 1))
    }

    @Test func listsTheWorstFirst() {
        let wrong = evaluate(sampleCases).worst
        #expect(wrong.map(\.judged.labelled.id) == ["c06", "c04", "c05"])
        #expect(wrong.map(\.kind) == [.falsePositive, .falseNegative, .falseNegative])
        let many = (0..<30).map {
            JudgedCase(labelled("n\(10 + $0)", .none), verdict: .enabled, strength: 5000 + 100 * ($0 % 15))
        }
        let worst = evaluate(many).worst
        #expect(worst.count == 20 && worst.prefix(3).map(\.judged.labelled.id) == ["n24", "n39", "n23"])
    }

    @Test func theOrderOfCasesDoesNotMatter() {
        for seed in UInt64(0)..<20 {
            var random = SplitMix64(seed: seed)
            let cases = randomCases(&random, count: 40)
            let shuffled = cases.shuffled(using: &random)
            #expect(evaluate(cases) == evaluate(shuffled), "seed \(seed)")
        }
    }

    @Test func aTextThatIsThereTwiceChangesNoFigureOfGroups() {
        for seed in UInt64(0)..<50 {
            var random = SplitMix64(seed: seed)
            let cases = randomCases(&random, count: 30)
            let one = cases[random.below(cases.count)]
            let old = one.labelled
            let copy = JudgedCase(
                labelled(
                    "copy", old.label, group: old.outcomeGroup, decidable: old.isDecidable, connection: old.connection),
                verdict: one.verdict, strength: one.strength, connections: one.connections)
            let (before, after) = (evaluate(cases), evaluate(cases + [copy]))
            #expect(before.groups == after.groups, "seed \(seed)")
            #expect(before.f1IntervalOfGroups == after.f1IntervalOfGroups, "seed \(seed)")
        }
    }

    @Test func theCountsOfTablesAddUp() {
        for seed in UInt64(0)..<20 {
            var random = SplitMix64(seed: seed)
            let result = evaluate(randomCases(&random, count: 60))
            let count = result.texts.detection.count
            #expect(count + result.undecidable.heldBack.total == 60)
            #expect(result.confusion.rows.reduce(0) { $0 + $1.counts.reduce(0, +) } == count, "seed \(seed)")
            #expect(result.languages.map(\.figures.detection).reduce(Detection(), +) == result.texts.detection)
            #expect(result.departments.map(\.figures.detection).reduce(Detection(), +) == result.texts.detection)
        }
    }
}
