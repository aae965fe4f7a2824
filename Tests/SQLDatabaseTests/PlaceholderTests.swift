import Primitives
import Testing

@testable import SQLDatabase

@Suite struct PlaceholderTests {
    @Test(arguments: [
        ("a = ? AND b = ?", "a = $1 AND b = $2"),
        ("?", "$1"), ("", ""), ("no parameter", "no parameter"),
        ("'?' ?", "'?' $1"), ("'it''s ?' ?", "'it''s ?' $1"), ("'\\' ?", "'\\' $1"),
        ("E'\\'?' ?", "E'\\'?' $1"), ("e'a''?' ?", "e'a''?' $1"), ("e'''\\'?' ?", "e'''\\'?' $1"),
        ("nameE'\\' ?", "nameE'\\' $1"),
        ("\"a?\"\"?\" ?", "\"a?\"\"?\" $1"),
        ("-- ?\n?", "-- ?\n$1"), ("? -- '", "$1 -- '"), ("a - ?", "a - $1"),
        ("/* ? */ ?", "/* ? */ $1"), ("/* /* ? */ ? */ ?", "/* /* ? */ ? */ $1"), ("a / ?", "a / $1"),
        ("$$ ? $$ ?", "$$ ? $$ $1"), ("$x$ ? $$ ? $x$ ?", "$x$ ? $$ ? $x$ $1"), ("$1 ?", "$1 $1"),
        ("a$b$ ? $b$", "a$b$ $1 $b$"), ("$", "$"), ("'?", "'?"), ("/* ?", "/* ?"), ("$a$ ?", "$a$ ?"),
        ("é?", "é$1"),
    ])
    func areNumberedOutsideOfQuotesAndComments(_ text: String, _ expected: String) {
        #expect(Placeholders.numbered(text) == expected)
    }

    /// Pieces whose marks are known, put together in any order.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func areNumberedInAnyMixture(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let closed = ["'?' ", "'a''?' ", "\"?\" ", "-- ? '\n", "/* ? ' */ ", "$t$ ? ' $t$ ", "E'\\'?' ", "x = ", ", "]
        var text = ""
        var expected = ""
        var count = 0
        for _ in 0..<20 {
            if random.onceIn(3) {
                count += 1
                text += "? "
                expected += "$\(count) "
            } else if let piece = random.element(of: closed) {
                text += piece
                expected += piece
            }
        }
        #expect(Placeholders.numbered(text) == expected, "seed \(seed)")
    }

    /// Whatever the text, nothing but marks is changed, and the scanner ends.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func nothingElseIsChanged(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = String((0..<random.below(40)).compactMap { _ in random.element(of: Array("'\"-/*$?\\Ea \n1")) })
        let numbered = Placeholders.numbered(text)
        var rest = Substring(numbered)
        var next = 1
        for character in text {
            if character == "?", rest.first != "?" {
                #expect(rest.hasPrefix("$\(next)"), "seed \(seed): \(text)")
                rest = rest.dropFirst("$\(next)".count)
                next += 1
            } else {
                #expect(rest.first == character, "seed \(seed): \(text)")
                rest = rest.dropFirst()
            }
        }
        #expect(rest.isEmpty, "seed \(seed): \(text)")
    }
}
