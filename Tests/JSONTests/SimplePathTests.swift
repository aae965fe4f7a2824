import JSON
import Testing

@Suite struct SimplePathTests {
    @Test(arguments: [
        ("$", "$"),
        ("$.a", "$.a"),
        ("$.a['b c'].d[0].e[*].f", "$.a['b c'].d[0].e[*].f"),
        ("$.groups.*", "$.groups[*]"),
        ("$['a']", "$.a"),
        ("$[\"a\"]", "$.a"),
        ("$[ 'a' ]", "$.a"),
        ("$ .a\t[ 3\n]", "$.a[3]"),
        ("$[0]", "$[0]"),
        ("$[9007199254740991]", "$[9007199254740991]"),
        ("$.ñandú", "$.ñandú"),
        ("$['']", "$['']"),
        ("$['1a']", "$['1a']"),
        ("$._a1", "$._a1"),
        ("$['it\\'s']", "$['it\\'s']"),
        ("$[\"it's\"]", "$['it\\'s']"),
        ("$['say \"x\"']", "$['say \"x\"']"),
        ("$[\"say \\\"x\\\"\"]", "$['say \"x\"']"),
        ("$['\\b\\f\\n\\r\\t\\/\\\\']", "$['\\b\\f\\n\\r\\t/\\\\']"),
        ("$['\\u0001\\u0061 ']", "$['\\u0001a ']"),
        ("$['\\uD83D\\ude00 ']", "$['😀 ']"),
    ])
    func readsAndWrites(_ text: String, _ normal: String) throws {
        let path = try SimplePath(text)
        #expect(path.description == normal)
        #expect(try SimplePath(normal) == path)
    }

    @Test func knowsItsSteps() throws {
        let path = try SimplePath("$.a['b c'][2].*")
        #expect(path.steps == [.member("a"), .member("b c"), .index(2), .wildcard])
        #expect(path.wildcardCount == 1)
        #expect(path.replacingFirstWildcard(with: .index(5)).description == "$.a['b c'][2][5]")
        #expect(path.appending(.member("x")).appending(try SimplePath("$[1]")).description == "$.a['b c'][2][*].x[1]")
    }

    @Test(arguments: [
        ("", 0), ("a", 0), ("$a", 1), ("$.", 2), ("$..a", 2), ("$. a", 2), ("$.1", 2), ("$.a-b", 3), (" $", 0),
        ("$ ", 1),
        ("$[", 2), ("$[]", 2), ("$[a]", 2), ("$[-1]", 2), ("$[01]", 2), ("$[9007199254740992]", 2),
        ("$[99999999999999999999999]", 2), ("$[1", 3), ("$[1,2]", 3), ("$[1:2]", 3), ("$[?@.a]", 2), ("$['a", 4),
        ("$['a\"]", 6), ("$['\\x']", 4), ("$['\\\"']", 4), ("$[\"\\'\"]", 4), ("$['\\u12g4']", 7), ("$['\\ud800']", 5),
        ("$['\\ud800\\u0041']", 5), ("$['\\udc00']", 5), ("$['a\n']", 4), ("$['a'", 5), ("$.a]", 3),
    ])
    func refuses(_ text: String, _ position: Int) {
        let error = #expect(throws: PathSyntaxError.self) { try SimplePath(text) }
        #expect(error?.position == position)
        #expect(error?.expected.isEmpty == false)
    }
}
