import Connections
import Primitives
import Testing
import YAML

@testable import Narrative

/// The words around a statement, in points.
@Suite struct WeighingTests {
    private static let signs = [
        "{ means: received here, points: 1, phrases: [\"to ...3 {home}\"] }",
        "{ means: a thing, points: 1, phrases: [\"bells\", \"bell\", \"pavilion\"] }",
        "{ means: a plan, points: -1, phrases: [\"planned\"] }",
        "{ means: many places, points: -2, phrases: [\"various\", \"{statement} ...3 cities\"] }",
        "{ means: about the partner, points: -1, phrases: [\"{partner} said\"] }",
    ]

    private static func language(_ signs: [String] = signs, least: Int = 1, outcome: Int = 2) -> String {
        smallLanguage + "\nweighing:\n  least: \(least)\n  outcome: \(outcome)\n  signs:\n"
            + signs.map { "    - \($0)\n" }.joined()
    }

    private func bench(_ signs: [String] = signs, least: Int = 1, _ rows: [Connection] = connections) throws -> Bench {
        try Bench(rows, language: Self.language(signs, least: least))
    }

    @Test(arguments: [
        // A sign in the sentence, and one in another.
        ("The City of Gwangju donated it to Port Meridian.", true),
        ("The City of Gwangju donated the bell.", true),
        ("It has a new bell. The City of Gwangju donated it.", true),
        ("The City of Gwangju donated it. It is a pavilion.", true),
        // None, or one that is outweighed; a sign counts once.
        ("The City of Gwangju donated it.", false),
        ("The City of Gwangju donated the planned bell.", false),
        ("The City of Gwangju donated the planned bells, the bell and the pavilion.", false),
        ("The City of Gwangju donated the planned bell to Port Meridian.", true),
        ("The City of Gwangju donated various bells to Port Meridian.", false),
        // What speaks against it counts in its sentence only.
        ("It was planned in May. The City of Gwangju donated the bell.", true),
        // On the statement, and on the partner.
        ("The City of Gwangju donated bells in cities.", false),
        ("Bells in cities are planned. The City of Gwangju donated a bell.", true),
        ("The City of Gwangju said it donated a bell.", false),
    ])
    func theSumDecides(text: String, isEnough: Bool) throws {
        let expected = "gwangju beyondDoubt donated-by" + (isEnough ? "" : " weak")
        #expect(try bench().read(text, isOutcomeKnown: false).contains(expected), "\(text)")
    }

    @Test(arguments: [
        ("The City of Gwangju donated the bell. It is in transit.", false),
        ("It is in transit. The City of Gwangju donated the bell.", false),
        ("The City of Gwangju donated the bell, which is in transit.", false),
        ("It is planned. The City of Gwangju donated the bell.", true),
    ])
    func whatSpeaksAgainstItAnywhereCountsInEverySentence(text: String, isEnough: Bool) throws {
        let anywhere = "{ means: under way, points: -4, anywhere: true, phrases: [\"in transit\"] }"
        let read = try bench(Self.signs + [anywhere]).read(text, isOutcomeKnown: false)
        #expect(read.contains("gwangju beyondDoubt donated-by" + (isEnough ? "" : " weak")), "\(text)")
    }

    @Test func aTextOfAnOutcomeHasThePointsOfTheOutcome() throws {
        let bench = try bench()
        for text in ["The City of Gwangju donated it.", "The City of Gwangju donated the planned event."] {
            #expect(bench.read(text) == ["gwangju beyondDoubt donated-by"])
            #expect(bench.read(text, isOutcomeKnown: false) == ["gwangju beyondDoubt donated-by weak"])
        }
        #expect(
            bench.read("The City of Gwangju donated various planned events.")
                == ["gwangju beyondDoubt donated-by weak"])
    }

    @Test func withoutWeighingNothingIsWeak() throws {
        let text = "The City of Gwangju donated various planned events."
        #expect(try Bench().read(text, isOutcomeKnown: false) == ["gwangju beyondDoubt donated-by"])
    }

    @Test func whatTakesAStatementBackIsToldRatherThanThatItIsWeak() throws {
        let bench = try bench()
        #expect(
            bench.read("It was donated by the City of Gwangju.", isOutcomeKnown: false)
                == ["gwangju beyondDoubt donated-by weak"])
        #expect(
            bench.read("It was not donated by the City of Gwangju.", isOutcomeKnown: false)
                == ["gwangju beyondDoubt donated-by negated"])
    }

    @Test func pointsAndSignsHaveBounds() throws {
        var reader = FieldReader(file: "rules.yaml")
        for (text, key) in [
            ("{ means: x, points: 21, phrases: [a] }", "weighing.signs[0].points"),
            ("{ means: x, phrases: [a] }", "weighing.signs[0].points"),
            ("{ points: 1, phrases: [a] }", "weighing.signs[0].means"),
            ("{ means: x, points: 1, phrases: [<none>] }", "language.weighing.signs[0].phrases[0]"),
        ] {
            reader = FieldReader(file: "rules.yaml")
            let node = try YAMLDocument.parse(Array(Self.language([text]).utf8), file: "rules.yaml")
            reader.check(node, LanguageFile.fields)
            _ = LanguageFile.read(node, &reader)
            #expect(reader.findings.contains { $0.key == key }, "\(text): \(reader.findings)")
        }
        let many = (0..<65).map { "{ means: x, points: 1, phrases: [word\($0)] }" }
        reader = FieldReader(file: "rules.yaml")
        let node = try YAMLDocument.parse(Array(Self.language(many).utf8), file: "rules.yaml")
        #expect(LanguageFile.read(node, &reader) == nil)
        #expect(reader.findings.map(\.key) == ["language.weighing.signs"])
    }
}

/// What holds of the points of every text.
extension WeighingTests {
    private static let pieces = [
        "the City of Gwangju", "León", "Toyota Motor", "the Mexican Consulate", "Port Meridian", "our sister city",
        "donated", "gift from", "to", "not", "said", "planned", "various", "bells", "pavilion", "cities", "paid", "$5",
        "two people", ". ", ". ", "; ", ", ", "\n\n",
    ]

    private func text(_ generator: inout SplitMix64) -> String {
        (0..<Int.random(in: 1...25, using: &generator))
            .map { _ in (Self.pieces.randomElement(using: &generator) ?? "") + " " }.joined()
    }

    @Test func theOrderOfTheSignsDoesNotMatterAndNorDoesAnUnrelatedConnection() throws {
        let seed: UInt64 = 4_700
        var generator = SplitMix64(seed: seed)
        let first = try bench()
        let others = [
            try bench(Self.signs.reversed()), try bench(Self.signs.shuffled(using: &generator)),
            try bench(Self.signs, connections + [connection("a0", .network, "Nobody Speaks of It", "FR")]),
        ]
        var weak = 0
        for round in 0..<1500 {
            let text = text(&generator)
            for isKnown in [true, false] {
                let told = first.read(text, isOutcomeKnown: isKnown)
                weak += told.count { $0.hasSuffix("weak") }
                for other in others {
                    #expect(other.read(text, isOutcomeKnown: isKnown) == told, "seed \(seed), round \(round): \(text)")
                }
            }
        }
        #expect(weak > 100)
    }

    @Test func whoAsksForMorePointsNeverHasAClaimMore() throws {
        let seed: UInt64 = 4_800
        var generator = SplitMix64(seed: seed)
        let (plain, low, high) = (try Bench(), try bench(least: 0), try bench(least: 2))
        func claims(_ bench: Bench, _ text: String) -> Set<Substring> {
            // One claim may stand for another of the same connection.
            Set(
                bench.read(text, isOutcomeKnown: false).filter { $0.split(separator: " ").count == 3 }
                    .compactMap { $0.split(separator: " ").first })
        }
        for round in 0..<1500 {
            let text = text(&generator)
            let (all, some, few) = (claims(plain, text), claims(low, text), claims(high, text))
            #expect(few.isSubset(of: some) && some.isSubset(of: all), "seed \(seed), round \(round): \(text)")
        }
    }
}
