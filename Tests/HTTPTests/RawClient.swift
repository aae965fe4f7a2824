import Glibc
import Testing

/// A client of HTTP that sends what it is told, byte for byte, and reads strictly.
final class RawClient {
    struct Response {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: [UInt8]
        /// Whether the body came to the end that its framing announced.
        let isComplete: Bool

        subscript(name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct Refused: Error { let code: Int32 }

    private var descriptor: Int32
    private let server: AnyObject?
    private var unread: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Connects; reads give up after half a minute, long after every time-out that a test sets.
    /// - Parameter server: what is to live as long as the client.
    init(port: UInt16, receiveBuffer: Int32? = nil, server: AnyObject? = nil) throws {
        self.server = server
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafeBytes(of: &address) {
            connect(
                descriptor, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size))
        }
        guard code == 0 else {
            let failure = errno
            disconnect()
            throw Refused(code: failure)
        }
    }

    deinit { disconnect() }

    func disconnect() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Sends as much as the server takes.
    func send(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// Sends a request with the field Host and reads its response.
    func get(_ target: String, method: String = "GET", _ headers: [String] = []) throws -> Response {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        return try response(to: method)
    }

    /// Reads a response; fails where there is none.
    func response(to method: String = "GET") throws -> Response {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head.append(try #require(next())) }
        let lines = String(decoding: head.dropLast(4), as: UTF8.self).split(separator: "\r\n")
        let status = try #require(Int(lines[0].dropFirst("HTTP/1.1 ".count).prefix(3)))
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count == 2 ? String(parts[1].dropFirst()) : "")
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) }
        let isChunked = headers.contains { $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked" }
        if method == "HEAD" || status == 304 || status == 204 || status < 200 {
            return Response(status: status, headers: headers, body: [], isComplete: true)
        }
        let (body, isComplete) = isChunked ? chunks() : bytes(length)
        return Response(status: status, headers: headers, body: body, isComplete: isComplete)
    }

    /// What else comes before the connection ends.
    func rest() -> [UInt8] {
        var rest: [UInt8] = []
        while let byte = next() { rest.append(byte) }
        return rest
    }

    /// Reads to the end of the connection; true where the server ended it, and false where it still stands.
    func isClosedByServer() -> Bool {
        while next() != nil {}
        return isAtEnd
    }

    private func bytes(_ length: Int?) -> ([UInt8], Bool) {
        var body: [UInt8] = []
        while body.count != length {
            guard let byte = next() else { return (body, length == nil) }
            body.append(byte)
        }
        return (body, true)
    }

    private func chunks() -> ([UInt8], Bool) {
        var body: [UInt8] = []
        while true {
            guard let size = line().flatMap({ Int($0, radix: 16) }) else { return (body, false) }
            let (chunk, isWhole) = bytes(size)
            body += chunk
            guard isWhole, line() == "" else { return (body, false) }
            if size == 0 { return (body, true) }
        }
    }

    private func line() -> String? {
        var line: [UInt8] = []
        while let byte = next() {
            line.append(byte)
            if line.suffix(2).elementsEqual("\r\n".utf8) { return String(decoding: line.dropLast(2), as: UTF8.self) }
        }
        return nil
    }

    private func next() -> UInt8? {
        if position == unread.count {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            isAtEnd = count == 0 || count < 0 && errno == ECONNRESET
            guard count > 0 else { return nil }
            unread = Array(buffer[..<count])
            position = 0
        }
        position += 1
        return unread[position - 1]
    }
}
