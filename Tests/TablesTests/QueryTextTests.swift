import Primitives
import Testing

@testable import Tables

@Suite struct QueryTextTests {
    @Test(arguments: [
        ("SELECT 1 ORDER BY 1", true), ("select 1 order\n /* x */ by 1", true), ("SELECT 1 ORDER -- x\nBY 1", true),
        ("WITH a AS (SELECT 1) SELECT 1 FROM a ORDER BY 1;", true), ("SELECT ')' ORDER BY 1", true),
        ("SELECT 1 UNION SELECT 2 ORDER BY 1 LIMIT 3", true), ("SELECT \"(\", [(], `(` FROM t ORDER BY 1", true),
        ("SELECT 1", false), ("SELECT * FROM (SELECT 1 ORDER BY 1)", false), ("SELECT 'ORDER BY'", false),
        ("SELECT \"ORDER BY\", [ORDER BY], `ORDER BY`", false), ("SELECT 1 -- ORDER BY 1", false),
        ("SELECT 1 /* ORDER BY 1 */", false), ("SELECT sum(a) OVER (ORDER BY b) FROM t", false),
        ("SELECT REORDER BY", false), ("ORDER", false), ("SELECT 'it''s ORDER BY ", false), ("/* ORDER BY", false),
    ])
    func knowsAnOrderOfTheWholeQuery(_ text: String, _ expected: Bool) {
        #expect(QueryText(text).isOrdered == expected)
    }

    @Test func saysWhereAByteIs() {
        let text = QueryText("SELECT 'é😀',\n  x")
        #expect(text.place(of: 0) == (1, 1) && text.place(of: 8) == (1, 9) && text.place(of: 14) == (1, 11))
        #expect(text.place(of: 19) == (2, 3) && text.place(of: -1) == (0, 0) && text.place(of: 1000) == (0, 0))
    }

    @Test func leavesOutOnlyNamesThatAreNotThere() {
        let text = QueryText("SELECT * FROM Client AS \"x\"\"y\"")
        for name in ["client", "CLIENT", "lien", "x\"y", "it's"] { #expect(text.mayName(name)) }
        for name in ["exit", "clients", "", "x y"] { #expect(!text.mayName(name)) }
    }

    @Test(arguments: 0..<300 as Range<UInt64>) func anyTextIsReadToItsEnd(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "order", " ", "by", "'", "\"", "`", "[", "]", "(", ")", "--", "/*", "*/", "\n", "é", "-", "/", "x",
        ]
        let text = QueryText((0..<random.below(30)).compactMap { _ in random.element(of: pieces) }.joined())
        _ = text.isOrdered
        for offset in -1...text.bytes.count { _ = text.place(of: offset) }
        #expect(text.bytes.last == 0)
    }
}
