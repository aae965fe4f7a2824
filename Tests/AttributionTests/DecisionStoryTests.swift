import Connections
import Primitives
import Testing

@testable import Attribution

/// Decisions as a council member reads them.
@Suite struct DecisionStoryTests {
    @Test func anEnabledOutcomeInBothLanguages() throws {
        let bench = try Bench([connection("a"), connection("b")])
        let candidates = bench.candidates([
            Stated("grant", "grant-a", .fundedBy), Stated("grant", "grant-b", .trainedUnder),
        ])
        var outcome = Outcome()
        outcome.occurredOn = try day("2026-03-04")
        var decision = Decision()
        Decider(rules: bench.rules, registry: bench.registry, department: "housing").decide(
            outcome, candidates, into: &decision)
        let story = DecisionStory(decision, registry: bench.registry)
        #expect(
            story.text(.english)
                == "An international connection made this outcome possible: it was funded by Partner of a and people "
                + "trained by Partner of b did the work. The credit is shared: Partner of a 50.5 % and Partner of b "
                + "27.6 %; the city's own effort 21.9 %.")
        #expect(
            story.text(.spanish)
                == "Una conexión internacional hizo posible este resultado: lo financió Partner of a e hizo el trabajo "
                + "personal capacitado por Partner of b. El crédito se reparte: Partner of a 50,5 % y Partner of b "
                + "27,6 %; el esfuerzo propio de la ciudad, 21,9 %.")
    }

    @Test func aNearMissTellsUntilWhenItWouldHaveCounted() throws {
        let story = DecisionStory(
            verdict: .domestic, misses: [.init(partner: "Clinic", reason: .ended, day: try day("2020-12-31"))])
        #expect(
            story.text(.english).hasSuffix("Clinic would have counted until 31 December 2020, when its time ended."))
        #expect(
            story.text(.spanish).hasSuffix(
                "Clinic habría contado hasta el 31 de diciembre de 2020, cuando terminó su vigencia."))
    }

    @Test func everyReasonHasItsWordsInBothLanguages() throws {
        for language in DecisionStory.Language.allCases {
            var told: Set<String> = []
            for reason in NearMiss.Reason.allCases {
                let story = DecisionStory(verdict: .abstained, misses: [.init(partner: "X", reason: reason, day: nil)])
                told.insert(story.text(language))
            }
            #expect(told.count == NearMiss.Reason.allCases.count)
            told = []
            for mechanism in Mechanism.allCases.map({ Optional($0) }) + [nil] {
                let story = DecisionStory(
                    verdict: .contributed, reasons: [.init(partner: "X", mechanism: mechanism, tier: .corroborated)])
                told.insert(story.text(language))
            }
            #expect(told.count == Mechanism.allCases.count + 1)
        }
    }

    @Test func longListsAreCut() {
        let reasons = (1...6).map { DecisionStory.Reason(partner: "P\($0)", mechanism: .fundedBy, tier: .documentary) }
        let misses = (1...6).map { DecisionStory.Miss(partner: "M\($0)", reason: .proposed, day: nil) }
        let text = DecisionStory(verdict: .enabled, reasons: reasons, misses: misses).text(.english)
        #expect(text.contains("P3 and 3 more"))
        #expect(!text.contains("P4") && text.contains("M3") && !text.contains("M4"))
    }

    @Test func spanishJoinsBeforeTheSoundOfI() {
        let shares = ["Kobe", "Ibiza"].map { DecisionStory.Share(partner: $0, basisPoints: 1000) }
        let text = DecisionStory(verdict: .enabled, shares: shares).text(.spanish)
        #expect(text.contains("Kobe 10,0 % e Ibiza 10,0 %"))
    }
}
