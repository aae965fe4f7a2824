import CUTF8Proc
import Primitives
import Testing

@testable import Text

/// What the steps make of a text.
func text(_ text: String, _ steps: TextSteps) throws -> String {
    var normaliser = TextNormaliser()
    var buffer = ByteBuffer()
    try Array(text.utf8).withUnsafeBytes { try normaliser.append($0, steps, to: &buffer) }
    return buffer.text()
}

/// Code points in hexadecimal, so that a normal form can be seen.
func codes(_ text: String) -> String {
    text.unicodeScalars.map { String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
}

@Suite struct NormalFormTests {
    /// In the manner of NormalizationTest.txt: what is given, and its NFC.
    @Test(arguments: [
        ("\u{1E0A}", "1E0A"), ("D\u{307}", "1E0A"), ("\u{1E0C}\u{307}", "1E0C 307"), ("D\u{307}\u{323}", "1E0C 307"),
        ("\u{1E0A}\u{31B}\u{323}", "1E0C 31B 307"), ("\u{C8}", "C8"), ("E\u{304}\u{300}", "1E14"),
        ("\u{1E14}\u{304}", "1E14 304"),
        // Singletons, composition exclusions, and a script's own.
        ("\u{212B}", "C5"), ("\u{2126}", "3A9"), ("\u{958}", "915 93C"), ("\u{FB1F}", "5F2 5B7"),
        ("\u{2ADC}", "2ADD 338"),
        ("\u{344}", "308 301"), ("\u{F43}", "F42 FB7"), ("\u{1D15E}", "1D157 1D165"), ("\u{387}", "B7"),
        ("\u{37E}", "3B"),
        ("\u{1100}\u{1161}", "AC00"), ("\u{1100}\u{1161}\u{11A8}", "AC01"), ("\u{AC00}\u{11A8}", "AC01"),
        ("\u{1112}\u{1175}\u{11C2}", "D7A3"), ("\u{1100}\u{1161}\u{11A7}", "AC00 11A7"),
        ("\u{3B1}\u{345}\u{301}", "1FB4"),
        // Blocked by a mark of the same class; not blocked by one of another.
        ("a\u{315}\u{300}\u{5AE}\u{300}b", "E0 5AE 300 315 62"), ("a\u{5AE}\u{300}\u{315}b", "E0 5AE 315 62"),
        ("a\u{308}\u{301}", "E4 301"), ("a\u{323}\u{302}", "1EAD"), ("a\u{302}\u{323}", "1EAD"),
        ("o\u{31B}\u{323}", "1EE3"),
        ("\u{9C7}\u{9BE}", "9CB"), ("\u{1025}\u{102E}", "1026"), ("\u{304B}\u{3099}", "304C"),
        ("\u{110A5}\u{110BA}", "110AB"), ("\u{AC00}\u{11A7}\u{301}", "AC00 11A7 301"),
        // Compatibility characters stay.
        ("\u{FB01}", "FB01"), ("\u{BD}", "BD"), ("\u{FF21}", "FF21"), ("\u{2460}", "2460"), ("\u{FDFA}", "FDFA"),
        ("\u{F900}", "8C48"), ("\u{2F800}", "4E3D"), ("\u{1F600}", "1F600"), ("\u{10FFFF}", "10FFFF"), ("", ""),
    ])
    func composes(_ given: String, _ expected: String) throws {
        #expect(codes(try text(given, .nfc)) == expected)
    }

    @Test func agreesWithSwiftOnCanonicalEquivalence() throws {
        let seed: UInt64 = 15
        var generator = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            let given = randomText(&generator)
            let nfc = try text(given, .nfc)
            // Strings are equal in Swift where they are canonically equivalent.
            #expect(nfc == given, "\(codes(given)), seed \(seed)")
            #expect(codes(try text(nfc, .nfc)) == codes(nfc), "\(codes(given)), seed \(seed)")
            // Marks of different classes may be exchanged.
            #expect(
                codes(try text("a\u{323}\u{301}" + given, .nfc)) == codes(try text("a\u{301}\u{323}" + given, .nfc)))
        }
    }

    @Test(
        arguments: [
            .nfc, .caseFold, .forMatching, [.lowerCase, .nfc], [.upperCase, .nfc], [.trim, .collapse], .lowerCase,
            .upperCase,
            [.forMatching, .trim, .collapse],
        ] as [TextSteps])
    func isIdempotent(_ steps: TextSteps) throws {
        let seed: UInt64 = 16
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            let given = randomText(&generator)
            let once = try text(given, steps)
            #expect(codes(try text(once, steps)) == codes(once), "\(codes(given)), seed \(seed)")
            guard steps.normalises else { continue }
            let equivalent = try text(given, .nfc)
            #expect(codes(try text(equivalent, steps)) == codes(once), "\(codes(given)), seed \(seed)")
        }
    }

    @Test func everyCharacterAloneIsStable() throws {
        let blocks: [ClosedRange<UInt32>] = [
            0...0x33ff, 0xa000...0xac01, 0xd7a3...0x16fff, 0x1b000...0x1ffff, 0x2f800...0x2fa1d,
        ]
        var normaliser = TextNormaliser()
        var first = ByteBuffer()
        var second = ByteBuffer()
        for steps in [TextSteps.nfc, .caseFold, .forMatching] {
            // Without the blocks of ideographs and syllables that decompose by a formula or not at all.
            for value in blocks.joined() {
                guard let scalar = Unicode.Scalar(value), utf8proc_category(Int32(value)) != UTF8PROC_CATEGORY_CN else {
                    continue
                }
                first.clear()
                second.clear()
                let character = Array(String(scalar).utf8)
                try character.withUnsafeBytes { try normaliser.append($0, steps, to: &first) }
                try normaliser.append(first.bytes, steps, to: &second)
                if !first.bytes.holdsSame(as: second.bytes) { Issue.record("\(String(value, radix: 16)) \(steps)") }
            }
        }
    }
}

@Suite struct CaseTests {
    @Test(arguments: [
        ("Straße", "strasse"), ("ẞ", "ss"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("σίσυφος", "σίσυφοσ"), ("İ", "i\u{307}"),
        ("ı", "ı"),
        ("ǅ", "ǆ"), ("ﬁ", "fi"), ("\u{1E9E}", "ss"), ("\u{390}", "\u{390}"), ("Ǆ", "ǆ"), ("ŉ", "ʼn"), ("Ꭰ", "Ꭰ"),
        ("ꭰ", "Ꭰ"),
        ("𐐀", "𐐨"), ("ABC xyz", "abc xyz"),
    ])
    func folds(_ given: String, _ expected: String) throws {
        #expect(codes(try text(given, .caseFold)) == codes(expected))
    }

    @Test func agreesWithSwift() throws {
        #expect(try text("straße ŉ ﬁ ǰ", .upperCase) == "STRASSE ʼN FI J̌")
        #expect(try text("ÅÉÎ ŁÓDŹ İ", .lowerCase) == "åéî łódź i̇")
        #expect(try text("Zürich", [.lowerCase, .upperCase]) == "zürich")
        let seed: UInt64 = 17
        var generator = SplitMix64(seed: seed)
        for _ in 0..<3000 {
            // Of a sigma at the end of a word Swift's String knows as little.
            let given = randomText(&generator)
            #expect(try text(given, .lowerCase) == given.lowercased(), "\(codes(given)), seed \(seed)")
            #expect(try text(given, .upperCase) == given.uppercased(), "\(codes(given)), seed \(seed)")
        }
    }
}

@Suite struct MatchingTests {
    @Test(arguments: [
        ("Consulado General de México", "consulado general de mexico"),
        ("  Łódź\u{a0} – Düsseldorf ", "lodz – dusseldorf"),
        ("STRASSE", "strasse"), ("Straße", "strasse"), ("Đorđe Møller", "dorde moller"),
        ("Ħal Æsir Œuvre", "hal aesir oeuvre"),
        ("Þórður Guðmundsson", "thordur gudmundsson"), ("İSTANBUL ısparta", "istanbul isparta"), ("Ǿ Ǽ", "o ae"),
        ("ﬁne №5 ＡＢＣ ①", "fine no5 abc 1"), ("São\u{ad} Pa\u{200b}ulo", "sao paulo"), ("Ελλάδα", "ελλαδα"),
        ("Йошкар", "иошкар"), ("שָׁלוֹם", "שלום"), ("أحمد", "احمد"), ("がぎ", "がぎ"), ("ｶﾞ", "ガ"), ("हिन्दी", "हिन्दी"),
        ("한국", "한국"), ("Vi\u{1EC7}t Nam", "viet nam"), ("Ångström", "angstrom"), ("ʻŌlelo Hawaiʻi", "ʻolelo hawaiʻi"),
    ])
    func makesOneOfManyWays(_ given: String, _ expected: String) throws {
        var normaliser = TextNormaliser()
        var buffer = ByteBuffer()
        try Array(given.utf8).withUnsafeBytes { try normaliser.appendFoldedForMatching($0, to: &buffer) }
        #expect(codes(buffer.text()) == codes(expected))
    }
}

@Suite struct WhiteSpaceTests {
    @Test(arguments: [
        (" a  b ", "a b"), ("\u{a0}a\u{2003}\u{3000}é\u{2028}", "a é"), ("\t\r\n", ""), ("\u{3000}", ""), ("é", "é"),
        ("a\u{200b}b", "a\u{200b}b"), ("\u{feff} a", "\u{feff} a"), ("\u{85}x\u{85}", "x"),
    ])
    func trimsAndCollapses(_ given: String, _ expected: String) throws {
        #expect(codes(try text(given, [.trim, .collapse])) == codes(expected))
    }

    @Test func eachAlone() throws {
        #expect(try text(" a  b\t", .trim) == "a  b")
        #expect(try text(" a \u{2003} é\t", .collapse) == " a é ")
        #expect(try text(" \u{2003}ä  é\t", .trim) == "ä  é")
        #expect(try text(" ä ", []) == " ä ")
    }

    @Test func isUnicodesProperty() {
        for value in UInt32(0)...0xffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            if WhiteSpace.contains(Int32(value)) != scalar.properties.isWhitespace { Issue.record("\(value)") }
        }
        for byte in UInt8(0)..<0x80 { #expect(ASCIIText.isWhiteSpace(byte) == WhiteSpace.contains(Int32(byte))) }
    }

    /// The fast path for ASCII does what the path for all texts does.
    @Test func asciiIsNoException() throws {
        let seed: UInt64 = 18
        var generator = SplitMix64(seed: seed)
        for _ in 0..<5000 {
            let given = String(
                decoding: (0..<generator.below(20)).map { _ in UInt8(generator.below(128)) }, as: UTF8.self)
            for bits in 0..<UInt8(128) where generator.onceIn(8) {
                let steps = TextSteps(rawValue: bits)
                // A letter behind it makes the text one that is not ASCII.
                let long = try text("x" + given + "x\u{4E00}", steps)
                #expect(
                    try text("x" + given + "x", steps) + "\u{4E00}" == long, "\(codes(given)) \(bits), seed \(seed)")
            }
        }
    }
}

@Suite struct TextFaultTests {
    private func fault(_ bytes: [UInt8], _ steps: TextSteps = .nfc, bytesMax: Int = 100) -> TextFault? {
        var normaliser = TextNormaliser(bytesMax: bytesMax)
        var buffer = ByteBuffer()
        buffer.append("before")
        do {
            try bytes.withUnsafeBytes { try normaliser.append($0, steps, to: &buffer) }
            return nil
        } catch {
            #expect(buffer.text() == "before")
            return error as? TextFault
        }
    }

    @Test(
        arguments: [
            [0x80], [0xc3], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff],
            [0xe2, 0x82],
            [0xf8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
        #expect(fault([0x61] + bytes) == .notUTF8(offset: 1))
        #expect(fault(bytes + [0x61], []) == .notUTF8(offset: 0))
    }

    @Test func isBounded() {
        #expect(fault([UInt8](repeating: 0x61, count: 100)) == nil)
        #expect(fault([UInt8](repeating: 0x61, count: 101)) == .tooLong(bytesMax: 100))
        // 3 bytes become 33.
        let long = Array("\u{FDFA}".utf8)
        #expect(fault(long + long + long, .forMatching) == nil)
        #expect(fault(long + long + long + long, .forMatching) == .tooLong(bytesMax: 100))
        #expect(fault(long + long + long + long, .nfc) == nil)
        let marks = Array(String(repeating: "\u{301}", count: TextNormaliser.marksMax + 1).utf8)
        #expect(fault(marks, bytesMax: 1000) == .tooManyMarks(max: TextNormaliser.marksMax))
        #expect(fault(Array(marks.dropLast(2)), bytesMax: 1000) == nil)
        #expect("\(TextFault.notUTF8(offset: 3))" == "expected UTF-8 at byte 3 of the text")
    }

    @Test func bytesAtRandomNeverTrap() {
        var generator = SplitMix64(seed: 19)
        var passed = 0
        for _ in 0..<20_000 {
            var bytes = Array(randomText(&generator).utf8)
            if !bytes.isEmpty, generator.onceIn(2) { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
            let steps = TextSteps(rawValue: UInt8(generator.below(128)))
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            let fault = fault(bytes, steps, bytesMax: 10_000)
            #expect((fault == nil) == isValid)
            passed += isValid ? 1 : 0
        }
        #expect(passed > 5000 && passed < 19_000)
    }
}

/// Assigned characters of the blocks in which normal forms and case differ most, with marks behind them.
func randomText(_ generator: inout SplitMix64) -> String {
    let ranges = [
        0x20...0x7e, 0xa0...0x24f, 0x300...0x36f, 0x370...0x3ff, 0x400...0x4ff, 0x590...0x6ff, 0x900...0xdff,
        0x1100...0x11ff,
        0x1e00...0x1fff, 0x2000...0x214f, 0x3040...0x30ff, 0xac00...0xd7a3, 0xf900...0xfdff, 0xff00...0xffef,
        0x1d100...0x1d1ff,
        0x300...0x345, 0x10400...0x1044f,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<generator.below(12) {
        let range = ranges[generator.below(ranges.count)]
        let value = generator.within(range)
        guard let scalar = Unicode.Scalar(UInt32(value)), utf8proc_category(Int32(value)) != UTF8PROC_CATEGORY_CN else {
            continue
        }
        text.append(scalar)
    }
    return String(text)
}
