import Testing

@testable import HTTP

@Suite struct AccessTokensTests {
    private let tokens = AccessTokens(["first-token", "pa:ss", ""], realm: "City \"KPI\"\r\n")

    private func status(_ fields: String...) throws -> Int? {
        let headers = fields.map { HTTPHeader("Authorization", $0) }
        return tokens.refusal(of: try #require(HTTPRequest(target: "/", headers: headers)))?.status
    }

    @Test func anAcceptedTokenOpens() throws {
        #expect(try status("Bearer first-token") == nil)
        #expect(try status("bearer  first-token ") == nil)
        // anyone:first-token, :pa:ss
        #expect(try status("Basic YW55b25lOmZpcnN0LXRva2Vu") == nil)
        #expect(try status("Basic OnBhOnNz") == nil)
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer first-toke", "Bearer first-token2", "first-token", "Basic first-token",
        "Basic !!!",
        "Basic YW55b25l", "Basic YW55b25lOg==", "Digest first-token", "Bearer FIRST-TOKEN", "",
    ])
    func anythingElseDoesNot(field: String) throws {
        #expect(try status(field) == 401)
    }

    @Test func noneOrTwoFieldsDoNot() throws {
        #expect(try status() == 401)
        #expect(try status("Bearer first-token", "Bearer first-token") == 401)
        let request = try #require(HTTPRequest(target: "/", headers: [HTTPHeader("Authorization", "Bearer x")]))
        #expect(AccessTokens([], realm: "a").refusal(of: request)?.status == 401)
    }

    @Test func theRefusalSaysHowToAskAndNoToken() throws {
        let request = try #require(HTTPRequest(target: "/"))
        let refusal = try #require(tokens.refusal(of: request))
        #expect(
            refusal.headers == [
                HTTPHeader("WWW-Authenticate", "Bearer realm=\"City KPI\""),
                HTTPHeader("WWW-Authenticate", "Basic realm=\"City KPI\", charset=\"UTF-8\""),
            ])
        #expect(refusal.headers.allSatisfy { $0.isAllowedInResponse })
        #expect("\(tokens)" == "2 access tokens")
    }

    @Test(arguments: [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm8", "fo"), ("Zm9vYmFy", "foobar")])
    func base64IsThatOfTheRFC(text: String, decoded: String) {
        #expect(Base64.decode([UInt8](text.utf8)) == [UInt8](decoded.utf8))
    }

    @Test(arguments: ["Z", "Zm9vY", "Zm=v", "Z===", "Zm9v\n", "-_"])
    func whatIsNoBase64IsRefused(text: String) {
        #expect(Base64.decode([UInt8](text.utf8)) == nil)
    }
}
