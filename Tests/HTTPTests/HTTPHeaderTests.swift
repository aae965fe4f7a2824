import Testing

@testable import HTTP

@Suite struct HTTPHeaderTests {
    @Test(arguments: [
        HTTPHeader("X-A", "b\r\nSet-Cookie: c"), HTTPHeader("X-A", "b\nc"), HTTPHeader("X-A", "b\rc"),
        HTTPHeader("X-A", "b\0c"), HTTPHeader("X-A", "é"), HTTPHeader("X-A", ""), HTTPHeader("X A", "b"),
        HTTPHeader("X-A:", "b"), HTTPHeader("X-A\r\n", "b"), HTTPHeader("", "b"), HTTPHeader("É", "b"),
        HTTPHeader("content-length", "3"), HTTPHeader("Transfer-Encoding", "chunked"), HTTPHeader("ETag", "\"a\""),
    ])
    func aFieldThatCouldForgeOrFrameIsNotSent(header: HTTPHeader) {
        #expect(!header.isAllowedInResponse)
    }

    @Test func aPlainFieldIsSent() {
        #expect(HTTPHeader("Link", "</a>; rel=\"next\"").isAllowedInResponse)
    }

    @Test func fieldsAreFoundInAnyCaseAndJoined() {
        let headers = [HTTPHeader("Accept", "a"), HTTPHeader("X", "b"), HTTPHeader("ACCEPT", "c")]
        #expect(headers.value("accept") == "a, c")
        #expect(headers.values("Accept") == ["a", "c"])
        #expect(headers.value("acceptx") == nil)
        #expect(" \t a b\t ".trimmed == "a b")
    }
}
