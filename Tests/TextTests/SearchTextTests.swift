import CUTF8Proc
import Primitives
import Testing

@testable import Text

/// A text in the form in which it is searched.
func searchable(_ text: String) -> String {
    String(decoding: searchable(Array(text.utf8)), as: UTF8.self)
}

/// Bytes in the form in which they are searched.
func searchable(_ bytes: [UInt8]) -> [UInt8] {
    var folder = SearchText()
    return bytes.withUnsafeBytes { [UInt8](folder.fold($0)) }
}

@Suite struct SearchTextTests {
    @Test(arguments: [
        ("Consulado General de México", "consulado general de mexico"),
        ("CONSULADO GENERAL DE ME\u{301}XICO", "consulado general de mexico"),
        ("¿Quién donó 1.200 €?", "¿quien dono 1.200 $?"), ("El Niño – Ñandú, pingüino", "el nino - nandu, pinguino"),
        ("Straße, Łódź, Þórður, Æsir, İSTANBUL", "strasse, lodz, thordur, aesir, istanbul"),
        ("Vi\u{1EC7}t Nam", "viet nam"), ("Viê\u{323}t Nam", "viet nam"), ("ﬁne №5 ＡＢＣ ① ½", "fine no5 abc 1 1⁄2"),
        ("熊本市・サンアントニオ市", "熊本市・サンアントニオ市"), ("ｻﾝｱﾝﾄﾆｵ", "サンアントニオ"), ("か\u{3099}", "が"),
        ("ガ", "ガ"), ("カ\u{3099}", "ガ"), ("광주광역시", "광주광역시"), ("\u{1100}\u{116A}\u{11BC}주", "광주"),
        ("가\u{11A8}", "각"), ("القُنْصُلِيَّة", "القنصلية"), ("أحمد", "احمد"), ("हिन्दी", "हिन्दी"),
        ("\u{928}\u{93c}", "\u{929}"), ("\u{958}", "\u{915}\u{93c}"), ("กรุงเทพฯ", "กรุงเทพฯ"),
        ("น้ำ", "น\u{e49}\u{e4d}า"), ("Йошкар-Ола", "иошкар-ола"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("שָׁלוֹם", "שלום"), ("𝐀𝓑", "ab"), ("😀 👍🏽", "😀 👍🏽"), ("𠮷野家", "𠮷野家"), ("", ""),
        ("ﷺ", "صلى الله عليه وسلم"), ("\u{FDFA}\u{FDFA}", "صلى الله عليه وسلمصلى الله عليه وسلم"),
    ])
    func foldsLetters(_ given: String, _ expected: String) {
        #expect(codes(searchable(given)) == codes(expected))
    }

    @Test(arguments: [
        ("O’Hare O‘Hare OʼHare O´Hare O`Hare O＇Hare O'Hare", "o'hare o'hare o'hare o'hare o'hare o'hare o'hare"),
        ("Hawaiʻi ‚x‛ Kazanʹ 5′ צ׳", "hawai'i 'x' kazan' 5' צ'"), ("x\u{1FFD}y\u{1FEF}z", "x'y'z"),
        ("a\u{2010}b\u{2011}c\u{2012}d\u{2013}e\u{2212}f﹣g－h\u{5be}i", "a-b-c-d-e-f-g-h-i"), ("co\u{ad}op", "coop"),
        ("Gwangju—our sister city―helped", "gwangju--our sister city--helped"), ("a︱b", "a--b"),
        ("«a» “b” „c‟ ‹d› ＂e״", "\"a\" \"b\" \"c\" \"d\" \"e\""), ("wait…", "wait..."), ("‥", ".."), ("ŉ", "'n"),
    ])
    func unifiesPunctuation(_ given: String, _ expected: String) {
        #expect(codes(searchable(given)) == codes(expected))
    }

    @Test(arguments: [
        ("  a  b\t", "a b"), ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\n\nb", "a\nb"), ("a\r\n\r\nb", "a\nb"),
        ("a\r\rb", "a\nb"), ("a \n \u{a0}\n b", "a\nb"), ("a\u{2029}b", "a\nb"), ("a\u{2028}b", "a b"),
        ("a\u{85}\u{85}b", "a\nb"),
        ("\n\na\n\n", "a"), ("\u{3000}\u{2003}", ""), ("a\u{a0}\u{a0}b", "a b"), ("a\u{200b}b", "ab"),
        ("a \u{200b} b", "a b"), ("a\n\u{200b}\nb", "a\nb"), ("\u{200b} a", "a"), ("a\n\n\nb c\nd", "a\nb c d"),
        ("a ¨ b", "a b"), ("é\n\né", "e\ne"), ("a b  c   d    e     f", "a b c d e f"), ("abcdefg  h", "abcdefg h"),
        ("abcdefgh  i", "abcdefgh i"),
    ])
    func unifiesWhiteSpace(_ given: String, _ expected: String) {
        #expect(codes(searchable(given)) == codes(expected))
    }

    @Test(
        arguments: [
            ([0x61, 0xff, 0x62], "a\u{FFFD}b"), ([0xc3], "\u{FFFD}"), ([0xc3, 0x41], "\u{FFFD}a"),
            ([0xe2, 0x82], "\u{FFFD}"),
            ([0xe2, 0x82, 0x20, 0x42], "\u{FFFD} b"), ([0xc0, 0xaf], "\u{FFFD}\u{FFFD}"),
            ([0xed, 0xa0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xf0, 0x9f, 0x98], "\u{FFFD}"),
            ([0xf4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xf0, 0x9f, 0x98, 0x80, 0x80], "😀\u{FFFD}"),
            ([0x00, 0x1f, 0x7f], "\u{0}\u{1f}\u{7f}"),
        ] as [([UInt8], String)])
    func replacesWhatIsNotUTF8(_ given: [UInt8], _ expected: String) {
        #expect(searchable(given) == Array(expected.utf8))
    }

    /// What the fast paths do is what `TextNormaliser` does to letters.
    @Test func agreesWithTextNormaliser() throws {
        let seed: UInt64 = 31
        var generator = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let given = randomTextToFold(&generator)
            let (folded, expected) = (codes(searchable(given)), codes(try reference(given)))
            #expect(folded == expected, "\(codes(given)), seed \(seed)")
        }
    }

    @Test func everyCharacterAgreesWithTextNormaliser() throws {
        var normaliser = TextNormaliser()
        var folder = SearchText()
        var expected = ByteBuffer()
        for value in UInt32(0x21)..<0x30000 {
            guard let scalar = Unicode.Scalar(value), !SearchPunctuation.isLoneAcute(Int32(value)) else { continue }
            let bytes = Array(String(scalar).utf8)
            expected.clear()
            try bytes.withUnsafeBytes { try normaliser.append($0, [.forMatching, .trim, .collapse], to: &expected) }
            let folded = bytes.withUnsafeBytes { folder.fold($0) }
            if folded.holdsSame(as: expected.bytes) { continue }
            let text = String.UnicodeScalarView(expected.text().unicodeScalars.flatMap(punctuation))
            if Array(String(text).utf8) != [UInt8](folded) { Issue.record("\(String(value, radix: 16))") }
        }
    }

    @Test func isIdempotent() {
        let seed: UInt64 = 32
        var generator = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let once = searchable(randomTextToFold(&generator))
            // Between paragraphs two line ends are expected, and one is left.
            let again = once.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n\n")
            #expect(codes(searchable(again)) == codes(once), "seed \(seed)")
        }
    }

    @Test func longTextsGrow() {
        var folder = SearchText()
        for (given, expected) in [
            ("\u{FDFA}", "صلى الله عليه وسلم"), ("ŉ", "'n"), ("😀", "😀"), ("\u{24d0} ", "a "), ("ﬃ", "ffi"),
        ] {
            for count in [1, 100, 20_000] {
                let text = Array(String(repeating: given, count: count).utf8)
                let folded = text.withUnsafeBytes { [UInt8](folder.fold($0)) }
                var whole = Array(String(repeating: expected, count: count).utf8)
                if whole.last == 0x20 { whole.removeLast() }
                #expect(folded == whole, "\(codes(given)) \(count)")
            }
        }
        let broken = [UInt8](repeating: 0xff, count: 50_000)
        #expect(broken.withUnsafeBytes { folder.fold($0).count } == 150_000)
    }

    /// As many marks as nobody writes are put in order by parts, without quadratic time.
    @Test func marksWithoutEnd() {
        let marks = String(repeating: "\u{94d}\u{93c}", count: 50_000)
        let folded = searchable("क" + marks)
        #expect(folded.unicodeScalars.count == 100_001)
    }
}

/// What `TextNormaliser` makes of a text, with the punctuation and the white space of texts that are searched.
private func reference(_ given: String) throws -> String {
    let prepared = String.UnicodeScalarView(
        given.unicodeScalars.map { SearchPunctuation.isLoneAcute(Int32($0.value)) ? "'" : $0 })
    let folded = String.UnicodeScalarView(
        try text(String(prepared), .forMatching).unicodeScalars.flatMap(punctuation))
    var made = String.UnicodeScalarView()
    var white: [Unicode.Scalar] = []
    for scalar in folded {
        if scalar.properties.isWhitespace {
            white.append(scalar)
            continue
        }
        if !white.isEmpty, !made.isEmpty { made.append(lineEnds(white) >= 2 ? "\n" : " ") }
        white = []
        made.append(scalar)
    }
    return String(made)
}

private func lineEnds(_ white: [Unicode.Scalar]) -> Int {
    var count = 0
    for (place, scalar) in white.enumerated() {
        switch scalar {
        case "\n": count += place > 0 && white[place - 1] == "\r" ? 0 : 1
        case "\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}": count += 1
        case "\u{2029}": count += 2
        default: break
        }
    }
    return count
}

private func punctuation(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard let (byte, count) = SearchPunctuation.replacement(of: Int32(scalar.value)) else { return [scalar] }
    return [Unicode.Scalar](repeating: Unicode.Scalar(byte), count: count)
}

/// Characters of all kinds, much ASCII, white space, and marks where they join what stands before them.
private func randomTextToFold(_ generator: inout SplitMix64) -> String {
    let pieces = [
        " ", " ", "\n", "\r\n", "\u{a0}", "\u{2029}", "\u{200b}", "\u{ad}", "\u{200d}", "e", "The city of ", "GIFT",
        "é", "e\u{301}", "-", "\u{2014}", "’", "´", "…", "क", "न", "\u{93c}", "\u{94d}", "か", "\u{3099}", "\u{1100}",
        "\u{1161}", "\u{11a8}", "가", "각", "ﷺ", "\u{9c7}", "\u{9be}", "😀", "\u{110a5}", "\u{110ba}", "\u{300}",
        "\u{730}", "\u{e33}", "\u{488}", "\u{345}",
    ]
    var text = ""
    for _ in 0..<generator.below(8) {
        text += generator.onceIn(3) ? randomText(&generator) : generator.element(of: pieces) ?? ""
    }
    return text
}
