import JSON
import Testing

@Suite struct ExtractorTests {
    @Test func tellsKindsApart() throws {
        let json = #"{"a":null,"b":true,"c":false,"d":"t","e":{"x":1,"y":2},"f":[1,2,3],"g":{},"h":[]}"#
        #expect(
            try extract(json, "$.*") == [
                "0 null @0=a", "0 true @1=b", "0 false @2=c", "0 string t @3=d", "0 object of 2 @4=e",
                "0 array of 3 @5=f", "0 object of 0 @6=g", "0 array of 0 @7=h",
            ])
    }

    @Test(arguments: [
        ("0", "integer 0"), ("-0", "integer 0"), ("-0.0", "double -0.0"), ("1", "integer 1"),
        ("9223372036854775807", "integer 9223372036854775807"),
        ("-9223372036854775808", "integer -9223372036854775808"),
        ("9223372036854775808", "unsigned 9223372036854775808"),
        ("18446744073709551615", "unsigned 18446744073709551615"),
        ("1.0", "double 1.0"), ("1e3", "double 1000.0"), ("0.1", "double 0.1"), ("-2.5E-3", "double -0.0025"),
        ("1e-400", "double 0.0"), ("1.7976931348623157e308", "double 1.7976931348623157e+308"),
        ("5e-324", "double 5e-324"), ("0e999999999999", "double 0.0"),
        ("0.000000000000000000000000000000000000000000000000000000000000000000000000012345", "double 1.2345e-74"),
    ])
    func readsNumbersExactly(_ text: String, _ expected: String) throws {
        #expect(try extract(text, "$") == ["0 " + expected])
        #expect(try extract("[ \(text) ]", "$[0]") == ["0 " + expected])
    }

    @Test func convertsNumbers() throws {
        let extractor = Extractor(maximumBytes: 100)
        let plan = ExtractionPlan([try SimplePath("$[*]")])
        try Array("[-3,7,18446744073709551615,0.5,\"x\"]".utf8).withUnsafeBytes { document in
            let values = try extractor.extract(document, plan)
            #expect(values.map(\.integer) == [-3, 7, 0, 0, 0])
            #expect(values.map(\.unsigned) == [0, 7, .max, 0, 0])
            #expect(values.map(\.double) == [-3, 7, 0x1p64, 0.5, 0])
            #expect(values.map { $0.string() } == ["", "", "", "", "x"])
            #expect(values.map(\.key).allSatisfy { $0 == nil })
        }
    }

    @Test(arguments: [
        (#""""#, ""), (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u20ac\uD83D\uDE00""#, "é€😀"),
        (#""\u0000""#, "\0"), ("\"\u{7f}é€😀\"", "\u{7f}é€😀"),
    ])
    func unescapesStrings(_ json: String, _ text: String) throws {
        #expect(try extract(json, "$") == ["0 string \(text)"])
    }

    @Test func followsEveryFormOfPath() throws {
        let json = #"{"a":{"b c":{"d":[{"e":[{"f":1},{"f":2},{"g":3}]}]}},"":{"":5}}"#
        #expect(
            try extract(json, "$.a['b c'].d[0].e[*].f", "$['']['']", "$.a['b c'].d[0].e[2].g", "$.a.*.d[0].e") == [
                "3 array of 3 @0=b c", "0 integer 1 @0", "0 integer 2 @1", "2 integer 3", "1 integer 5",
            ])
    }

    @Test func findsTheRoot() throws {
        #expect(try extract(#" {"a":1} "#, "$", "$.a", "$") == ["0 object of 1", "2 object of 1", "1 integer 1"])
        #expect(try extract("7", "$", "$.a", "$[0]", "$[*]") == ["0 integer 7"])
    }

    @Test func missingPathsFindNothing() throws {
        let json = #"{"a":[1],"b":{"c":2}}"#
        #expect(try extract(json, "$.x", "$.a[1]", "$.a.b", "$.b[0]", "$.b.c.d", "$.b.cc", "$.A").isEmpty)
    }

    @Test func aNodeMayHaveChildrenOfEveryKind() throws {
        let json = #"{"x":[[10,11],[20,21]],"y":{"k":[5,6]}}"#
        #expect(
            try extract(json, "$.x[0][1]", "$.x[*][1]", "$.*[1]", "$.y.k[*]", "$.y.*[0]") == [
                "0 integer 11", "1 integer 11 @0", "2 array of 2 @0=x", "1 integer 21 @1", "3 integer 5 @0",
                "4 integer 5 @0=k", "3 integer 6 @1",
            ])
    }

    @Test func groupsByTheFirstWildcardAndNamesTheLast() throws {
        let json = #"{"a":[{"m":{"p":1,"q":2}},{"m":{}},{"m":{"r":3}}],"b":{"u":{"v":[4]}}}"#
        #expect(
            try extract(json, "$.a[*].m.*", "$.b.*.*[*]", "$.b.*.*") == [
                "0 integer 1 @0=p", "0 integer 2 @0=q", "0 integer 3 @2=r", "2 array of 1 @0=v", "1 integer 4 @0",
            ])
    }

    @Test func tellsNamesApartThatShareTheirEnds() throws {
        let names = [
            "abcdefgh", "abcdefghi", "abcdefghXabcdefgh", "abcdefghYabcdefgh", "abcdefghabcdefgh", "a", "a\0", "", "\0",
        ]
        let members = names.enumerated().map { #""\#($0.element.replacing("\0", with: "\\u0000"))":\#($0.offset)"# }
        let paths = names.map { SimplePath(steps: [.member($0)]) }
        let plan = ExtractionPlan(paths)
        let extractor = Extractor(maximumBytes: 1000)
        try Array("{\(members.joined(separator: ","))}".utf8).withUnsafeBytes { document in
            let values = try extractor.extract(document, plan)
            #expect(values.map(\.slot) == Array(names.indices))
            #expect(values.map(\.integer) == names.indices.map { Int64($0) })
        }
    }

    @Test func comparesNamesByTheirBytes() throws {
        // The same letter, composed and decomposed.
        #expect(try extract("{\"\u{e9}\":1,\"e\u{301}\":2}", "$.\u{e9}") == ["0 integer 1"])
    }

    @Test func readsInPlaceWhereThePaddingIs() throws {
        let json = Array(#"{"a":"text"} {"b":"beyond"}"#.utf8)
        let memory = json + [UInt8](repeating: 0xff, count: Extractor.padding)
        let extractor = Extractor(maximumBytes: 100)
        let plan = ExtractionPlan([try SimplePath("$.*")])
        try memory.withUnsafeBytes { bytes in
            let first = UnsafeRawBufferPointer(rebasing: bytes[..<12])
            let text = try extractor.extract(padded: first, plan).map(describe)
            #expect(text == ["string text"])
            let second = UnsafeRawBufferPointer(rebasing: bytes[13..<json.count])
            let beyond = try extractor.extract(padded: second, plan).map(describe)
            #expect(beyond == ["string beyond"])
        }
    }

    @Test func isUsedAgainAfterAnErrorAndForLongerDocuments() throws {
        let extractor = Extractor(maximumBytes: 1 << 20)
        let plan = ExtractionPlan([try SimplePath("$[*]")])
        for length in [0, 1, 10, 70_000, 3, 100_000] {
            let json = Array("[\(Array(repeating: "1", count: length).joined(separator: ","))]".utf8)
            let count = try json.withUnsafeBytes { try extractor.extract($0, plan).count }
            #expect(count == length)
            #expect(throws: JSONError.self) {
                try Array("[1,".utf8).withUnsafeBytes { _ = try extractor.extract($0, plan) }
            }
        }
    }
}
