import Testing

@testable import HTTP

@Suite struct EntityTagTests {
    @Test(arguments: [
        "\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\"", "*", " * ", "\"a,b\" , \"abc\"", ",, \"abc\"",
    ])
    func aListNamesATagWeaklyOrStrongly(list: String) throws {
        #expect(try #require(EntityTag("abc")).isNamed(by: list))
    }

    @Test(arguments: ["", "abc", "\"abc", "\"ABC\"", "\"abc-gzip\"", "w/\"abc\"", "\"x,abc\"", "x, \"abc\"", "\"*\""])
    func aListThatNamesOthersOrIsBrokenDoesNot(list: String) throws {
        #expect(try !#require(EntityTag("abc")).isNamed(by: list))
    }

    @Test func aTagHasNoQuotesSpacesOrControls() {
        #expect(EntityTag("a b") == nil)
        #expect(EntityTag("a\"b") == nil)
        #expect(EntityTag("a\r\nb") == nil)
        #expect(EntityTag("é") == nil)
        #expect(EntityTag("a'b")?.field == "\"a'b\"")
        #expect(EntityTag("a")?.ofGzip.field == "\"a-gzip\"")
    }

    @Test func aBodyIsTaggedWithItsHash() {
        // FIPS 180-4's example of "abc".
        #expect(
            HTTPBody("abc").entityTag.value == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(HTTPBody([], entityTag: EntityTag("v1")).entityTag.value == "v1")
    }
}
