import JSON
import Testing

/// How names are folded and cut into words, and what a list makes of them.
@Suite struct NameListTests {
    private func list(
        _ entries: [NameList.Entry], paths: [NameList.Path] = [], marks: [NameList.Entry] = [], exempt: [[String]] = []
    ) throws -> NameList {
        try #require(NameList(entries, paths: paths, marks: marks, exempt: exempt))
    }

    private func refused(_ json: String, _ list: NameList, depth: Int = 64) throws -> String? {
        let extractor = Extractor(maximumBytes: 1 << 20, maximumDepth: depth)
        return try Array(json.utf8).withUnsafeBytes { document in
            _ = try extractor.extract(document, ExtractionPlan([SimplePath]()))
            return try extractor.firstRefused(by: list)?.path
        }
    }

    @Test(arguments: [
        ("First_Name", "firstname"), ("firstName", "firstname"), ("FIRST-NAME ", "firstname"), ("", ""), ("-_. ", ""),
        ("Prénom", "prenom"), ("pre\u{301}nom", "prenom"), ("ＳＳＮ", "ssn"), ("s\u{200b}s\u{ad}n", "ssn"),
        ("\u{feff}ssn", "ssn"), ("naïve×ß", "naives"), ("a\u{a0}1", "a1"), ("имя", "имя"), ("名前", "名前"),
    ]) func folding(text: String, folded: String) {
        #expect(NameList.folded(text) == folded)
    }

    @Test func words() throws {
        let list = try list([.init("ssn", .anywhere), .init("first name", .anywhere), .init("i94", .anywhere)])
        let refused = [
            "ssn", "SSN", "SSNNumber", "clientSSN", "client_ssn_2", "SSN2", "ssn2", "2ssn", "x.SSN.y", "Ssn", "sSN",
            "firstName", "FirstName2", "first name", "FIRSTNAME", "clientFirstName", "client_firstname",
            "f-i-r-s-t-name",
            "I94", "i-94", "myI94Form", "first\u{301}Name", "имяSSN", "first__name", "a_b_c_d_e_f_g_h_i_first_name",
        ]
        for name in refused { #expect(list.rule(of: name) != nil, "\(name)") }
        let fine = [
            "", "s", "ssns", "assn", "lessn", "first", "name", "nameFirst", "first_of_name", "i945", "xi94",
            "firstNamed",
            "f_i_r_s_t_n_a_m_e_s", "имяssn",
        ]
        for name in fine { #expect(list.rule(of: name) == nil, "\(name)") }
    }

    @Test func extents() throws {
        let list = try list(
            [.init("name", .ending), .init("long", .whole), .init("display", .ofPerson), .init("note", .anywhere)],
            marks: [.init("client", .person), .init("file name", .innocent), .init("note count", .innocent)])
        for (name, rule) in [
            ("my_name", 0), ("name2", 0), ("long", 1), ("LONG_", 1), ("long1", 1), ("client_display", 2),
            ("display_of_client", 2), ("clientdisplay", 2), ("a_note_b", 3), ("note_note_count", 3),
        ] { #expect(list.rule(of: name) == rule, "\(name)") }
        for name in [
            "name_of", "long_stay", "display", "file_name", "clientsdisplay", "client_displayed", "note_count",
        ] {
            #expect(list.rule(of: name) == nil, "\(name)")
        }
        #expect(try refused(#"{"client":{"a":[{"display":1}]}}"#, list) == "$.client[*][0].display")
        #expect(try refused(#"{"a":{"client":1,"display":1}}"#, list) == nil)
    }

    @Test func pathsOfNames() throws {
        let list = try list(
            [.init("language", .anywhere)],
            paths: [
                .init([["subject", "actor"], ["display"]]), .init([["a"], ["b"], ["c"]]),
                .init([["translation"], ["language"]], isInnocent: true),
            ])
        #expect(try refused(#"{"subject":[[{"Display":1}]]}"#, list) == "$.subject[0][0].Display")
        #expect(try refused(#"{"subject":{"x":{"display":1}}}"#, list) == nil)
        #expect(try refused(#"{"a":{"a":{"b":{"c":1}}}}"#, list) == "$.a.a.b.c")
        #expect(try refused(#"{"a":{"b":{"x":{"c":1}}},"b":{"c":2}}"#, list) == nil)
        #expect(try refused(#"{"translation":[{"language":1}],"language":1}"#, list) == "$.language")
    }

    @Test func valuesThatSayWhatAMemberHolds() throws {
        let list = try list(
            [.init("us-core-race", .value), .init("urn:oid:1.2", .value)], marks: [.init("url", .namesValue)])
        for text in ["us-core-race", "http://x/y/us-core-race", "http://x#us-core-race|9.0", "URN:OID:1.2"] {
            #expect(try refused(#"{"x":[{"url":"\#(text)"}]}"#, list) == "$[*][0].url", "\(text)")
        }
        #expect(try refused(#"{"x":"us-core-race","url":["us-core-race"],"curl":"us-core-race"}"#, list) == nil)
        #expect(try refused(#"{"url":"http://x/us-core-race/other"}"#, list) == nil)
    }

    @Test func anotherListForTheSameExtractor() throws {
        let first = try list([.init("a", .whole)]), second = try list([.init("b", .whole)])
        let extractor = Extractor(maximumBytes: 1000)
        try Array(#"{"a":1,"b":2}"#.utf8).withUnsafeBytes { document in
            _ = try extractor.extract(document, ExtractionPlan([SimplePath]()))
            for _ in 0..<3 {
                #expect(try extractor.firstRefused(by: first)?.path == "$.a")
                #expect(try extractor.firstRefused(by: second)?.path == "$.b")
            }
        }
    }

    @Test func edges() throws {
        #expect(NameList([.init("_", .whole)]) == nil)
        #expect(NameList([.init(String(repeating: "a", count: 65), .whole)]) == nil)
        #expect(NameList([], paths: Array(repeating: .init([["a"], ["b"]]), count: 65)) == nil)
        let most = try list([], paths: (0..<64).map { .init([["a\($0)"], ["b"]]) })
        #expect(try refused(#"{"a63":{"b":1}}"#, most) == "$.a63.b")
        #expect(try refused(#"{"a31":{"b":1}}"#, most) == "$.a31.b")
        #expect(try refused(#"{"a64":{"b":1}}"#, most) == nil)
        let empty = try list([])
        #expect(try refused(#"{"a":1}"#, empty) == nil)
        let deep = String(repeating: #"{"a":["#, count: 30) + #"{"ssn":1}"# + String(repeating: "]}", count: 30)
        let one = try list([.init("ssn", .anywhere)])
        #expect(try refused(deep, one, depth: 61)?.hasSuffix("[0].ssn") == true)
        let long = String(repeating: "x_", count: 40_000) + "ssn"
        #expect(try refused(#"{"\#(long)":1}"#, one) == nil)
        #expect(try refused(#"{"ssn_\#(long)":1}"#, one) == "$['*ssn*']")
        #expect(try refused("{\"s\(String(repeating: "_", count: 5000))sn\":1}", one) == "$['*ssn*']")
    }

    @Test func namesOfAQuery() throws {
        #expect(try JSONPath("$.a['b c'][0].d[*]").memberNames == ["a", "b c", "d"])
        #expect(try JSONPath("$..a").memberNames == nil)
        #expect(try JSONPath("$['a','b']").memberNames == nil)
        let list = try list([.init("ssn", .anywhere)], marks: [.init("row", .record), .init("client", .person)])
        #expect(list.judge(try JSONPath("$.a.ssn.b")).refusals.map(\.isLast) == [false])
        #expect(list.judge(try JSONPath("$.a.ssn[0]")).refusals.map(\.isLast) == [true])
        #expect(list.judge(try JSONPath("$.row.*")).endsInRecord)
        #expect(list.judge(try JSONPath("$.client[0]")).endsInPerson)
        #expect(list.judge(try JSONPath("$.a.*")).end == .within)
        #expect(list.judge(try JSONPath("$.a..*")).end == .anything)
        #expect(list.judge(try JSONPath("$..a")).end == .known)
        #expect(list.judge(try JSONPath("$['a',*]")).end == .anything)
    }
}
