import Testing

@testable import HTTP

@Suite struct RequestCheckTests {
    private func refusal(
        method: String = "GET", version: String = "HTTP/1.1", target: String? = "/", bytes: Int = 100,
        _ headers: (String, String)...
    ) -> Refusal? {
        let head = RequestHead(
            method: method, version: version, target: target.map { [UInt8]($0.utf8) },
            headers: headers.map { HTTPHeader($0.0, $0.1) }, bytes: bytes)
        return RequestCheck.refusal(of: head, HTTPLimits())
    }

    @Test func aPlainRequestIsTaken() {
        #expect(refusal(("Host", "a")) == nil)
        #expect(refusal(version: "HTTP/1.0") == nil)
        #expect(refusal(method: "POST", ("Host", "a"), ("Content-Length", "16384")) == nil)
    }

    @Test func whatIsTooLongIsRefused() {
        #expect(refusal(target: nil, ("Host", "a"))?.problem.status == 414)
        #expect(refusal(bytes: 16_385, ("Host", "a"))?.problem.status == 431)
        #expect(refusal(("Host", "a"), ("Content-Length", "16385"))?.problem.status == 413)
        #expect(refusal(("Host", "a"), ("Content-Length", "99999999999999999999"))?.problem.status == 413)
    }

    @Test func aBodyWhoseEndIsNotClearIsRefusedAndTheConnectionEnds() {
        let twice = refusal(("Host", "a"), ("Content-Length", "3"), ("content-length", "3"))
        #expect(twice?.problem.status == 400)
        #expect(twice?.closes == true)
        #expect(refusal(("Host", "a"), ("Content-Length", "+3"))?.problem.status == 400)
        #expect(refusal(("Host", "a"), ("Content-Length", ""))?.problem.status == 400)
        let both = refusal(("Host", "a"), ("Content-Length", "3"), ("Transfer-Encoding", "chunked"))
        #expect(both?.problem.status == 411)
        #expect(both?.closes == true)
    }

    @Test func oneHostIsExpected() {
        #expect(refusal()?.problem.status == 400)
        #expect(refusal(("Host", "a"), ("host", "b"))?.problem.status == 400)
        #expect(refusal(version: "HTTP/1.0", ("Host", "a"), ("Host", "a"))?.problem.status == 400)
    }

    @Test func namesThatAreNoTokensAndUnknownMethodsAreRefused() {
        #expect(refusal(("Host", "a"), ("X ", "b"))?.problem.status == 400)
        #expect(refusal(method: "BREW", ("Host", "a"))?.problem.status == 501)
    }

    @Test func anAsteriskIsForOptionsOnly() throws {
        var head = RequestHead(method: "OPTIONS", version: "HTTP/1.1", target: Array("*".utf8), headers: [], bytes: 9)
        #expect(try RequestCheck.target(of: head, HTTPLimits()).isAsterisk)
        head.method = "GET"
        let refusal = #expect(throws: Refusal.self) { try RequestCheck.target(of: head, HTTPLimits()) }
        #expect(refusal?.problem.status == 400)
        #expect(refusal?.closes == false)
    }
}
