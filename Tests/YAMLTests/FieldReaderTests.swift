import Testing
import YAML

private let fields = [
    FieldSpec("name", .text, required: true),
    FieldSpec("count", .integer(1...10)),
    FieldSpec("share", .number(0...1)),
    FieldSpec("active", .boolean),
    FieldSpec("since", .date),
    FieldSpec("delivery", .enumeration(["exactly-once", "at-least-once"])),
    FieldSpec("interval", .form("a duration such as 200ms", { $0.hasSuffix("ms") })),
    FieldSpec("tags", .either([.text, .list(.text)])),
    FieldSpec("nested", .mapping([FieldSpec("deep", .list(.mapping([FieldSpec("x", .integer, required: true)])))])),
    FieldSpec("free", .table(.integer)),
    FieldSpec("any", .anything),
]

/// What the table of fields above has to say of a text.
private func findings(_ text: String) throws -> [String] {
    var reader = FieldReader(file: "test.yaml")
    let sound = reader.check(try tree(text), fields)
    #expect(sound == reader.findings.isEmpty)
    return reader.findings.map(\.description)
}

@Suite struct FieldReaderTests {
    @Test func acceptsWhatFits() throws {
        let text = """
            name: NO
            count: 10
            share: 0.5
            active: false
            since: 2024-02-29
            delivery: exactly-once
            interval: 200ms
            tags: [a, b]
            nested: {deep: [{x: 1}, {x: 2}]}
            free: {a: 1, b: 2}
            any: [{}]
            """
        #expect(try findings(text) == [])
        #expect(try findings("{name: a, tags: b, count: null, since: ~}") == [])
    }

    @Test func collectsEverything() throws {
        let text = """
            count: 11
            share: many
            active: yes
            since: 2023-02-29
            delivery: exactly-onc
            interval: 3s
            tags: {}
            nested: {deep: [{x: 1}, {y: 2}], more: 1}
            free: {a: b}
            nam: wrong
            completely_different: 1
            """
        #expect(
            try findings(text) == [
                "test.yaml:1: count: expected a whole number from 1 to 10",
                "test.yaml:2: share: expected a number from 0.0 to 1.0",
                "test.yaml:3: active: expected true or false",
                "test.yaml:4: since: expected a date as YYYY-MM-DD",
                "test.yaml:5: delivery: expected one of exactly-once, at-least-once; did you mean exactly-once?",
                "test.yaml:6: interval: expected a duration such as 200ms",
                "test.yaml:7: tags: expected a text, or a list, each item a text",
                "test.yaml:8: nested.deep[1].y: the key is not known; expected one of x",
                "test.yaml:8: nested.deep[1].x: the key is missing; expected a whole number",
                "test.yaml:8: nested.more: the key is not known; expected one of deep",
                "test.yaml:9: free.a: expected a whole number",
                "test.yaml:10: nam: the key is not known; did you mean name?",
                "test.yaml:11: completely_different: the key is not known; expected one of "
                    + fields.map(\.name).joined(separator: ", "),
                "test.yaml:1: name: the key is missing; expected a text",
            ])
    }

    @Test func anythingButAMappingIsRefused() throws {
        #expect(try findings("[1]") == ["test.yaml:1: expected a mapping of keys to values"])
        #expect(try findings("") == ["test.yaml:1: expected a mapping of keys to values"])
    }

    @Test func findingsSortByPlace() {
        let places = [("b", 1, "k"), ("a", 10, "k"), ("a", 2, "z"), ("a", 2, "k")]
        let sorted = places.map { Finding(file: $0.0, line: $0.1, key: $0.2, message: "m") }.sorted()
        #expect(sorted.map(\.description) == ["a:2: k: m", "a:2: z: m", "a:10: k: m", "b:1: k: m"])
    }
}
