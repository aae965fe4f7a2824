import Glibc
import HTTP
import Primitives
import Testing

/// A server with a few routes, on a free port of loopback.
struct TestServer {
    let server: HTTPServer
    let records: Locked<[RequestRecord]>

    /// 30 KB of text.
    static let page = HTTPBody(
        [UInt8]((0..<1000).map { "line \($0) of the page, with text\n" }.joined().utf8), isKept: true)

    init(
        _ adjust: (inout HTTPLimits) -> Void = { _ in }, _ extend: (inout Router) throws -> Void = { _ in }
    ) throws {
        var limits = HTTPLimits()
        limits.requestsPerSecond = 1_000_000
        limits.requestBurst = 1_000_000
        adjust(&limits)
        var router = Router()
        try router.add("GET", "/page") { _ in
            HTTPResponse(contentType: "text/plain; charset=utf-8", content: .bytes(TestServer.page))
        }
        try router.add("GET", "/echo/{text}") { request in
            let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            let text = "\(request.parameters["text"] ?? "") \(query) \(request.clientAddress)"
            return HTTPResponse(contentType: "text/plain; charset=utf-8", text: text)
        }
        try router.add("POST", "/echo") { request in
            HTTPResponse(contentType: "application/octet-stream", content: .bytes(HTTPBody(request.body)))
        }
        try router.add("GET", "/lines/{count}") { request in
            var left = Int(request.parameters["count"] ?? "") ?? 0
            return HTTPResponse(
                contentType: "application/x-ndjson",
                content: .stream {
                    left -= 1
                    return left < 0 ? nil : Array("{\"left\":\(left)}\n".utf8)
                })
        }
        try extend(&router)
        let records = Locked<[RequestRecord]>([])
        let built = router
        server = try HTTPServer(
            ListenAddress(host: "127.0.0.1", port: 0), limits: limits,
            onFinished: { record in records.withLock { $0.append(record) } },
            handler: { built.respond(to: $0) })
        self.records = records
    }

    func client(receiveBuffer: Int32? = nil) throws -> RawClient {
        try RawClient(port: server.address.port, receiveBuffer: receiveBuffer, server: server)
    }

    /// The descriptors of this process that are the server's ends of connections, and the one that listens.
    func openSockets() -> Int {
        (0..<4096).count { descriptor in
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let code = withUnsafeMutableBytes(of: &address) {
                getsockname(Int32(descriptor), $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
            }
            return code == 0 && address.sin_family == AF_INET && address.sin_port.bigEndian == server.address.port
        }
    }
}

/// Waits, for half a minute at most, until something holds that other threads bring about.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<3000 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}

/// Counts how many of it there are.
final class Witness: Sendable {
    private let count: Locked<Int>

    init(_ count: Locked<Int>) {
        self.count = count
        count.withLock { $0 += 1 }
    }

    deinit { count.withLock { $0 -= 1 } }
}
