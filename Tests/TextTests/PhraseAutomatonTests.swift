import Primitives
import Testing

@testable import Text

/// Finds phrases as they are written in texts as they are written: with hyphens where they are joined to a word, and an
/// apostrophe where they are possessive.
func found(_ names: [String], in text: String) throws -> [String] {
    let automaton = try PhraseAutomaton(
        names.enumerated().map { (phrase: searchable(Array($1.utf8)), value: Int32($0)) })
    let folded = searchable(Array(text.utf8))
    var matches = WorkingList<PhraseMatch>()
    folded.withUnsafeBytes { automaton.find(in: $0, &matches) }
    return (0..<matches.count).map { place in
        let match = matches[place]
        let marks = match.surroundings
        let words = String(decoding: folded[match.start..<match.end], as: UTF8.self)
        return (marks.contains(.joinedBefore) ? "-" : "") + words + (marks.contains(.joinedBehind) ? "-" : "")
            + (marks.contains(.isPossessive) ? "'" : "")
    }
}

@Suite struct PhraseAutomatonTests {
    @Test(
        arguments: [
            ("panama", ["panama"]), ("Panama.", ["panama"]), ("(PANAMÁ)", ["panama"]), ("_panama_", ["panama"]),
            ("to Panama and Panama", ["panama", "panama"]), ("panama\u{301}", ["panama"]),
            ("Pan\u{200b}ama", ["panama"]), ("panamanian", []), ("xpanama", []), ("panama2", []), ("pan ama", []),
            ("pan\n\nama", []), ("room 101, 101st", ["101"]), ("The U.S. gave", ["u.s."]), ("gave us", ["us"]),
            ("the u.s", []), ("Yahoo! and Yahoo", ["yahoo!"]), ("C++, c", ["c++"]), ("AT&T", ["at&t"]), ("km²", []),
            ("'s-Hertogenbosch", ["'s-hertogenbosch"]), ("L’UNESCO et l'Alliance", ["unesco", "alliance"]),
        ] as [(String, [String])])
    func endsAtTheBoundsOfWords(_ text: String, _ expected: [String]) throws {
        let names = [
            "Panamá", "101", "U.S.", "us", "Yahoo!", "c++", "AT&T", "T", "km", "’s-Hertogenbosch", "UNESCO", "Alliance",
        ]
        #expect(try found(names, in: text) == expected)
    }

    @Test(
        arguments: [
            ("New York City's", ["York", "New York", "New York City"], ["new york city'"]),
            ("New York Cities", ["York", "New York", "New York City"], ["new york"]),
            ("new york new york", ["New York", "York New"], ["new york", "new york"]),
            ("york new york", ["New York", "York New"], ["york new"]),
            ("a b c d e", ["a b c d x", "b c"], ["b c"]), ("a b c d x", ["a b c d x", "b c"], ["a b c d x"]),
            ("a b c d e", ["a", "a b c d x", "b c", "d"], ["a", "b c", "d"]), ("u.s.a", ["U.S.", "u.s.a"], ["u.s.a"]),
            ("u.s.b", ["U.S.", "u.s.a"], ["u.s."]), ("G20", ["g20", "g"], ["g20"]),
            ("a b", ["a b", "a", "b"], ["a b"]),
        ] as [(String, [String], [String])])
    func findsTheLongestFromTheLeft(_ text: String, _ names: [String], _ expected: [String]) throws {
        #expect(try found(names, in: text) == expected)
    }

    @Test(
        arguments: [
            ("Winston-Salem", ["-salem"]), ("Salem-Keizer", ["salem-"]), ("UAE-funded", ["uae-"]),
            ("the UAE–US fund", ["uae-", "-us"]), ("Salem—our sister city", ["salem"]), ("Salem - our", ["salem"]),
            ("Salem -our", ["salem"]), ("-Salem-", ["salem"]), ("Salem's gift", ["salem'"]), ("Salem’s-", ["salem'"]),
            ("Salem'ss", ["salem"]), ("'Salem'", ["salem"]), ("Salem'", ["salem"]),
            ("the United States’ gift", ["united states'"]), ("United States'x", ["united states"]),
            ("United States's", ["united states'"]), ("Sekondi Takoradi", ["sekondi takoradi"]),
            ("Sekondi–Takoradi", ["sekondi-takoradi"]), ("Sekondi\nTakoradi", ["sekondi takoradi"]),
            ("Sekondi\n\nTakoradi", []), ("Sekondi—Takoradi", []),
            ("Port-au-Prince, Port au Prince", ["port-au-prince", "port au prince"]),
        ] as [(String, [String])])
    func tellsWhatIsNextToIt(_ text: String, _ expected: [String]) throws {
        let names = ["Salem", "UAE", "US", "United States", "Sekondi-Takoradi", "Port au Prince"]
        #expect(try found(names, in: text) == expected)
    }

    @Test(
        arguments: [
            // English, Spanish.
            ("The Kumamoto–San Antonio gift", ["Kumamoto", "San Antonio"], ["kumamoto-", "-san antonio"]),
            ("El Consulado de México donó", ["consulado de mexico"], ["consulado de mexico"]),
            ("Me\u{301}xico, MÉXICO, mexicano", ["México"], ["mexico", "mexico"]),
            // Japanese: ideographs and hiragana are words each, a run of katakana is one.
            ("姉妹都市の熊本市から", ["熊本市", "熊本"], ["熊本市"]), ("トヨタ・サン", ["サン"], ["サン"]), ("はサンが", ["サン"], ["サン"]),
            ("サンアントニオ市", ["サンアントニオ", "アントニオ", "サン"], ["サンアントニオ"]),
            ("サンアントニオ市", ["アントニオ", "サン"], []), ("サンマー", ["サン", "サンマ"], []), ("東京2020大会", ["2020"], ["2020"]),
            ("ﾄﾖﾀ自動車", ["トヨタ自動車", "トヨタ"], ["トヨタ自動車"]), ("日本UNICEF協会", ["UNICEF", "日本"], ["日本", "unicef"]),
            ("UNICEFサン", ["UNICEF", "サン"], ["unicef", "サン"]),
            // Chinese.
            ("中国驻洛杉矶总领事馆捐赠", ["洛杉矶", "总领事馆", "中国"], ["中国", "洛杉矶", "总领事馆"]),
            ("台北市", ["北市", "台北"], ["台北"]),
            // Korean: particles may stand behind.
            ("광주광역시에서 기증한", ["광주광역시", "광주"], ["광주광역시"]), ("전남광주", ["광주"], []),
            ("KOICA는 UNHCR과", ["KOICA", "UNHCR"], ["koica", "unhcr"]), ("한국KOICA", ["KOICA"], []),
            ("서울 특별시의", ["서울특별시", "서울 특별시"], ["서울 특별시"]), ("서울2", ["서울"], []),
            // Arabic, Hindi, Thai, Khmer.
            ("تبرعت القنصلية المكسيكية", ["القنصلية", "المكسيك"], ["القنصلية"]), ("والمكسيك", ["المكسيك"], []),
            ("الأُمَمُ المتّحدة", ["الامم المتحدة"], ["الامم المتحدة"]),
            ("भारतीय दूतावास ने", ["भारत", "दूतावास"], ["दूतावास"]), ("भारत ने", ["भारत"], ["भारत"]),
            ("हिन्दी", ["हिन्द"], []), ("สถานกงสุลไทยบริจาค", ["ไทย"], ["ไทย"]), ("เชียงใหม่", ["เชียงใหม"], []),
            ("ประเทศកម្ពុជា", ["កម្ពុជា"], ["កម្ពុជា"]),
            // Beyond the Basic Multilingual Plane; Cyrillic.
            ("𠮷野家、😀熊本😀", ["𠮷野家", "熊本"], ["𠮷野家", "熊本"]), ("Йошкар-Ола.", ["йошкар ола"], ["иошкар-ола"]),
        ] as [(String, [String], [String])])
    func knowsScripts(_ text: String, _ names: [String], _ expected: [String]) throws {
        #expect(try found(names, in: text) == expected)
    }

    /// Words longer than eight bytes, across the blocks of 64 bytes in which a text is read, at any place of them.
    @Test func atEveryPlace() throws {
        let names = ["Massachusetts Institute of Technology", "Technology", "日本", "u.s.", "x"]
        for before in 0..<140 {
            for filler in ["a ", "b-", "長", "c", "é "] {
                let space = filler == "長" ? "" : " "
                let text =
                    String(repeating: filler, count: before) + space
                    + "Massachusetts-Institute of Technology, 日本 x U.S."
                let expected = ["massachusetts-institute of technology", "日本", "x", "u.s."]
                #expect(try found(names, in: text) == expected, "\(before) \(filler)")
            }
        }
    }

    @Test func samePhrasesAreOneWithAllValues() throws {
        let automaton = try PhraseAutomaton([
            (phrase: Array("sekondi-takoradi".utf8), value: 7), (phrase: Array("us".utf8), value: 1),
            (phrase: Array("sekondi takoradi".utf8), value: 3), (phrase: Array("us".utf8), value: 1),
        ])
        #expect(automaton.count == 2)
        #expect(Array(automaton.values(of: 0)) == [7, 3])
        #expect(Array(automaton.values(of: 1)) == [1, 1])
    }

    @Test func noPhrases() throws {
        #expect(try found([], in: "Panama") == [])
        #expect(try found(["Panama"], in: "") == [])
        #expect(try PhraseAutomaton([]).count == 0)
    }

    @Test(arguments: [
        ("Panama", PhraseFault.notFolded(place: 1)), ("méxico", .notFolded(place: 1)),
        (" panama", .notFolded(place: 1)), ("", .notWords(place: 1)), ("-panama", .notWords(place: 1)),
        ("panama-", .notWords(place: 1)), ("+", .notWords(place: 1)),
    ])
    func refusesWhatNoTextHolds(_ phrase: String, _ fault: PhraseFault) {
        #expect(throws: fault) {
            try PhraseAutomaton([(phrase: Array("us".utf8), value: 1), (phrase: Array(phrase.utf8), value: 2)])
        }
        #expect(!"\(fault)".contains(phrase) || phrase.isEmpty)
    }

    @Test func refusesParagraphs() {
        #expect(throws: PhraseFault.self) { try PhraseAutomaton([(phrase: Array("a\nb".utf8), value: 1)]) }
    }
}
