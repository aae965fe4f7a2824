import JSON
import Testing

@Suite struct RefusalTests {
    @Test(arguments: [
        ("", JSONError.Code.empty, 0), (" \n\t\r", .empty, 4),
        ("\u{feff}{}", .malformed, 0), ("\u{feff}", .malformed, 0),
        ("[1,]", .malformed, 3), ("[,1]", .malformed, 1), ("[1 2]", .malformed, 3), ("[1,,2]", .malformed, 3),
        ("[", .truncated, 1), ("[1", .truncated, 2), ("[1,", .truncated, 3), ("]", .malformed, 0),
        ("[}", .malformed, 1),
        ("{", .truncated, 1), ("{\"a\"", .truncated, 4), ("{\"a\":", .truncated, 5), ("{\"a\":1", .truncated, 6),
        ("{\"a\":1,", .truncated, 7), ("{\"a\":1,}", .malformed, 7), ("{a:1}", .malformed, 1),
        ("{'a':1}", .malformed, 1),
        ("{\"a\" 1}", .malformed, 5), ("{\"a\",1}", .malformed, 4), ("{1:2}", .malformed, 1),
        ("{\"a\":1]", .malformed, 6),
        ("{\"a\":1 \"b\":2}", .malformed, 7), ("{}}", .trailingContent, 2), ("{} x", .trailingContent, 3),
        ("1 2", .trailingContent, 2), ("{}{}", .trailingContent, 2), ("[] // c", .trailingContent, 3),
        ("tru", .truncated, 3), ("trux", .malformed, 3), ("True", .malformed, 0), ("nulll", .trailingContent, 4),
        ("[nul]", .malformed, 4), ("[truex]", .malformed, 5), ("NaN", .malformed, 0), ("-Infinity", .malformed, 1),
        ("01", .trailingContent, 1), ("[01]", .malformed, 2), ("-", .truncated, 1), ("[-]", .malformed, 2),
        ("1.", .truncated, 2), ("[1.]", .malformed, 3), ("[.5]", .malformed, 1), ("[+1]", .malformed, 1),
        ("[1e]", .malformed, 3), ("[1e+]", .malformed, 4), ("[0x1]", .malformed, 2), ("[1_000]", .malformed, 2),
        ("[-01]", .malformed, 3), ("[--1]", .malformed, 2), ("[1.2.3]", .malformed, 4),
        ("\"a", .truncated, 2), ("\"\\\"", .truncated, 3), ("\"\\", .truncated, 2), ("[\"\\x\"]", .malformed, 3),
        ("\"\\u12\"", .malformed, 5), ("\"\\u12", .truncated, 5), ("\"\\uD800\"", .malformed, 1),
        ("\"\\uDC00\"", .malformed, 1), ("\"\\uD800\\u0041\"", .malformed, 1), ("\"\\uD800\\n\"", .malformed, 1),
        ("\"\\uDBFF\\uDBFF\"", .malformed, 1), ("\"\\uD800\\", .truncated, 8), ("[\"a\nb\"]", .malformed, 3),
        ("[\"a\tb\"]", .malformed, 3), ("[\"a\0b\"]", .malformed, 3), ("[1]\0", .trailingContent, 3),
        ("\0", .malformed, 0),
        ("[1\0]", .malformed, 2), ("[\u{a0}1]", .malformed, 1), ("[\u{c}1]", .malformed, 1), ("*", .malformed, 0),
        ("[\"a\" \"b\"]", .malformed, 5), ("{\"a\":{\"b\":[1,{\"c\":}]}}", .malformed, 18), ("/**/1", .malformed, 0),
        ("18446744073709551616", .bigNumber, 0), ("[-9223372036854775809]", .bigNumber, 1),
        ("[1,123456789012345678901234567890]", .bigNumber, 3), ("[1e400]", .bigNumber, 1), ("[-1e309]", .bigNumber, 1),
        ("[1e99999999999999999999]", .bigNumber, 1),
    ])
    func refusesWithPlaceAndKind(_ json: String, _ code: JSONError.Code, _ offset: Int) {
        let error = refusal(of: json)
        #expect(error?.code == code)
        #expect(error?.offset == offset)
        #expect(error?.message.isEmpty == false)
    }

    @Test(
        arguments: [
            ([0x22, 0xff, 0x22], 1), ([0x22, 0xc3, 0x22], 1), ([0x22, 0xc0, 0x80, 0x22], 1),
            ([0x22, 0xe0, 0x80, 0x80, 0x22], 1),
            ([0x22, 0xed, 0xa0, 0x80, 0x22], 1), ([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 1), ([0x22, 0x80, 0x22], 1),
            ([0x22, 0xf0, 0x9f, 0x98, 0x22], 1), ([0x5b, 0xff, 0x5d], 1), ([0x31, 0x20, 0xfe], 2), ([0x22, 0xc3], 1),
            ([0x22, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x22], 1),
        ] as [([UInt8], Int)])
    func refusesWhatIsNoUTF8(_ json: [UInt8], _ offset: Int) {
        let error = refusal(of: json)
        #expect(error?.code == .invalidUTF8)
        #expect(error?.offset == offset)
    }

    @Test func neverQuotesTheDocument() {
        let secret = "Rosa"
        for json in [
            "{\"\(secret)\":1,\"\(secret)\":2}", "[\(secret)]", "{\"a\":\"\(secret)", "\"\(secret)\" \(secret)",
        ] {
            let error = refusal(of: json)
            #expect(error != nil)
            #expect(error?.message.contains(secret) == false)
        }
    }

    @Test func limitsTheLength() {
        #expect(refusal(of: Array("[1,2]".utf8), maximumBytes: 5) == nil)
        #expect(refusal(of: Array("[1,22]".utf8), maximumBytes: 5)?.code == .tooLarge)
        #expect(refusal(of: [UInt8](repeating: 0x20, count: 10_000_000), maximumBytes: 1 << 20)?.code == .tooLarge)
        #expect(refusal(of: [UInt8](repeating: 0x20, count: 10_000_000), maximumBytes: 1 << 24)?.code == .empty)
        let string = [0x22] + [UInt8](repeating: 0x61, count: 10_000_000) + [0x22]
        #expect(refusal(of: string, maximumBytes: 1 << 24) == nil)
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")], [1, 2, 64, 1000])
    func limitsTheDepth(_ brackets: (String, String), _ limit: Int) {
        func nested(_ depth: Int, _ inner: String) -> [UInt8] {
            let (opening, closing) = brackets
            return Array(
                (String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)).utf8)
        }
        #expect(refusal(of: nested(limit, "1"), maximumDepth: limit) == nil)
        #expect(refusal(of: nested(limit - 1, "[]"), maximumDepth: limit) == nil)
        #expect(refusal(of: nested(limit + 1, "1"), maximumDepth: limit)?.code == .tooDeep)
        #expect(refusal(of: nested(limit, "{}"), maximumDepth: limit)?.code == .tooDeep)
        let error = refusal(of: nested(10_000, "1"), maximumDepth: limit)
        #expect(error?.code == .tooDeep)
        #expect(error?.offset == limit * brackets.0.utf8.count)
        #expect(refusal(of: Array(String(repeating: "[", count: 100_000).utf8), maximumDepth: limit)?.code == .tooDeep)
    }

    @Test func limitsTheNumberOfValues() throws {
        let json = Array("[1,2,3]".utf8)
        let path = try SimplePath("$[*]")
        #expect(refusal(of: json, maximumValues: 3, paths: [path]) == nil)
        #expect(refusal(of: json, maximumValues: 2, paths: [path])?.code == .tooManyValues)
        #expect(refusal(of: json, maximumValues: 5, paths: [path, path])?.code == .tooManyValues)
        #expect(refusal(of: json, maximumValues: 6, paths: [path, path]) == nil)
    }
}

@Suite struct DuplicateKeyTests {
    @Test(arguments: [
        (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"{"":1,"":2}"#, 6), (#"{"é":1,"\u00E9":2}"#, 8),
        (#"{"x":"{\"x\":1,\"x\":2}","x":2}"#, 25), (#"[{"a":1},{"b":{"c":[{"d":1,"e":"d","d":2}]}}]"#, 35),
        (#"{"a":{"a":{"a":1}},"b":[{"a":1}],"a":0}"#, 33), (#"{"a":1.5,"b":18446744073709551615,"c":-1,"a":0}"#, 41),
        (#"{"abcdefghijklmnopqrstuvwxyz":1,"abcdefgh_jklmnopqrstuvwxyz":2,"abcdefghijklmnopqrstuvwxyz":3}"#, 63),
        (#"{"a\u0000":1,"a":2,"a\u0000":3}"#, 19), (#"{"\/":1,"/":2}"#, 8),
    ])
    func areFoundAndPlaced(_ json: String, _ offset: Int) {
        let error = refusal(of: json)
        #expect(error?.code == .duplicateKey)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        #"{"a":{"a":{"a":1}},"b":{"a":1}}"#, #"[{"a":1},{"a":2}]"#, #"{"a":"a","b":"a"}"#, #"{"a":1,"A":2,"a ":3}"#,
        #"{"a\u0000":1,"a":2}"#, "{\"\u{e9}\":1,\"e\u{301}\":2}",
        #"{"abcdefgh1abcdefgh":1,"abcdefgh2abcdefgh":2}"#,
    ])
    func differentNamesAreNone(_ json: String) {
        #expect(refusal(of: json) == nil)
    }

    /// Sizes on both sides of every change of method, with the second one at every kind of place.
    @Test(arguments: [2, 3, 31, 63, 64, 65, 66, 127, 128, 129, 1000])
    func areFoundInObjectsOfAnySize(_ size: Int) {
        let names = (0..<size).map { "name-\($0)" }
        func object(_ names: [String]) -> String {
            "{\(names.map { "\"\($0)\":[{\"deep\":\"\($0)\"}]" }.joined(separator: ","))}"
        }
        #expect(refusal(of: object(names)) == nil)
        #expect(refusal(of: "{\"outer\":[\(object(names)),\(object(names))],\"name-0\":\(object(names))}") == nil)
        for (first, second) in [(0, 1), (0, size - 1), (size / 2, size - 1), (size - 2, size - 1)] where first < second
        {
            var twice = names
            twice[second] = twice[first]
            #expect(refusal(of: object(twice))?.code == .duplicateKey)
            #expect(refusal(of: "[\(object(names)),{\"a\":\(object(twice))}]")?.code == .duplicateKey)
        }
    }

    @Test func costNoTimeInTheSquareOfTheSize() {
        let members = (0..<500_000).map { "\"\($0)\":0" }
        #expect(refusal(of: "{\(members.joined(separator: ","))}") == nil)
        #expect(refusal(of: "{\(members.joined(separator: ",")),\"499999\":1}")?.code == .duplicateKey)
        // Names that share both ends, which the fast hash cannot tell apart.
        let alike = (0..<50_000).map { "\"abcdefgh\(1_000_000 + $0)abcdefgh\":0" }
        #expect(refusal(of: "{\(alike.joined(separator: ","))}") == nil)
        #expect(refusal(of: "{\(alike.joined(separator: ",")),\(alike[7])}")?.code == .duplicateKey)
    }

    @Test func marksAreClearedWhenNumbersComeRound() {
        let objects = (0..<2000).map { "{\"a\":\($0),\"b\":{\"a\":1}}" }
        #expect(refusal(of: "[\(objects.joined(separator: ","))]") == nil)
    }
}
