import JSON
import Testing

@Suite struct IRegexpTests {
    private func finds(_ function: String, _ pattern: String, _ text: String) throws -> Bool {
        // As values of a document, so that nothing has to be escaped for the query.
        var writer = JSONWriter()
        writer.beginArray()
        writer.beginObject()
        writer.key("t")
        writer.string(text)
        writer.key("p")
        writer.string(pattern)
        writer.endObject()
        writer.endArray()
        return try !select("$[?\(function)(@.t, @.p)]", in: Array(writer.bytes)).isEmpty
    }

    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("a|b", "b"), ("a||b", ""), ("(ab)+", "ababab"), ("a*", ""), ("a*", "aaa"),
        ("a?b", "b"), ("a{2}", "aa"), ("a{2,}", "aaaaa"), ("a{2,3}", "aaa"), ("a{0}", ""), ("(a|b){3}c", "abac"),
        ("[a-c]+", "abcba"), ("[^a-c]", "d"), ("[-a]", "-"), ("[a-]", "-"), ("[--]", "-"), ("[^-]", "a"), ("[a^]", "^"),
        ("[.]", "."), ("[\\]\\[\\\\]+", "[]\\"), ("\\.\\*\\+\\?\\(\\)\\{\\}\\|\\^\\-", ".*+?(){}|^-"),
        ("\\n\\r\\t", "\n\r\t"), (".", "\u{2028}"), (".", "😀"), ("\\p{L}+", "Señor"), ("\\p{Lu}\\p{Ll}+", "Ñandú"),
        ("\\P{L}", "1"), ("\\p{Nd}{4}", "١٢٣4"), ("[\\p{L}\\p{N}]+", "a1é"), ("[^\\p{L}]", "-"), ("\\p{Zs}", "\u{a0}"),
        ("\\p{Sc}", "€"), ("\\p{Cn}", "\u{378}"), ("\\p{Co}", "\u{e000}"), ("\\p{C}", "\u{0}"), ("[^\\P{Lu}]", "A"),
        ("^ab$", "ab"), ("(^a|b)c", "ac"), ("a$|b", "a"), ("(a*)*", "aaa"), ("(a|b*)*c", "abbac"), ("(){9}", ""),
        ("(a?){500}", "a"), ("[\u{1F600}-\u{1F64F}]", "😀"), ("é", "é"), ("'", "'"), ("a{1,1}", "a"), ("/", "/"),
    ])
    func matches(_ pattern: String, _ text: String) throws {
        #expect(try finds("match", pattern, text))
        #expect(try finds("search", pattern, text))
    }

    @Test(arguments: [
        ("abc", "abcd"), ("abc", "xabc"), ("a|b", "ab"), (".", "\n"), (".", "\r"), (".", ""), ("a{2}", "aaa"),
        ("a{2,3}", "a"), ("[^a]", "a"), ("[^a]", ""), ("\\p{Lu}", "a"), ("\\P{L}", "a"), ("é", "e\u{301}"), ("A", "a"),
        ("a$b", "ab"), ("a^b", "ab"), ("[^\\p{L}]", "é"), ("\\p{Cn}", "a"), ("\\p{C}", "a"),
    ])
    func doesNotMatch(_ pattern: String, _ text: String) throws {
        #expect(try !finds("match", pattern, text))
    }

    @Test(arguments: [
        ("b", "abc", true), ("^b", "abc", false), ("b$", "ab", true), ("b$", "abc", false), ("", "", true),
        ("x*", "abc", true),
    ])
    func searches(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try finds("search", pattern, text) == expected)
    }

    /// What other dialects know and I-Regexp does not, and what is no pattern at all: neither matches anything.
    @Test(arguments: [
        "(", ")", "[", "]", "a]", "{", "}", "a{", "a{,3}", "a{2,1}", "a{x}", "a**", "a+?", "*a", "+", "?", "|*", "[]",
        "[^]", "[b-a]", "[a-b-c]", "[a--]", "[[a]]", "\\", "\\d", "\\w", "\\s", "\\b", "\\/", "\\u0041", "\\x41",
        "(?:a)",
        "(?=a)", "\\1", "\\p{Xx}", "\\p{}", "\\p{L", "\\pL", "\\p{Cs}", "\\p{IsGreek}", "[\\d]", "[a-\\p{L}]", "[a-",
        "((((a))))(", "a{99999999999999999999}", "(a{100}){100}", "a{1000000}",
    ])
    func anInvalidPatternMatchesNothing(_ pattern: String) throws {
        for text in ["", "a", pattern] {
            #expect(try !finds("match", pattern, text))
            #expect(try !finds("search", pattern, text))
        }
    }

    @Test func boundsPatterns() throws {
        #expect(try finds("match", String(repeating: "a", count: 4000), String(repeating: "a", count: 4000)))
        #expect(try !finds("match", String(repeating: "a", count: 5000), String(repeating: "a", count: 5000)))
        #expect(try !finds("match", String(repeating: "(", count: 65) + String(repeating: ")", count: 65), ""))
        #expect(try finds("search", String(repeating: "()*", count: 1300), "a"))
    }

    /// Patterns that take backtracking engines longer than the age of the universe.
    @Test(arguments: ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x", "(a*)*b", "(a?){30}a{30}", "((a+)+)+b"])
    func endsAtOnce(_ pattern: String) throws {
        let text = String(repeating: "a", count: 5000) + "!"
        let start = ContinuousClock.now
        #expect(try !finds("match", pattern, text))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func patternsOfTheDocumentAreCompiledOnceInARow() throws {
        let words = Array(repeating: #""ab""#, count: 5000).joined(separator: ",")
        let document = Array(#"{"p":"a.","q":"(","w":[\#(words),"c"]}"#.utf8)
        #expect(try select("$.w[?match(@, $.p)]", in: document).count == 5000)
        #expect(try select("$.w[?match(@, $.q)]", in: document).isEmpty)
        // Alternating ones are compiled again and again, which counts.
        #expect(throws: JSONError.self) { try select("$.w[?match(@, $.p) && match(@, $.q) || @.x]", in: document) }
    }

    @Test func stepsOfMatchingCount() throws {
        let document = Array(#"["\#(String(repeating: "a", count: 100_000))"]"#.utf8)
        let path = try JSONPath("$[?search(@, '(a|b)*c')]")
        let error = #expect(throws: JSONError.self) {
            _ = try document.withUnsafeBytes {
                try Extractor(maximumBytes: 1 << 20, maximumSteps: 10_000).nodes(of: path, in: $0).count
            }
        }
        #expect(error?.code == .tooManySteps)
    }
}
