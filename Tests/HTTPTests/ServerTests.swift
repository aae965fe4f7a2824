import HTTP
import Primitives
import Testing

@Suite struct ServerTests {
    @Test func aPageIsAnsweredWithItsTagAndWithoutABanner() throws {
        let test = try TestServer()
        let response = try test.client().get("/page")
        #expect(response.status == 200)
        #expect(response.body == Array((0..<1000).map { "line \($0) of the page, with text\n" }.joined().utf8))
        #expect(response["ETag"] == "\"\(TestServer.page.entityTag.value)\"")
        #expect(response["Content-Type"] == "text/plain; charset=utf-8")
        #expect(response["X-Content-Type-Options"] == "nosniff")
        #expect(response["Server"] == nil)
    }

    @Test func aConnectionServesManyRequestsOneAfterAnother() throws {
        let client = try TestServer().client()
        for number in 0..<20 {
            let response = try client.get("/echo/\(number)?a=%C3%A9&b=+")
            #expect(response.text == "\(number) a=é&b=  127.0.0.1")
        }
    }

    @Test func requestsSentAtOnceAreAnsweredInOrder() throws {
        let client = try TestServer().client()
        client.send((0..<10).map { "GET /echo/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for number in 0..<10 { #expect(try client.response().text == "\(number)  127.0.0.1") }
    }

    @Test func headHasTheHeaderOfGetAndNoBody() throws {
        let client = try TestServer().client()
        let got = try client.get("/page")
        let head = try client.get("/page", method: "HEAD")
        let names = ["Content-Length", "ETag", "Content-Type", "Vary", "Cache-Control"]
        #expect(names.map { head[$0] } == names.map { got[$0] })
        #expect(try client.get("/echo/next").text.hasPrefix("next "))
    }

    @Test func headOfAStreamIsNothingButTheHeader() throws {
        let client = try TestServer().client()
        let head = try client.get("/lines/10", method: "HEAD", ["Accept-Encoding: gzip"])
        #expect(head.status == 200)
        #expect(head["Content-Type"] == "application/x-ndjson")
        #expect(head["Content-Encoding"] == "gzip")
        #expect(head["Content-Length"] == nil)
        #expect(client.rest() == [])
        #expect(client.isClosedByServer())
    }

    @Test func whoHasThePageGets304AndTheConnectionGoesOn() throws {
        let client = try TestServer().client()
        let tag = try #require(try client.get("/page")["ETag"])
        let unchanged = try client.get("/page", ["If-None-Match": tag].map { "\($0): \($1)" })
        #expect(unchanged.status == 304)
        #expect(unchanged["ETag"] == tag)
        #expect(try client.get("/page").status == 200)
    }

    @Test func gzipIsTheSamePageInFewerBytes() throws {
        let client = try TestServer().client()
        let response = try client.get("/page", ["Accept-Encoding: gzip, deflate, br"])
        #expect(response["Content-Encoding"] == "gzip")
        #expect(response["ETag"] == "\"\(TestServer.page.entityTag.value)-gzip\"")
        #expect(response.body.count < 10_000)
        #expect(gunzip(response.body) == (try client.get("/page")).body)
        let again = try client.get(
            "/page", ["Accept-Encoding: gzip", "If-None-Match: \"\(TestServer.page.entityTag.value)-gzip\""])
        #expect(again.status == 304)
    }

    @Test func aWholeBodyReachesARouteThatTakesOne() throws {
        let client = try TestServer().client()
        let body = String(repeating: "0123456789", count: 1000)
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(try client.response().text == body)
        client.send(
            "GET /echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /echo/b HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.response().text.hasPrefix("a "))
        #expect(try client.response().text.hasPrefix("b "))
    }

    @Test func aClientThatEndsItsSideIsStillAnswered() throws {
        let client = try TestServer().client()
        client.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n")
        client.endSending()
        let response = try client.response()
        #expect(response.status == 200)
        #expect(response.isComplete)
        #expect(client.isClosedByServer())
    }

    @Test func everyRequestIsCountedOnceWithoutItsClient() throws {
        let test = try TestServer()
        let client = try test.client()
        _ = try client.get("/echo/Jane?a=b")
        _ = try client.get("/nothing")
        _ = try client.get("/page", method: "HEAD")
        _ = try client.get("/page", method: "BREW")
        #expect(eventually { test.records.withLock { $0.count } == 4 })
        let records = test.records.withLock { $0 }
        #expect(records.map(\.method) == ["GET", "GET", "HEAD", "other"])
        #expect(records.map(\.route) == ["/echo/{text}", nil, "/page", nil])
        #expect(records.map(\.status) == [200, 404, 200, 501])
        #expect(records[0].bytes == "Jane a=b 127.0.0.1".utf8.count)
        #expect(records[2].bytes == 0)
        #expect(records.allSatisfy { $0.isComplete && $0.seconds >= 0 && $0.seconds < 30 })
    }

    @Test func aThousandConnectionsLeaveNothingOpen() throws {
        let test = try TestServer()
        for number in 0..<1000 {
            let client = try test.client()
            #expect(try client.get("/echo/\(number)").status == 200)
        }
        #expect(eventually { test.openSockets() == 1 })
        #expect(eventually { test.records.withLock { $0.count } == 1000 })
    }

    @Test func manyClientsAtOnceGetEachTheirOwn() throws {
        let test = try TestServer()
        let wrong = Locked(0)
        let threads = (0..<8).map { thread in
            Threads.start {
                for round in 0..<20 {
                    let expected = "\(thread)-\(round)  127.0.0.1"
                    guard let client = try? test.client(), let echo = try? client.get("/echo/\(thread)-\(round)"),
                        let lines = try? client.get("/lines/200", ["Accept-Encoding: gzip"]),
                        echo.text == expected, gunzip(lines.body)?.count(where: { $0 == 10 }) == 200
                    else {
                        wrong.withLock { $0 += 1 }
                        continue
                    }
                }
            }
        }
        threads.forEach(Threads.join)
        #expect(wrong.withLock { $0 } == 0)
        #expect(eventually { test.records.withLock { $0.count } == 320 })
    }

    @Test(arguments: ["127.0.0.1", "localhost", "::1"])
    func itListensWhereItIsTold(host: String) throws {
        let server: HTTPServer
        do throws(HTTPServerError) {
            server = try HTTPServer(ListenAddress(host: host, port: 0)) { _ in HTTPResponse(status: 204) }
        } catch {
            // Containers without IPv6 have no such address.
            try #require(host == "::1", "\(error)")
            return
        }
        #expect(server.address.port != 0)
        #expect(server.address.host == host)
        if host != "::1" { #expect(try RawClient(port: server.address.port).get("/").status == 204) }
        server.stop()
    }

    @Test func aPortInUseIsSaidWithWhatToDo() throws {
        let test = try TestServer()
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer(test.server.address) { _ in HTTPResponse() }
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("cannot listen on 127.0.0.1:\(test.server.address.port): Address already in use. Stop"))
        #expect(throws: HTTPServerError.self) {
            try HTTPServer(ListenAddress(host: "no-such-host.invalid", port: 0)) { _ in HTTPResponse() }
        }
    }
}
