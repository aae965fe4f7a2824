import JSON
import Testing

@testable import Commands

@Suite struct PathTests {
    private let folder: Folder
    private let file: String

    init() throws {
        folder = try Folder()
        file = folder.write(
            "event.json", #"{"a": [ {"k":"x","v":1.0}, {"k":"it's","v":18446744073709551615} ], "b": "é\n"}"#)
    }

    @Test func printsValues() {
        let ran = run(["path", "$.a[?@.k!='x']", file])
        #expect(ran.code == 0 && ran.errors.isEmpty)
        #expect(ran.output == #"{"k":"it's","v":18446744073709551615}"# + "\n")
        #expect(run(["path", "$..v", "--", file]).output == "1\n18446744073709551615\n")
        #expect(run(["path", "$.b", "-"], input: file).output == "\"é\\n\"\n")
        #expect(run(["path", "$.b"], input: file).output == "\"é\\n\"\n")
    }

    @Test func printsNormalizedPaths() {
        #expect(run(["path", "--paths", "$..v", file]).output == "$['a'][0]['v']\n$['a'][1]['v']\n")
    }

    @Test func saysWhereNothingMatches() {
        #expect(run(["path", "$.c", file]) == Ran(code: 1, output: "", errors: ""))
    }

    @Test func readsLines() {
        let lines = folder.write("events.ndjson", "{\"a\":1}\n\n{\"b\":2}\r\n{\"a\":\n{\"a\":3}")
        let ran = run(["path", "--lines", "$.a", lines])
        #expect(ran.code == 1 && ran.output == "1\n3\n")
        let message = "city-attribution: path: events.ndjson, line 4: JSON, byte 5: expected a JSON value\n"
        #expect(ran.errors == message)
        let good = folder.write("good.ndjson", "{\"a\":1}\n{\"b\":2}\n{\"a\":3}\n")
        let paths = run(["path", "--lines", "--paths", "$.a", good])
        #expect(paths == Ran(code: 0, output: "1:$['a']\n3:$['a']\n", errors: ""))
    }

    @Test(arguments: [
        (
            "{\"a\":1}\n{\"a\":2}\n",
            "JSON, byte 8: expected the end of the document; for one document a line there is --lines"
        ),
        ("no JSON", "JSON, byte 1: expected true, false or null"), ("", "JSON, byte 0: expected a JSON value"),
        (#"{"a":1,"a":2}"#, "JSON, byte 7: expected each member name once in an object"),
        (String(repeating: "[", count: 2000), "JSON, byte 1024: expected at most 1024 levels"),
    ])
    func refusesWhatIsNoDocument(_ content: String, _ message: String) {
        let ran = run(["path", "$", folder.write("bad.json", content)])
        #expect(ran == Ran(code: 1, output: "", errors: "city-attribution: path: bad.json: \(message)\n"))
    }

    @Test func refusesWhatItCannotUnderstand() {
        #expect(run(["path"]).code == 2 && run(["path", "$", "a", "b"]).code == 2)
        let missing = run(["path", "$", "\(folder.path)/none"])
        #expect(missing.code == 2 && missing.errors.contains("the file cannot be opened: No such file"))
        let message = "city-attribution: path: path, character 8: expected '=='\n"
        #expect(run(["path", "$[?@.a =1]", file]) == Ran(code: 2, output: "", errors: message))
    }

    @Test func pointsAtTheFaultOnATerminal() {
        var errors = ""
        let code = Program.run(
            ["path", "$[?@.a =1]", file], environment: [:], output: { _ in true },
            errors: {
                errors += String(decoding: $0, as: UTF8.self)
                return true
            }, terminalColumns: { 80 })
        #expect(code == 2)
        #expect(errors.hasSuffix("expected '=='\n  $[?@.a =1]\n         ^\n"))
    }

    @Test(arguments: [30, 80, 200])
    func fitsTheTerminal(_ columns: Int) throws {
        for place in [0, 5, 60, 150] {
            let text = "$" + String(repeating: ".ab", count: place) + ".!" + String(repeating: ".cd", count: 40)
            let error = #expect(throws: PathSyntaxError.self) { try JSONPath(text) }
            let lines = try #require(error).pointed(in: text, columns: columns).split(separator: "\n").map(Array.init)
            #expect(lines.count == 2 && lines.allSatisfy { $0.count <= columns })
            #expect(lines[1].last == "^" && lines[0][lines[1].count - 1] == "!")
        }
    }
}

/// docs/jsonpath.md says what the code does.
@Suite struct JSONPathPageTests {
    @Test func everyExampleFindsWhatItSays() throws {
        let page = try text(of: path("docs/jsonpath.md"))
        let document = try #require(page.split(separator: "```json\n").last?.split(separator: "```").first)
        let folder = try Folder()
        let file = folder.write("example.json", String(document))
        var count = 0
        for line in page.split(separator: "\n") where line.contains("→") {
            let sides = line.split(separator: "→")
            let expression = String(try #require(sides.first)).trimmed
            let ran = run(["path", expression, file])
            let found = ran.output.split(separator: "\n").joined(separator: " ")
            #expect(found == String(try #require(sides.last)).trimmed, "\(expression) \(ran.errors)")
            count += 1
        }
        #expect(count >= 20)
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
