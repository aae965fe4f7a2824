import Testing

@testable import Narrative

@Suite struct PhraseParserTests {
    private func parser() throws -> PhraseParser {
        var parser = PhraseParser()
        try parser.addList("gave", ["donated", "gave", "handed over"])
        return parser
    }

    private func phrases(_ text: String) throws -> [Phrase] {
        var parser = try parser()
        return try parser.phrases(text)
    }

    private func message(_ text: String) -> String? {
        do {
            _ = try phrases(text)
            return nil
        } catch {
            return (error as? PhraseError)?.message
        }
    }

    @Test func wordsStandBehindTheAnchorOrBeforeItNearestFirst() throws {
        let phrase = try #require(try phrases("gift from {partner} arrived").first)
        #expect(phrase.anchor == .partner)
        #expect(phrase.before.count == 2)
        #expect(phrase.after.count == 1)
        // `from` stands nearest: the words were numbered in the order of the phrase.
        #expect(phrase.before[0].set > phrase.before[1].set)
    }

    @Test func singleWordsAreOneSetAndLongerAlternativesPhrasesOfTheirOwn() throws {
        #expect(try phrases("{partner} sent|lent|gave").count == 1)
        #expect(try phrases("{partner} (sent|handed over|gave)").count == 2)
        #expect(try phrases("{partner} <gave>").count == 2)
        #expect(try phrases("{partner} (a b|c d) (e f|g h)").count == 4)
    }

    @Test func whatMayBeLeftOut() throws {
        let single = try phrases("the? city of {partner}")
        #expect(single.count == 1)
        #expect(single[0].before.last?.isOptional == true)
        #expect(try phrases("(in the)? city of {partner}").count == 2)
    }

    @Test func placesOfOtherThanWords() throws {
        let phrase = try #require(try phrases("{partner} gave {connection} {home} {elsewhere} {number} {money}").first)
        #expect(phrase.after.map(\.kind) == [.words, .connection, .home, .elsewhere, .number, .money])
    }

    @Test func gapsSayHowFarAndWhetherTheyStayInTheClause() throws {
        let phrase = try #require(try phrases("sent ...3 to ..2 the ... {partner}").first)
        let gaps = phrase.before.filter { $0.kind == .gap }
        #expect(gaps.map(\.most) == [6, 2, 3])
        #expect(gaps.map(\.staysInClause) == [false, true, false])
    }

    @Test(arguments: [
        ("", "expected words"), ("{partner}", "a word that is not optional"), ("the? {partner}", "not optional"),
        ("{partner} {partner} gave", "one {partner} or {statement}"), ("... {partner} gave", "neither begins nor ends"),
        ("{partner} gave ...", "neither begins nor ends"), ("{partner} gave ...13 to", "a gap of 1 to 12"),
        ("{partner} gave . to", "... for a gap"), ("{partner} <given>", "did you mean <gave>?"),
        ("{partner} <taken>", "there is no list <taken>"), ("{place} gave", "expected {partner}"),
        ("{partner} (gave", "expected )"), ("{partner} gave)", "no ) without ("),
        ("{partner} gave|", "a word beside |"),
        ("{partner}? gave", "without ?"), ("{partner} ;", "words of letters and digits"),
        ("{partner}gave", "a space between"), ("{partner} <gave", "expected >"),
    ])
    func whatIsWrongIsSaid(text: String, expected: String) {
        let message = message(text)
        #expect(message?.contains(expected) == true, "\(text): \(message ?? "no message")")
    }

    @Test func alternativesThatMultiplyAreRefused() {
        let part = "(a b|c d|e f|g h|i j|k l|m n|o p)"
        #expect(message("{partner} \(part) \(part) \(part) \(part)")?.contains("512 ways") == true)
        let deep = String(repeating: "(", count: 6) + "a" + String(repeating: ")", count: 6)
        #expect(message("{partner} \(deep)")?.contains("4 parentheses") == true)
    }

    @Test func wordsAreFolded() throws {
        var parser = PhraseParser()
        _ = try parser.phrases("{partner} DONÓ Capacitación")
        #expect(Set(parser.builder.words.keys) == ["dono", "capacitacion"])
    }
}
