import Primitives
import Testing

@testable import HTTP

@Suite struct RouterTests {
    /// A router whose handlers say their template and parameters.
    private func router(_ routes: [(String, String)]) throws -> Router {
        var router = Router()
        for (method, template) in routes {
            try router.add(method, template) { request in
                let values = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return HTTPResponse(contentType: "text/plain", text: ([template] + values).joined(separator: " "))
            }
        }
        return router
    }

    private func answer(_ router: Router, _ target: String, method: String = "GET") throws -> HTTPResponse {
        router.respond(to: try #require(HTTPRequest(method: method, target: target)))
    }

    private func text(_ response: HTTPResponse) -> String {
        guard case .bytes(let body) = response.content else { return "" }
        return String(decoding: body.plain.bytes, as: UTF8.self)
    }

    @Test func aPathFindsItsRouteAndParameters() throws {
        let router = try router([
            ("GET", "/"), ("GET", "/a"), ("GET", "/a/{id}"), ("GET", "/a/b"), ("GET", "/{x}/c/{y}"),
        ])
        #expect(text(try answer(router, "/")) == "/")
        #expect(text(try answer(router, "/a/b")) == "/a/b")
        #expect(text(try answer(router, "/a/c%20d")) == "/a/{id} id=c d")
        #expect(text(try answer(router, "/a/c/d")) == "/{x}/c/{y} x=a y=d")
        #expect(try answer(router, "/a/c%20d").route == "/a/{id}")
    }

    @Test func anUnknownPathIsNotFound() throws {
        let response = try answer(try router([("GET", "/a")]), "/b%20c")
        #expect(response.status == 404)
        #expect(response.route == nil)
        #expect(text(response).contains("\"instance\":\"/b%20c\""))
    }

    @Test func anotherMethodIsToldTheMethodsThereAre() throws {
        let router = try router([("GET", "/a"), ("POST", "/a"), ("PUT", "/b")])
        let refused = try answer(router, "/a", method: "DELETE")
        #expect(refused.status == 405)
        #expect(refused.headers == [HTTPHeader("Allow", "GET, HEAD, OPTIONS, POST")])
        #expect(refused.route == "/a")
        #expect(try answer(router, "/b").headers == [HTTPHeader("Allow", "OPTIONS, PUT")])
        #expect(try answer(router, "/b", method: "HEAD").status == 405)
        let asked = try answer(router, "/a", method: "OPTIONS")
        #expect(asked.status == 204)
        #expect(asked.headers == refused.headers)
        #expect(try answer(router, "*", method: "OPTIONS").status == 204)
        #expect(text(try answer(router, "/a", method: "HEAD")) == "/a")
    }

    @Test func aSlashTooManyIsRedirectedWithinTheServer() throws {
        let router = try router([("GET", "/a/{id}")])
        let response = try answer(router, "/a/%2e%2ex/?q=%20&r")
        #expect(response.status == 308)
        #expect(response.headers == [HTTPHeader("Location", "/a/..x?q=%20&r")])
        #expect(try answer(router, "/b/").status == 404)
        #expect(HTTPRequest(target: "//example.org/") == nil)
    }

    @Test(arguments: ["", "a", "/a/", "/a//b", "/{a", "/a}", "/x{a}", "/{}", "/{a}/{a}", "/{a b}"])
    func aTemplateThatCannotMatchIsRefused(template: String) {
        var router = Router()
        let error = #expect(throws: RouteError.self) { try router.add("GET", template) { _ in HTTPResponse() } }
        #expect(error?.description.hasPrefix("route \(template): expected") == true)
    }

    @Test func twoRoutesOfTheSameSegmentsAreRefused() throws {
        var router = try router([("GET", "/a/{id}")])
        #expect(throws: RouteError.self) { try router.add("GET", "/a/{name}") { _ in HTTPResponse() } }
        #expect(throws: RouteError.self) { try router.add("HEAD", "/b") { _ in HTTPResponse() } }
        try router.add("POST", "/a/{name}") { HTTPResponse(status: 201, contentType: $0.parameters["name"]) }
        #expect(try answer(router, "/a/x", method: "POST").contentType == "x")
    }

    @Test(arguments: UInt64(1)...30)
    func theRouteFoundIsTheMostLiteralOneThatMatches(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var shapes: Set<[String]> = []
        for _ in 0..<12 {
            shapes.insert((0..<random.below(5)).map { _ in random.element(of: ["a", "b", "*"]) ?? "a" })
        }
        let templates = shapes.map { shape in
            (shape, "/" + shape.enumerated().map { $1 == "*" ? "{p\($0)}" : $1 }.joined(separator: "/"))
        }
        let router = try router(templates.map { ("GET", $0.1) })
        for _ in 0..<300 {
            let path = (0..<random.below(5)).map { _ in random.element(of: ["a", "b", "c"]) ?? "a" }
            let matching = templates.filter { shape, _ in
                shape.count == path.count && zip(shape, path).allSatisfy { $0 == "*" || $0 == $1 }
            }
            let best = matching.min { left, right in
                left.0.map { $0 == "*" ? 1 : 0 }.lexicographicallyPrecedes(right.0.map { $0 == "*" ? 1 : 0 })
            }
            let response = try answer(router, "/" + path.joined(separator: "/"))
            #expect(response.route == best?.1, "seed \(seed): \(path)")
            #expect(response.status == (best == nil ? 404 : 200), "seed \(seed): \(path)")
        }
    }
}
