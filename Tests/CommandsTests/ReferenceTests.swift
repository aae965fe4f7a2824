import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The documentation says what tables of the code say, between markers.
@Suite struct ReferenceTests {
    private static let end = "<!-- end of generated -->"
    private static let command = "CITY_RENEW_DOCS=1 swift test --filter ReferenceTests"

    @Test(arguments: ReferenceParts.pages.map(\.page)) func thePageSaysWhatTheCodeSays(page: String) throws {
        let file = path("docs/\(page)")
        let shown = try text(of: file)
        let parts = try #require(ReferenceParts.pages.first { $0.page == page }).parts
        let renewed = ReferenceTests.renew(shown, parts)
        #expect(renewed.found == parts.map(\.name), "docs/\(page): expected a marker of each part, in this order")
        if getenv("CITY_RENEW_DOCS") != nil {
            let written = try #require(fopen(file, "wb"), "\(file)")
            defer { fclose(written) }
            #expect(fputs(renewed.text, written) >= 0, "\(file)")
        } else {
            let stale = renewed.stale.joined(separator: ", ")
            #expect(stale.isEmpty, "docs/\(page): stale: \(stale); renew it: \(ReferenceTests.command)")
        }
    }

    @Test func aStalePartIsRenewedAndTheRestOfThePageStays() {
        let page = "a\n<!-- generated: x -->\n\nold\n\n\(ReferenceTests.end)\nb\n"
        let renewed = ReferenceTests.renew(page, [("x", "new\nlines")])
        #expect(renewed.text == "a\n<!-- generated: x -->\n\nnew\nlines\n\n\(ReferenceTests.end)\nb\n")
        #expect(renewed.stale == ["x"] && renewed.found == ["x"])
        let again = ReferenceTests.renew(renewed.text, [("x", "new\nlines")])
        #expect(again.text == renewed.text && again.stale.isEmpty)
        #expect(ReferenceTests.renew("a\n", [("x", "new")]).found.isEmpty)
        #expect(ReferenceTests.renew(page, []).text == page)
    }

    @Test func pagesThatTheCodeNamesAreLinks() {
        #expect(
            ReferenceParts.linked("as docs/a-b.md#c-1 says (docs/d.md).")
                == "as [a-b](a-b.md#c-1) says ([d](d.md)).")
    }

    /// A page with its parts as they are now, the names of those that it has, and of those that were otherwise.
    private static func renew(
        _ page: String, _ parts: [(name: String, text: String)]
    ) -> (text: String, found: [String], stale: [String]) {
        var result = (text: "", found: [String](), stale: [String]())
        var rest = page[...]
        for (name, text) in parts {
            let begin = "<!-- generated: \(name) -->\n"
            guard let start = rest.firstRange(of: begin), let stop = rest[start.upperBound...].firstRange(of: end)
            else { continue }
            result.found.append(name)
            if rest[start.upperBound..<stop.lowerBound] != "\n\(text)\n\n" { result.stale.append(name) }
            result.text += rest[..<start.upperBound] + "\n\(text)\n\n"
            rest = rest[stop.lowerBound...]
        }
        result.text += rest
        return result
    }
}
