import Glibc
import HTTP
import Primitives
import Testing

/// A few milliseconds.
func settle() { usleep(20_000) }

@Suite struct ServerStreamTests {
    private struct Broken: Error {}

    /// A server whose `/endless` streams kilobytes for ever, counting pulls and living closures.
    private func endless(
        _ adjust: (inout HTTPLimits) -> Void = { _ in }
    ) throws -> (test: TestServer, pulls: Locked<Int>, alive: Locked<Int>) {
        let pulls = Locked(0)
        let alive = Locked(0)
        let test = try TestServer(adjust) { router in
            try router.add("GET", "/endless") { _ in
                let witness = Witness(alive)
                return HTTPResponse(
                    contentType: "application/octet-stream",
                    content: .stream {
                        withExtendedLifetime(witness) { pulls.withLock { $0 += 1 } }
                        return [UInt8](repeating: 97, count: 1024)
                    })
            }
            try router.add("GET", "/broken") { _ in
                var isFirst = true
                return HTTPResponse(
                    contentType: "text/plain",
                    content: .stream {
                        guard isFirst else { throw Broken() }
                        isFirst = false
                        return [UInt8](repeating: 97, count: 100_000)
                    })
            }
        }
        return (test, pulls, alive)
    }

    @Test(arguments: [0, 1, 100_000])
    func aStreamComesWholeAndTheConnectionGoesOn(count: Int) throws {
        let test = try TestServer()
        let client = try test.client()
        let response = try client.get("/lines/\(count)")
        #expect(response.isComplete)
        #expect(response.text == (0..<count).reversed().map { "{\"left\":\($0)}\n" }.joined())
        let compressed = try client.get("/lines/\(count)", ["Accept-Encoding: gzip"])
        #expect(compressed.isComplete)
        #expect(compressed["Content-Encoding"] == "gzip")
        #expect(gunzip(compressed.body) == response.body)
        #expect(try client.get("/page").status == 200)
        #expect(eventually { test.records.withLock { $0.count } == 3 })
        #expect(test.records.withLock { $0[0].bytes } == response.body.count)
    }

    @Test func aClientOfHTTP10GetsTheStreamUntilTheEndOfTheConnection() throws {
        let client = try TestServer().client()
        client.send("GET /lines/1000 HTTP/1.0\r\n\r\n")
        let response = try client.response()
        #expect(response["Transfer-Encoding"] == nil)
        #expect(response.text == (0..<1000).reversed().map { "{\"left\":\($0)}\n" }.joined())
    }

    @Test func aClientThatGoesAwayInTheMiddleEndsItsStream() throws {
        let (test, pulls, alive) = try endless()
        let clients = try (0..<5).map { _ in
            let client = try test.client()
            client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            return client
        }
        #expect(eventually { pulls.withLock { $0 } > 100 })
        #expect(eventually { alive.withLock { $0 } == 5 })
        clients.forEach { $0.disconnect() }
        #expect(eventually { alive.withLock { $0 } == 0 })
        #expect(eventually { test.openSockets() == 1 })
        #expect(eventually { test.records.withLock { $0.count { !$0.isComplete && $0.route == "/endless" } } == 5 })
        #expect(try test.client().get("/page").status == 200)
    }

    @Test func nothingIsPulledThatTheClientDoesNotTake() throws {
        let (test, pulls, _) = try endless()
        let client = try test.client(receiveBuffer: 4096)
        client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        var before = -1
        // Until the buffers of both sides are full.
        #expect(
            eventually {
                let now = pulls.withLock { $0 }
                defer { before = now }
                for _ in 0..<10 { settle() }
                return now > 0 && now == before
            })
        #expect(pulls.withLock { $0 } < 16 * 1024, "more was pulled than any buffer of the system holds")
        #expect(try test.client().get("/page").status == 200)
    }

    @Test func aReaderThatTakesNothingIsCut() throws {
        let (test, _, alive) = try endless({ $0.sendSeconds = 0.3 })
        let client = try test.client(receiveBuffer: 4096)
        client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { test.records.withLock { $0.count } == 1 })
        #expect(alive.withLock { $0 } == 0)
        #expect(test.records.withLock { $0.first?.isComplete } == false)
        client.disconnect()
    }

    @Test func aStreamThatFailsIsCutSoThatTheClientKnows() throws {
        let (test, _, _) = try endless()
        let client = try test.client()
        client.send("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try !client.response().isComplete)
        #expect(eventually { test.records.withLock { $0.first?.isComplete } == false })
    }
}
