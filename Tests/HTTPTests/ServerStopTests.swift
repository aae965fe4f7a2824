import HTTP
import Primitives
import Testing

@Suite struct ServerStopTests {
    /// A server whose `/wait` answers when the gate is open.
    private func gated() throws -> (test: TestServer, isEntered: Locked<Bool>, isOpen: Locked<Bool>) {
        let isEntered = Locked(false)
        let isOpen = Locked(false)
        let test = try TestServer { _ in
        } _: { router in
            try router.add("GET", "/wait") { _ in
                isEntered.withLock { $0 = true }
                _ = isOpen.wait { $0 ? true : nil }
                return HTTPResponse(contentType: "text/plain; charset=utf-8", content: .bytes(TestServer.page))
            }
        }
        return (test, isEntered, isOpen)
    }

    @Test func whatIsBeingAnsweredIsFinished() throws {
        let (test, isEntered, isOpen) = try gated()
        let client = try test.client()
        let idle = try test.client()
        #expect(try idle.get("/page").status == 200)
        client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { isEntered.withLock { $0 } })
        let isStopped = Locked(false)
        let stopping = Threads.start {
            test.server.stop(graceSeconds: 60)
            isStopped.withLock { $0 = true }
        }
        let isRefused = eventually { (try? test.client()) == nil }
        #expect(isRefused)
        #expect(!isStopped.withLock { $0 })
        isOpen.withLock { $0 = true }
        isOpen.wakeAll()
        let response = try client.response()
        #expect(response.status == 200)
        #expect(response.isComplete)
        #expect(response["Connection"] == "close")
        #expect(response.body.count == 31_890)
        Threads.join(stopping)
        #expect(client.isClosedByServer())
        #expect(idle.isClosedByServer())
        #expect(throws: RawClient.Refused.self) { try test.client() }
        #expect(test.openSockets() == 0)
    }

    @Test func whatDoesNotEndWithinTheGraceIsCut() throws {
        let alive = Locked(0)
        let test = try TestServer { _ in
        } _: { router in
            try router.add("GET", "/endless") { _ in
                let witness = Witness(alive)
                return HTTPResponse(
                    contentType: "text/plain",
                    content: .stream { withExtendedLifetime(witness) { [UInt8](repeating: 97, count: 1024) } })
            }
        }
        let client = try test.client()
        client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { alive.withLock { $0 } == 1 })
        test.server.stop(graceSeconds: 0.1)
        #expect(alive.withLock { $0 } == 0)
        #expect(try !client.response().isComplete)
        #expect(test.records.withLock { $0.map(\.isComplete) } == [false])
        test.server.stop()
    }

    @Test func aServerThatNobodyHoldsStops() throws {
        var server: HTTPServer? = try HTTPServer(ListenAddress(host: "127.0.0.1", port: 0)) { _ in
            HTTPResponse(status: 204)
        }
        let port = try #require(server?.address.port)
        #expect(try RawClient(port: port).get("/").status == 204)
        server = nil
        #expect(throws: RawClient.Refused.self) { try RawClient(port: port) }
    }

    @Test func manyServersComeAndGo() throws {
        for _ in 0..<30 {
            let test = try TestServer()
            #expect(try test.client().get("/page").status == 200)
            test.server.stop(graceSeconds: 1)
        }
    }
}
