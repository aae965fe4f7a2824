import Primitives
import Testing

@testable import HTTP

@Suite struct RequestTargetTests {
    private func target(_ text: String, itemsMax: Int = 8) throws -> RequestTarget {
        try RequestTarget([UInt8](text.utf8), queryItemsMax: itemsMax)
    }

    @Test func aPathIsReadBySegments() throws {
        #expect(try target("/").segments == [])
        #expect(try target("/a/b%20c").segments == ["a", "b c"])
        #expect(try target("/a/").segments == ["a"])
        #expect(try target("/a/").hasTrailingSlash)
        #expect(try !target("/").hasTrailingSlash)
        #expect(try target("/%c3%a9").path == "/%C3%A9")
    }

    @Test func theQueryKeepsItsOrderAndItsRepetitions() throws {
        let query = try target("/a?b=1&a=x+y%26&b=2&c&=d&&e=f=g").query
        let expected = [("b", "1"), ("a", "x y&"), ("b", "2"), ("c", ""), ("", "d"), ("e", "f=g")]
        #expect(query == expected.map { QueryItem(name: $0.0, value: $0.1) })
        #expect(try target("/a?").query == [])
        #expect(try target("/a?x=/../y").segments == ["a"])
    }

    @Test func aWholeURLMeansItsPath() throws {
        #expect(try target("http://example.org/a?b=c").segments == ["a"])
        #expect(try target("HTTP://example.org").segments == [])
        #expect(try target("*").isAsterisk)
    }

    @Test(arguments: [
        "", "a", "?a", "//", "/a//b", "//example.org/", "/..", "/a/../b", "/%2e%2e/a", "/.%2E", "/.", "/a/./b",
        "/a%2Fb",
        "/a%5Cb", "/a\\b", "/%", "/%00", "/%ff", "/a b", "/é", "/a#b", "/a?b=%zz", "/a?b=%ff", "/a?b=%0a", "ftp://a/b",
        "example.org:80", "/a\u{7f}",
    ])
    func whatTwoReadersCouldReadDifferentlyIsRefused(text: String) {
        #expect(throws: RequestTarget.Fault.self) { try target(text) }
    }

    @Test func moreItemsThanAllowedAreRefused() throws {
        #expect(try target("/?a&b&c", itemsMax: 3).query.count == 3)
        #expect(throws: RequestTarget.Fault("the query has more than 3 items")) { try target("/?a&b&c&d", itemsMax: 3) }
    }

    @Test func whatIsSaidOfAFaultQuotesNothing() {
        let fault = #expect(throws: RequestTarget.Fault.self) { try target("/Jane%20Doe/%ff") }
        #expect(fault?.reason.contains("Jane") == false)
    }

    @Test(arguments: UInt64(1)...20)
    func aTargetThatIsTakenIsSafeAndReadTheSameAgain(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "/", ".", "..", "%2e", "%2f", "%5c", "a", "b+c", "%20", "%c3%a9", "?", "&", "=", "%", "http://h", "*",
        ]
        var takenCount = 0
        for _ in 0..<2000 {
            let text = "/" + (0..<random.below(9)).map { _ in random.element(of: pieces) ?? "" }.joined()
            guard let read = try? target(text) else { continue }
            takenCount += 1
            for segment in read.segments {
                #expect(![".", "..", ""].contains(segment), "seed \(seed): \(text)")
                #expect(!segment.contains("/") && !segment.contains("\\"), "seed \(seed): \(text)")
            }
            let again = try target(read.path)
            #expect(again.segments == read.segments, "seed \(seed): \(text)")
            #expect(again.hasTrailingSlash == read.hasTrailingSlash, "seed \(seed): \(text)")
        }
        #expect(takenCount > 100, "seed \(seed)")
    }
}
