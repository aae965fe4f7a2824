import JSON
import Testing

@Suite struct JSONPathTests {
    /// The document of RFC 9535, section 1.5.
    private static let store = """
        {"store":{"book":[
        {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
        {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
        {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
        {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8",
        "price":22.99}],"bicycle":{"color":"red","price":399}}}
        """

    @Test(arguments: [
        ("$.store.book[*].author", #""Nigel Rees" "Evelyn Waugh" "Herman Melville" "J. R. R. Tolkien""#),
        ("$..author", #""Nigel Rees" "Evelyn Waugh" "Herman Melville" "J. R. R. Tolkien""#),
        ("$.store..price", "8.95 12.99 8.99 22.99 399"),
        ("$..book[2].author", #""Herman Melville""#),
        ("$..book[2].publisher", ""),
        ("$..book[-1].title", #""The Lord of the Rings""#),
        ("$..book[0,1].price", "8.95 12.99"),
        ("$..book[:2].price", "8.95 12.99"),
        ("$..book[?@.isbn].price", "8.99 22.99"),
        ("$..book[?@.price<10].price", "8.95 8.99"),
        ("$..[?@.price==399].color", #""red""#),
    ])
    func answersTheExamplesOfTheRFC(_ path: String, _ expected: String) throws {
        #expect(try values(path, Self.store) == expected)
    }

    @Test(arguments: [
        ("$.a.b[0]", ""), ("$.a[?@.b==1].c", "$.a[*].b"), ("$.a[?@.b && !@.c[0]]", "$.a[*].b $.a[*].c[0]"),
        ("$.a[?@=='x']", "$.a[*]"), ("$.a[?@.b==$.c.d]", "$.a[*].b $.c.d"), ("$..[?@.b].c", "$..[*].b"),
        ("$.a[?@.b[?@.c<2]].d", "$.a[*].b[?@.c < 2] $.a[*].b[*].c"),
        ("$.a[?length(@.b)>count(@.*) || match(@.c, 'x')]", "$.a[*].b $.a[*].* $.a[*].c"),
        ("$.a[?@.b].c[?@.d==1]", "$.a[*].b $.a[?@.b].c[*].d"),
    ])
    func saysWhatItsFiltersLookAt(_ path: String, _ queries: String) throws {
        let found = try JSONPath(path).filterQueries
        #expect(
            try found == queries.split(separator: " $").map { try JSONPath($0.hasPrefix("$") ? "\($0)" : "$\($0)") })
    }

    @Test func visitsParentsFirst() throws {
        // RFC 9535, section 2.5.2.3.
        let json = #"{"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]}"#
        #expect(
            try values("$..*", json)
                == #"{"j":1,"k":2} [5,3,[{"j":4},{"k":6}]] 1 2 5 3 [{"j":4},{"k":6}] {"j":4} {"k":6} 4 6"#)
        #expect(try values("$..j", json) == "1 4")
        #expect(try values("$.o..[*, *]", json) == "1 2 1 2")
        #expect(try values("$.a..[0, 1]", json) == #"5 3 {"j":4} {"k":6}"#)
        #expect(try values("$..['k','j']", json) == "2 1 4 6")
    }

    @Test(arguments: [
        ("[1:3]", "1 2"), ("[5:]", "5 6"), ("[1:5:2]", "1 3"), ("[5:1:-2]", "5 3"), ("[::-1]", "6 5 4 3 2 1 0"),
        ("[:]", "0 1 2 3 4 5 6"), ("[-3:]", "4 5 6"), ("[:-5]", "0 1"), ("[-100:2]", "0 1"), ("[2:100]", "2 3 4 5 6"),
        ("[::0]", ""), ("[3:1]", ""), ("[1:3:-1]", ""), ("[100:0:-3]", "6 3"), ("[0:100:9007199254740991]", "0"),
        ("[9007199254740991:-9007199254740991:-9007199254740991]", "6"), ("[-2::-4]", "5 1"), ("[6]", "6"), ("[7]", ""),
        ("[-7]", "0"), ("[-8]", ""), ("[0,0,-1]", "0 0 6"), ("[9007199254740991]", ""), ("[-9007199254740991]", ""),
    ])
    func slices(_ selector: String, _ expected: String) throws {
        #expect(try values("$\(selector)", "[0,1,2,3,4,5,6]") == expected)
        #expect(try values("$\(selector)", #"{"0":1}"#).isEmpty)
        #expect(try values("$\(selector)", "[]").isEmpty)
    }

    /// The table of RFC 9535, section 2.3.5.3, and what it leaves out.
    @Test(arguments: [
        ("$.absent1 == $.absent2", true), ("$.absent1 <= $.absent2", true), ("$.absent == 'g'", false),
        ("$.absent1 != $.absent2", false), ("$.absent != 'g'", true), ("1 <= 2", true), ("1 > 2", false),
        ("13 == '13'", false), ("'a' <= 'b'", true), ("'a' > 'b'", false), ("$.obj == $.arr", false),
        ("$.obj != $.arr", true), ("$.obj == $.obj", true), ("$.obj != $.obj", false), ("$.arr == $.arr", true),
        ("$.arr != $.arr", false), ("$.obj == 17", false), ("$.obj != 17", true), ("$.obj <= $.arr", false),
        ("$.obj < $.arr", false), ("$.obj <= $.obj", true), ("$.arr <= $.arr", true), ("1 <= $.arr", false),
        ("1 >= $.arr", false), ("1 > $.arr", false), ("1 < $.arr", false), ("true <= true", true),
        ("true > true", false), ("true == false", false), ("null == null", true), ("null <= null", true),
        ("null < 1", false), ("$.obj == $.same", true), ("$.obj == $.other", false), ("$.obj == $.more", false),
        ("$.arr == $.reversed", false), ("$.nested == $.nested2", true), ("$.absent == null", false),
        ("$.max == 9223372036854775807", true), ("$.max == 9223372036854775808.0", false),
        ("$.max < 9223372036854775808", true), ("$.umax > 18446744073709551614", true),
        ("$.umax < 18446744073709551616.0", true), ("$.umax == 18446744073709551615.0", false), ("$.one == 1.0", true),
        ("$.one == 10e-1", true), ("$.zero == -0", true), ("$.zero == -0.0", true), ("$.half > 0", true),
        ("$.half < 1", true), ("-1 < $.half", true), ("$.half >= 1", false), ("$.max > -9223372036854775808", true),
        ("$.odd == 9007199254740993.0", false), ("$.odd > 9007199254740992.0", true), ("$.umax < 1e999", true),
        ("$.max > -1e999", true), ("'\\uD83D\\uDE00' > '\\uFFFF'", true), ("'' < 'a'", true), ("'a' < 'aa'", true),
        ("'\u{e9}' == 'e\u{301}'", false),
    ])
    func compares(_ comparison: String, _ expected: Bool) throws {
        let json = """
            {"obj":{"x":"y","z":[1]},"arr":[2,3],"same":{"z":[1.0],"x":"y"},"other":{"x":"y","y":[1]},"more":{"x":"y"},
            "reversed":[3,2],"nested":{"a":{"b":[{"c":1,"d":2}]}},"nested2":{"a":{"b":[{"d":2,"c":1}]}},
            "max":9223372036854775807,"umax":18446744073709551615,"one":1,"zero":0,"half":0.5,"odd":9007199254740993}
            """
        #expect(try !values("$[?\(comparison)]", json).isEmpty == expected)
        #expect(try values("$[?!(\(comparison))]", json).isEmpty == expected)
    }

    @Test(arguments: [
        ("length(@.s) == 4", "1"), ("length(@.a) == 3", "1"), ("length(@.o) == 2", "1"), ("length(@.n) == 0", ""),
        ("length(@.n) == length(@.absent)", "1"), ("length('\\uD83D\\uDE00e\u{301}') == 3", "1"),
        ("count(@.*) == 5", "1"), ("count(@..*) == 10", "1"), ("count(@.absent) == 0", "1"),
        ("count(@['a','a']) == 2", "1"),
        ("value(@.a[?@==2]) == 2", "1"), ("value(@.a[*]) == 2", ""), ("value(@.x[*]) == value(@.a[*])", "1"),
        ("match(@.s, 'a.*')", "1"), ("match(@.s, '.*b')", ""), ("search(@.s, 'b')", "1"), ("search(@.s, @.p)", "1"),
        ("match(@.s, @.absent)", ""), ("search(@.n, '.')", ""), ("search(@.s, '[')", ""), ("search(@.s, 1)", ""),
        ("!search(@.s, '(')", "1"), ("search(value(@..s), 'é')", "1"),
    ])
    func callsFunctions(_ condition: String, _ expected: String) throws {
        let json = #"[{"id":1,"s":"abé😀","a":[1,2,3],"o":{"x":1,"y":2},"p":"b."}]"#
        #expect(try values("$[?\(condition.replacing("@.n", with: "@.id"))].id", json) == expected)
    }

    @Test func nestsFilters() throws {
        let json = #"{"min":2,"a":[{"b":[1,2]},{"b":[3]},{"b":[]},{"c":[9]}]}"#
        #expect(try values("$.a[?@.b[?@ > $.min]]", json) == #"{"b":[3]}"#)
        #expect(try values("$.a[?@.b[?@ == $.a[3].c[0]]]", json).isEmpty)
        #expect(try values("$.a[?@.b[?@ == value($.a[?@.b[?@ == 3]].b[0])]]", json) == #"{"b":[3]}"#)
        #expect(try values("$.a[?!@.b[?@ >= 0] && @.b]", json) == #"{"b":[]}"#)
        #expect(try values("$.a[?@.b || @.c][*][*]", json) == "1 2 3 9")
    }

    @Test func writesValuesExactly() throws {
        let json =
            #"{"a":[ 9223372036854775807, 18446744073709551615, -5, 0.1, 1e300, 1.0, "\u0041\n\"é","#
            + #" {}, [], {"":[null,true,false]}]}"#
        #expect(
            try values("$.a", json)
                == #"[9223372036854775807,18446744073709551615,-5,0.1,1e+300,1,"A\n\"é",{},[],{"":[null,true,false]}]"#)
        #expect(try values("$", "7") == "7")
        #expect(try select("$", in: Array("7".utf8)).map(\.path) == ["$"])
    }

    /// The table of RFC 9535, section 2.7, and names that need escapes.
    @Test func normalizesPaths() throws {
        let names = ["a", "b c", "it's", "\\", "\"", "\u{8}\u{c}\n\r\t", "\u{b}\u{1f}", "é😀", ""]
        let escaped = ["a", "b c", "it\\'s", "\\\\", "\"", "\\b\\f\\n\\r\\t", "\\u000b\\u001f", "é😀", ""]
        var writer = JSONWriter()
        writer.beginObject()
        for name in names {
            writer.key(name)
            writer.beginArray()
            writer.integer(1)
            writer.endArray()
        }
        writer.endObject()
        let found = try select("$.*[-1]", in: Array(writer.bytes))
        #expect(found.map(\.path) == escaped.map { "$['\($0)'][0]" })
        for node in found { #expect(try select(node.path, in: Array(writer.bytes)).map(\.path) == [node.path]) }
    }
}
