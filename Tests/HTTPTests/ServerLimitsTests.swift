import HTTP
import Primitives
import Testing

@Suite struct ServerLimitsTests {
    /// A problem document of the status, with the headers that every response has.
    private func expectProblem(
        _ response: RawClient.Response, _ status: Int, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(response.status == status, sourceLocation: location)
        #expect(response["Content-Type"] == "application/problem+json", sourceLocation: location)
        #expect(response.text.contains("\"status\":\(status)"), sourceLocation: location)
        #expect(response["X-Content-Type-Options"] == "nosniff", sourceLocation: location)
        #expect(response["Content-Security-Policy"] != nil, sourceLocation: location)
        #expect(response.isComplete, sourceLocation: location)
    }

    @Test func whatIsNotThereOrNotAllowedIsAProblemAndTheConnectionGoesOn() throws {
        let client = try TestServer().client()
        expectProblem(try client.get("/nothing"), 404)
        let refused = try client.get("/page", method: "DELETE")
        expectProblem(refused, 405)
        #expect(refused["Allow"] == "GET, HEAD, OPTIONS")
        for target in ["/%2e%2e/a", "/a%2Fb", "/%ff", "/a?b=%zz", "//a", "/%00", "/a\\b"] {
            expectProblem(try client.get(target), 400)
        }
        expectProblem(try client.get("/page?" + (0..<65).map { "a\($0)" }.joined(separator: "&")), 400)
        #expect(try client.get("/page").status == 200)
    }

    @Test func aTargetOrHeaderThatIsTooLongIsAProblem() throws {
        let test = try TestServer()
        expectProblem(try test.client().get("/" + String(repeating: "a", count: 4096)), 414)
        let field = "X-Long: " + String(repeating: "a", count: 20_000)
        let client = try test.client()
        expectProblem(try client.get("/page", [field]), 431)
        #expect(client.isClosedByServer())
        #expect(try test.client().get("/" + String(repeating: "a", count: 4095)).status == 404)
    }

    @Test func aHeaderBeyondAllBoundsIsRefusedToo() throws {
        let test = try TestServer()
        let client = try test.client()
        client.send("GET /page HTTP/1.1\r\nHost: a\r\nX-Long: " + String(repeating: "a", count: 1_000_000))
        client.endSending()
        // The rest that was not read may reset the connection before the answer is read.
        if let response = try? client.response() { #expect(response.status == 431) }
        #expect(eventually { test.records.withLock { $0.map(\.status) } == [431] })
        #expect(try test.client().get("/page").status == 200)
    }

    @Test(arguments: [
        ("Host: a\r\nContent-Length: 16385", 413), ("Host: a\r\nContent-Length: 3\r\nContent-Length: 4", 400),
        ("Host: a\r\nTransfer-Encoding: chunked", 411),
        ("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3", 411),
        ("Host: a\r\nHost: b", 400),
    ])
    func aRequestWhoseFramingIsInDoubtEndsTheConnection(fields: String, status: Int) throws {
        let client = try TestServer().client()
        client.send("POST /echo HTTP/1.1\r\n\(fields)\r\n\r\n")
        let response = try client.response()
        expectProblem(response, status)
        #expect(client.isClosedByServer())
    }

    // Newer versions of libmicrohttpd refuse these before the server sees them, in words of their own.
    @Test(arguments: ["X-No-Host: a", "Host : a", "Host: a\r\nX Y: b"])
    func aHeaderThatIsNoneEndsTheConnection(fields: String) throws {
        let client = try TestServer().client()
        client.send("GET /page HTTP/1.1\r\n\(fields)\r\n\r\n")
        #expect(try client.response().status == 400)
        #expect(client.isClosedByServer())
    }

    @Test func aBodyThatWouldBeRefusedIsNotAskedFor() throws {
        let test = try TestServer()
        let refused = try test.client()
        refused.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n")
        expectProblem(try refused.response(), 413)
        let client = try test.client()
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.response().status == 100)
        client.send("abc")
        #expect(try client.response().text == "abc")
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
    ])
    func whatIsNoRequestEndsTheConnectionAndNothingElse(text: String) throws {
        let test = try TestServer()
        let client = try test.client()
        client.send(text)
        client.endSending()
        #expect(client.isClosedByServer())
        #expect(try test.client().get("/page").status == 200)
    }

    @Test(arguments: UInt64(1)...8)
    func bytesOfAnyKindAreNoHarmToOthers(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let test = try TestServer()
        let pieces = [
            "GET ", "POST ", "/page", "/echo/a", "?a=b&", "%", "%2f", " HTTP/1.1", " HTTP/1.0", "\r\n", "\n",
            "\r\n\r\n", "\0",
            "Host: a", "Content-Length: 3", "Content-Length: -1", "Transfer-Encoding: chunked", "Expect: 100-continue",
            "Connection: close", "If-None-Match: *", "Accept-Encoding: gzip", ":", " ", "\t", "ffffffff\r\n", "é",
            "3\r\nabc\r\n",
        ]
        for _ in 0..<25 {
            let client = try test.client()
            client.send((0..<random.below(40)).map { _ in random.element(of: pieces) ?? "" }.joined())
            client.endSending()
            #expect(client.isClosedByServer(), "seed \(seed)")
        }
        #expect(try test.client().get("/page").body.count == 31_890, "seed \(seed)")
        #expect(eventually { test.openSockets() == 1 }, "seed \(seed)")
    }

    @Test func aClientThatAsksTooOftenIsToldToWait() throws {
        let test = try TestServer({
            $0.requestsPerSecond = 0.01
            $0.requestBurst = 3
        })
        let client = try test.client()
        for _ in 0..<3 { #expect(try client.get("/page").status == 200) }
        let refused = try client.get("/page")
        expectProblem(refused, 429)
        #expect((1...100).contains(Int(refused["Retry-After"] ?? "") ?? 0))
        expectProblem(try client.get("/page"), 429)
    }

    @Test func tooManyConnectionsAreToldSo() throws {
        let test = try TestServer({ $0.connections = 2 })
        let first = try test.client()
        let second = try test.client()
        #expect(try first.get("/page").status == 200)
        #expect(try second.get("/page").status == 200)
        let third = try test.client()
        let refused = try third.get("/page")
        expectProblem(refused, 503)
        #expect(refused["Retry-After"] == "5")
        #expect(third.isClosedByServer())
        first.disconnect()
        #expect(eventually { (try? test.client().get("/page").status) == 200 })
    }

    @Test func tooManyConnectionsOfOneAddressAreToldSo() throws {
        let test = try TestServer({ $0.connectionsPerAddress = 1 })
        let first = try test.client()
        #expect(try first.get("/page").status == 200)
        expectProblem(try test.client().get("/page"), 429)
        #expect(try first.get("/page").status == 200)
    }

    @Test func aHeadOrBodyThatDoesNotComeIsGivenUp() throws {
        let test = try TestServer({ $0.requestSeconds = 0.2 })
        for text in [
            "", "GET /page HTT", "GET /page HTTP/1.1\r\nHost: a\r\nX: b",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
        ] {
            let client = try test.client()
            client.send(text)
            expectProblem(try client.response(), 408)
            #expect(client.isClosedByServer())
        }
        #expect(eventually { test.openSockets() == 1 })
    }

    @Test func aClientThatTricklesIsGivenUpAllTheSame() throws {
        let test = try TestServer({ $0.requestSeconds = 0.3 })
        let client = try test.client()
        client.send("GET /page HTTP/1.1\r\nHost: a\r\n")
        // There is never a pause that a time-out of idleness would see.
        let isGivenUp = eventually {
            client.send("X: y\r\n")
            return test.openSockets() == 1
        }
        #expect(isGivenUp)
    }

    @Test func manySlowClientsKeepNobodyElseWaiting() throws {
        let test = try TestServer({
            $0.connectionsPerAddress = 100
            $0.requestSeconds = 600
        })
        let slow = try (0..<80).map { _ in
            let client = try test.client()
            client.send("GET /page HTTP/1.1\r\nHost: a\r\nX-Slow: ")
            return client
        }
        for _ in 0..<10 { #expect(try test.client().get("/page").status == 200) }
        #expect(slow.count == 80)
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() throws {
        let test = try TestServer({ $0.idleSeconds = 0.2 })
        let client = try test.client()
        #expect(try client.get("/page").status == 200)
        #expect(client.isClosedByServer())
    }
}
