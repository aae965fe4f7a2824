import HTTP
import Operations
import Primitives
import Testing

@testable import Health

@Suite struct HealthRoutesTests {
    private func answer(_ path: String, _ routes: HealthRoutes) throws -> (status: Int, text: String) {
        var router = Router()
        try routes.add(to: &router)
        let response = router.respond(to: try #require(HTTPRequest(target: path)))
        guard case .bytes(let body) = response.content else { return (response.status, "") }
        #expect(response.cacheControl == "no-store")
        return (response.status, String(decoding: body.bytes, as: UTF8.self))
    }

    @Test func sayWhatStandsInTheWay() throws {
        let obstacles = Locked(["no \"broker\" answers", "joining the group"])
        let routes = HealthRoutes(live: { [] }, ready: { obstacles.withLock { $0 } }, metrics: { _ in })
        #expect(try answer("/livez", routes) == (200, #"{"status":"ok"}"#))
        let refused = try answer("/readyz", routes)
        #expect(refused.status == 503)
        #expect(refused.text == #"{"status":"unavailable","reasons":["no \"broker\" answers","joining the group"]}"#)
        obstacles.withLock { $0 = [] }
        #expect(try answer("/readyz", routes) == (200, #"{"status":"ok"}"#))
    }

    @Test func writeTheMetricsOfTheMoment() throws {
        let count = Locked(0.0)
        let routes = HealthRoutes(live: { [] }, ready: { [] }) { text in
            text.write(MetricFamily("things_total", .counter, "Things."), count.withLock { $0 })
        }
        count.withLock { $0 = 3 }
        #expect(try answer("/metrics", routes).text.hasSuffix("\nthings_total 3\n"))
    }

    @Test func areServedByAServerOfTheirOwn() throws {
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let routes = HealthRoutes(live: { [] }, ready: { [] }, metrics: { _ in })
        let server = try HealthServer(address, routes)
        #expect(server.address.port > 0)
        #expect(throws: HTTPServerError.self) { try HealthServer(server.address, routes) }
        server.stop()
        let again = try HealthServer(server.address, routes)
        again.stop()
    }

    @Test func countRequestsByRouteAndStatus() {
        let requests = RequestCounts()
        var text = MetricsText()
        requests.write(to: &text)
        #expect(text.text.contains("# TYPE city_http_requests_total counter"))
    }
}
