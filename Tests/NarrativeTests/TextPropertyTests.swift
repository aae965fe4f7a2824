import Connections
import Primitives
import Testing

@testable import Narrative

/// What holds of every text.
@Suite struct TextPropertyTests {
    private static let pieces = [
        "Gwangju", "the City of Gwangju", "Kwangju, South Korea", "León", "Toyota Motor", "the Mexican Consulate",
        "Mexico",
        "Port Meridian", "our sister city", "gave", "donated", "gift from", "to", "not", "hopes", "visited", "will",
        "people",
        "two", "$5", "5 million dollars", "USD 5", "worth", "paid", "Texas", "in Mexico", "to the city of", "bells",
        "St. Mary", "U.S.", "…", "[...]", "Mr.", ".", ". ", "! ", "? ", "; ",
        ", ",
        " ", " ", " ", " and ", "\n\n", "\n", "-", "’s", "\"", "日本", "é", "\u{301}",
    ]

    private func text(_ generator: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            let piece = Self.pieces.randomElement(using: &generator) ?? ""
            return Bool.random(using: &generator) ? piece + " " : piece
        }.joined()
    }

    private func read(_ reader: TextReader, _ bytes: [UInt8], isOutcomeKnown: Bool = true) -> [TextStatement] {
        var statements: [TextStatement] = []
        bytes.withUnsafeBytes { reader.read($0, isOutcomeKnown: isOutcomeKnown, into: &statements) }
        return statements
    }

    @Test func sentencesWithoutNamesCanBePassedOver() throws {
        let seed: UInt64 = 4_100
        var generator = SplitMix64(seed: seed)
        let registry = RegistryIndex(Registry(connections: connections, digest: "test"))
        let index = NameIndex(registry, language: try language(smallLanguage), home: "Port Meridian")
        let (some, all) = (TextReader(index), TextReader(lookingAtAllOf: index))
        for round in 0..<3000 {
            let text = text(&generator)
            let bytes = Array(text.utf8)
            #expect(read(some, bytes) == read(all, bytes), "seed \(seed), round \(round): \(text)")
        }
    }

    @Test func aTextTwiceSaysTheSame() throws {
        let seed: UInt64 = 4_200
        var generator = SplitMix64(seed: seed)
        let bench = try Bench()
        for round in 0..<1000 {
            let once = text(&generator)
            // A paragraph of its own, so that no sentence goes on in the next.
            #expect(bench.read(once) == bench.read(once + "\n\n" + once), "seed \(seed), round \(round): \(once)")
        }
    }

    @Test func anUnrelatedConnectionChangesNothing() throws {
        let seed: UInt64 = 4_300
        var generator = SplitMix64(seed: seed)
        let few = try Bench()
        let many = try Bench(connections + [connection("a0", .network, "Nobody Speaks of It", "FR")])
        for round in 0..<1000 {
            let text = text(&generator)
            #expect(few.read(text) == many.read(text), "seed \(seed), round \(round): \(text)")
        }
    }

    @Test func howAnAmountIsWrittenDoesNotMatter() throws {
        let seed: UInt64 = 4_400
        var generator = SplitMix64(seed: seed)
        let bench = try Bench()
        for round in 0..<1000 {
            let text = text(&generator).replacing("dollars", with: "bells").replacing("USD 5", with: "$5")
            for form in ["US$ 5", "€5", "USD 5", "5 USD"] {
                // Apart from the words around it: a currency goes with the number beside it.
                let before = text.replacing("$5", with: " ; $5 ; ")
                let after = text.replacing("$5", with: " ; \(form) ; ")
                for isKnown in [true, false] {
                    #expect(
                        bench.read(before, isOutcomeKnown: isKnown) == bench.read(after, isOutcomeKnown: isKnown),
                        "seed \(seed), round \(round), \(form): \(text)")
                }
            }
        }
    }

    @Test func aReceiverElsewhereNeverMakesAClaim() throws {
        let seed: UInt64 = 4_500
        var generator = SplitMix64(seed: seed)
        let bench = try Bench()
        func holding(_ told: [String]) -> Set<String> { Set(told.filter { $0.hasSuffix("donated-by") }) }
        for round in 0..<1000 {
            let text = text(&generator)
            let more = holding(bench.read(text + " to the city of Yamaga"))
            #expect(more.isSubset(of: holding(bench.read(text))), "seed \(seed), round \(round): \(text)")
        }
    }

    @Test func capitalsAndAccentsAndBytesThatAreNoTextDoNotMatter() throws {
        let bench = try Bench()
        #expect(bench.read("THE CITY OF GWANGJU GAVE A BELL") == bench.read("the city of gwangju gave a bell"))
        #expect(bench.read("La ciudad hermana de Leon dono") == bench.read("La ciudad hermana de León donó"))
        var bytes = Array("the City of Gwangju gave \u{1F514}".utf8)
        bytes.insert(0xff, at: 0)
        let registry = RegistryIndex(Registry(connections: connections, digest: "test"))
        let reader = TextReader(NameIndex(registry, language: try language(smallLanguage), home: nil))
        #expect(read(reader, bytes).map(\.mechanism) == [.donatedBy])
    }

    @Test func aSentenceMadeToBeSlowEnds() throws {
        let bench = try Bench()
        let slow = String(repeating: "gift city of Gwangju and ", count: 800)
        _ = bench.read(slow)
        _ = bench.read(String(repeating: "gift ", count: 5_000) + "from the City of Gwangju")
    }
}
