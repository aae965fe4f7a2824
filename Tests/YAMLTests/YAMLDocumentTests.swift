import Primitives
import Testing
import YAML

/// The tree of a text.
func tree(_ text: String, limits: YAMLLimits = YAMLLimits()) throws -> YAMLNode {
    try YAMLDocument.parse(Array(text.utf8), file: "test.yaml", limits: limits)
}

/// The description of the error that a text gives, or an empty text.
func failure(_ text: String, limits: YAMLLimits = YAMLLimits()) -> String {
    do throws(YAMLError) {
        _ = try YAMLDocument.parse(Array(text.utf8), file: "test.yaml", limits: limits)
        return ""
    } catch {
        return error.description
    }
}

@Suite struct YAMLDocumentTests {
    @Test func keepsOrderTextAndPlaces() throws {
        let root = try tree(
            """
            # a comment
            zebra: NO
            apple:
              - 1.10
              - "quoted # text"
              - deep: {a: ~, b: null, c: , d: ""}
            text: |
              two
              lines
            """)
        #expect(root.members.map(\.key.scalar) == ["zebra", "apple", "text"])
        #expect(root["zebra"]?.scalar == "NO")
        #expect(root["zebra"]?.boolean == nil)
        #expect(root["text"]?.scalar == "two\nlines")
        let items = try #require(root["apple"]?.items)
        #expect(items[0].scalar == "1.10")
        #expect((items[0].line, items[0].column) == (4, 5))
        #expect((items[1].scalar, items[1].line) == ("quoted # text", 5))
        let deep = try #require(items[2]["deep"])
        #expect(deep.members.map(\.value.isNull) == [true, true, true, false])
        #expect((deep.line, deep.column) == (6, 11))
        #expect(root["missing"] == nil)
        #expect(root.items.isEmpty)
        #expect(items[0].members.isEmpty)
    }

    @Test func readsScalarsAsTheCallerExpects() throws {
        let root = try tree(
            "{i: -12, n: 1.5e3, b: true, q: \"12\", d: 2025-02-29, e: 2024-02-29, s: +3, x: 0x10, y: nan, z: .5}")
        #expect(root["i"]?.integer == -12)
        #expect(root["i"]?.number == -12)
        #expect(root["n"]?.number == 1500)
        #expect(root["n"]?.integer == nil)
        #expect(root["b"]?.boolean == true)
        #expect(root["q"]?.integer == nil)
        #expect(root["d"]?.date == nil)
        #expect(root["e"]?.date?.description == "2024-02-29")
        for key in ["s", "x", "y", "z"] {
            #expect(root[key]?.integer == nil, "\(key)")
            #expect(root[key]?.number == nil, "\(key)")
        }
    }

    @Test func anEmptyFileIsNull() throws {
        #expect(try tree("").isNull)
        #expect(try tree("# nothing but a comment\n").isNull)
        #expect(try tree("---\n").isNull)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "test.yaml:3:1: the key \"a\" stands on line 1 and again on line 3; keep one"),
        ("a: &x 1\nb: 2\n", "test.yaml:1:4: an anchor"),
        ("a: 1\nb: *x\n", "test.yaml:2:4: an alias"),
        ("*x : 1\n", "test.yaml:1:1: an alias"),
        ("a: !!int 1\n", "test.yaml:1:4: a tag"),
        ("a: !local [1]\n", "test.yaml:1:4: a tag"),
        ("? [a, b]\n: c\n", "test.yaml:1:3: a key was expected"),
        ("a: 1\n---\nb: 2\n", "test.yaml:2:1: a second document"),
        ("a:\n\tb: 1\n", "test.yaml:2:1: "),
        ("a: \"open\n", "test.yaml:2:1: "),
        ("a: [1, 2\nb: 3\n", "test.yaml:2:"),
        ("{\"a\": \"\\ud83d\"}", "test.yaml:1:"),
        ("a: b: c\n", "test.yaml:1:5: mapping values are not allowed"),
    ])
    func refusesWithThePlaceAndTheReason(_ text: String, _ start: String) {
        let message = failure(text)
        #expect(message.hasPrefix(start), "\(message)")
    }

    @Test func refusesWhatIsNoText() {
        #expect(throws: YAMLError.self) { try YAMLDocument.parse([0x61, 0x3a, 0x20, 0xff, 0xfe], file: "x") }
        #expect(failure("a: \u{1}b").contains("control characters are not allowed"))
    }

    @Test func boundsDepthNodesAndBytes() throws {
        let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(throws: Never.self) { try tree(nested) }
        #expect(failure("[\(nested)]").contains("nested more than 64 deep"))
        #expect(failure(String(repeating: "[", count: 100_000)).contains("nested more than 64 deep"))
        var limits = YAMLLimits()
        limits.nodes = 4
        #expect(throws: Never.self) { try tree("[1, 2, 3]", limits: limits) }
        #expect(failure("[1, 2, 3, 4]", limits: limits).contains("more than 4 values"))
        limits.bytes = 3
        #expect(failure("abcd", limits: limits).contains("has 4 bytes; at most 3"))
    }
}

@Suite struct JSONAsYAMLTests {
    @Test func readsJSONAsItIs() throws {
        let root = try tree(
            """
            {
            \t"url": "https:\\/\\/example.org\\/a",
            \t"escapes": "\\"\\\\\\b\\f\\n\\r\\t\\u00e9",
            \t"list": [1,-2.5e-3,true,false,null,"x",[],{}],
            \t"tight":{"a":1,"b":"c:d, e"},
            \t"not a comment": "a # b"
            }
            """)
        #expect(root["url"]?.scalar == "https://example.org/a")
        #expect(root["escapes"]?.scalar == "\"\\\u{8}\u{c}\n\r\t\u{e9}")
        let list = try #require(root["list"]?.items)
        #expect(list[0].integer == 1)
        #expect(list[1].number == -0.0025)
        #expect(list[2].boolean == true)
        #expect(list[4].isNull)
        #expect(list.count == 8)
        #expect(root["tight"]?["b"]?.scalar == "c:d, e")
        #expect(root["not a comment"]?.scalar == "a # b")
    }

    @Test func joinsSurrogatePairsAndNothingElse() throws {
        let root = try tree(
            #"{"a": "\ud83d\ude00 \uD83D\uDE00!", "b": "\\ud83d\\ude00", "c": "\\\ud83d\ude00", "d": "\u00e9"}"#)
        #expect(root["a"]?.scalar == "\u{1F600} \u{1F600}!")
        #expect(root["b"]?.scalar == #"\ud83d\ude00"#)
        #expect(root["c"]?.scalar == "\\\u{1F600}")
        #expect(root["d"]?.scalar == "\u{e9}")
        #expect(try tree("\u{FEFF}\n[\"\\ud83d\\ude00\"]").items[0].scalar == "\u{1F600}")
        for broken in [#"["\ud83d"]"#, #"["\ud83d\u0041"]"#, #"["\ude00\ud83d"]"#, #"["\ud83d\ude0"#, #"["\"#] {
            #expect(failure(broken) != "", "\(broken)")
        }
    }

    @Test(arguments: [
        "\u{7f}", "\u{80}", "\u{85}", "\u{9f}", "\u{2028}", "\u{2029}", "\u{feff}", "\u{fffe}", "\u{ffff}",
    ])
    func textsOfJSONAreRead(_ character: String) throws {
        // What JSON allows in a text, and libyaml takes for the end of a line or refuses.
        let root = try tree(
            "\u{FEFF}{\"a\(character)\": [\"\\\"\(character)b\\\\\", 1.5e3, true, null, \"\(character)\"]}")
        #expect(root.members.first?.key.scalar == "a\(character)")
        #expect(root.items.isEmpty && root["a\(character)"]?.items[0].scalar == "\"\(character)b\\")
        #expect(root["a\(character)"]?.items[4].scalar == character)
        // What is no JSON is read as YAML has it.
        #expect(try tree("{a: 'x\u{85}y'}")["a"]?.scalar == "x y")
    }

    @Test func longValuesAreRead() throws {
        let long = String(repeating: "a", count: 100_000)
        #expect(try tree("{\"key\": \"\(long)\", \"next\": 1}")["key"]?.scalar == long)
    }
}
