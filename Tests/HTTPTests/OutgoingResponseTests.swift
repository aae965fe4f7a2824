import Primitives
import Testing

@testable import HTTP

@Suite struct OutgoingResponseTests {
    private let page = HTTPBody([UInt8](repeating: 97, count: 5000), entityTag: EntityTag("v1"))

    private func response() -> HTTPResponse { HTTPResponse(contentType: "text/html", content: .bytes(page)) }

    private func make(
        _ response: HTTPResponse, method: String = "GET", _ requested: [String: String] = [:]
    ) -> OutgoingResponse {
        OutgoingResponse.make(
            response, method: method, requested: requested.map { HTTPHeader($0.key, $0.value) })
    }

    private func block(_ made: OutgoingResponse) -> [UInt8]? {
        if case .block(let block) = made.payload { [UInt8](block.bytes) } else { nil }
    }

    @Test func everyResponseHasTheSecurityHeadersOnce() {
        for made in [make(response()), make(Problem(404).response()), make(HTTPResponse(status: 204))] {
            let expected = [
                "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options",
                "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Cache-Control",
            ]
            for name in expected { #expect(made.headers.values(name).count == 1, "\(name)") }
            #expect(made.headers.value("Server") == nil)
            #expect(made.headers.value("Content-Security-Policy") == SecurityHeaders.strictPolicy)
        }
    }

    @Test func aResponseCanLoosenWhatItMust() {
        var response = response()
        response.contentSecurityPolicy = "default-src 'self'"
        response.headers = [HTTPHeader("cross-origin-resource-policy", "cross-origin")]
        let made = make(response)
        #expect(made.headers.values("Content-Security-Policy") == ["default-src 'self'"])
        #expect(made.headers.values("Cross-Origin-Resource-Policy") == ["cross-origin"])
    }

    @Test func aCompressedFormHasItsOwnTag() throws {
        let made = make(response(), ["Accept-Encoding": "gzip"])
        #expect(made.headers.value("ETag") == "\"v1-gzip\"")
        #expect(made.headers.value("Content-Encoding") == "gzip")
        #expect(made.headers.value("Vary") == "Accept-Encoding")
        #expect(gunzip(try #require(block(made))) == [UInt8](page.plain.bytes))
        let plain = make(response())
        #expect(plain.headers.value("ETag") == "\"v1\"")
        #expect(plain.headers.value("Vary") == "Accept-Encoding")
        #expect(plain.headers.value("Content-Encoding") == nil)
        #expect(block(plain) == [UInt8](page.plain.bytes))
    }

    @Test func theKeptFormIsSentAsItIs() throws {
        let kept = HTTPBody([UInt8](repeating: 98, count: 3000), isKept: true)
        var response = response()
        response.content = .bytes(kept)
        let made = make(response, ["Accept-Encoding": "gzip"])
        guard case .block(let block) = made.payload else {
            Issue.record("expected a block")
            return
        }
        #expect(block === kept.compressed)
        #expect(gunzip([UInt8](block.bytes)) == [UInt8](kept.plain.bytes))
    }

    @Test func smallBodiesAndImagesAreNotCompressed() {
        let small = HTTPResponse(contentType: "text/plain", text: "ok")
        #expect(make(small, ["Accept-Encoding": "gzip"]).headers.value("Content-Encoding") == nil)
        #expect(make(small, ["Accept-Encoding": "gzip, *;q=0"]).headers.value("Content-Encoding") == "gzip")
        var image = response()
        image.contentType = "image/png"
        #expect(make(image, ["Accept-Encoding": "gzip"]).headers.value("Content-Encoding") == nil)
        #expect(make(image, ["Accept-Encoding": "gzip"]).headers.value("Vary") == nil)
        var coded = response()
        coded.headers = [HTTPHeader("Content-Encoding", "br")]
        #expect(make(coded, ["Accept-Encoding": "gzip"]).headers.values("Content-Encoding") == ["br"])
    }

    @Test func aClientThatTakesNoFormIsTold() {
        #expect(make(response(), ["Accept-Encoding": "*;q=0"]).status == 406)
        #expect(make(Problem(404).response(), ["Accept-Encoding": "*;q=0"]).status == 404)
        #expect(make(HTTPResponse(status: 204), ["Accept-Encoding": "*;q=0"]).status == 204)
    }

    @Test(arguments: ["\"v1\"", "W/\"v1\"", "\"x\", \"v1\"", "*"])
    func whoHasTheContentIsToldSo(list: String) {
        let made = make(response(), ["If-None-Match": list])
        #expect(made.status == 304)
        #expect(block(made) == nil)
        #expect(made.headers.value("ETag") == "\"v1\"")
        #expect(made.headers.value("Vary") == "Accept-Encoding")
        #expect(made.headers.value("Content-Type") == nil)
        #expect(make(response(), method: "HEAD", ["If-None-Match": list]).status == 304)
        #expect(make(response(), method: "POST", ["If-None-Match": list]).status == 200)
    }

    @Test func theTagOfTheOtherFormIsAnother() {
        #expect(make(response(), ["If-None-Match": "\"v1\"", "Accept-Encoding": "gzip"]).status == 200)
        #expect(make(response(), ["If-None-Match": "\"v1-gzip\"", "Accept-Encoding": "gzip"]).status == 304)
        #expect(make(response(), ["If-None-Match": "\"v1-gzip\""]).status == 200)
    }

    @Test func aTimeCountsWhereItIsTheSameAndThereIsNoTag() {
        var response = response()
        response.lastModified = Timestamp("1994-11-06T08:49:37.5Z")
        let time = "Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(make(response).headers.value("Last-Modified") == time)
        #expect(make(response, ["If-Modified-Since": time]).status == 304)
        #expect(make(response, ["If-Modified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"]).status == 200)
        #expect(make(response, ["If-Modified-Since": time, "If-None-Match": "\"x\""]).status == 200)
    }

    @Test func onlyACompleteContentIsTagged() {
        var response = response()
        response.status = 404
        #expect(make(response, ["If-None-Match": "*"]).status == 404)
        #expect(make(response).headers.value("ETag") == nil)
        var stream = HTTPResponse(contentType: "application/x-ndjson", content: .stream { nil })
        #expect(make(stream).headers.value("ETag") == nil)
        stream.streamTag = EntityTag("s1")
        #expect(make(stream, ["Accept-Encoding": "gzip"]).headers.value("ETag") == "\"s1-gzip\"")
    }

    @Test(arguments: [
        HTTPHeader("X-A", "b\r\nSet-Cookie: c"), HTTPHeader("Content-Length", "1"), HTTPHeader("", "b"),
    ])
    func aResponseThatCouldForgeAnotherIsNotSent(header: HTTPHeader) {
        var response = response()
        response.headers = [header]
        let made = make(response)
        #expect(made.status == 500)
        #expect(made.headers.value("X-A") == nil)
        #expect(made.headers.value("Content-Type") == "application/problem+json")
    }

    @Test func theOtherTextsAreCheckedToo() {
        for change: (inout HTTPResponse) -> Void in [
            { $0.contentType = "a\r\nb: c" }, { $0.cacheControl = "a\nb" }, { $0.contentSecurityPolicy = "a\rb" },
            { $0.vary = ["a b"] }, { $0.status = 101 }, { $0.status = 600 },
        ] {
            var response = response()
            change(&response)
            #expect(make(response).status == 500)
        }
    }

    @Test(
        arguments: [
            ("text/html; charset=utf-8", true), ("application/json", true), ("application/geo+JSON", true),
            ("application/atom+xml", true), ("application/x-ndjson", true), ("image/png", false),
            ("application/zip", false),
            (nil, false),
        ] as [(String?, Bool)])
    func textIsWhatShrinks(type: String?, isCompressible: Bool) {
        #expect(MediaTypes.isCompressible(type) == isCompressible)
    }
}
