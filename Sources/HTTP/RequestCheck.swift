/// The head of a request as it came.
struct RequestHead: Hashable, Sendable {
    var method: String
    var version: String
    /// The target; nil where it is too long to be looked at.
    var target: [UInt8]?
    var headers: [HTTPHeader]
    /// The bytes of the request line and the header.
    var bytes: Int
}

/// Why a request is not answered by its handler.
struct Refusal: Error, Hashable, Sendable {
    var problem: Problem
    var headers: [HTTPHeader] = []
    /// Whether the connection must end, since what follows on it may be no request.
    var closes = true

    var response: HTTPResponse { problem.response(headers) }
}

/// What the server demands of a request before a handler sees it.
enum RequestCheck {
    /// The methods that a route can take; others are not known here.
    static let methods: Set<String> = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    /// The methods whose bodies mean nothing.
    static let bodiless: Set<String> = ["GET", "HEAD", "OPTIONS"]

    /// Why the head is refused, if it is. Whatever leaves open where the request ends closes the connection.
    static func refusal(of head: RequestHead, _ limits: HTTPLimits) -> Refusal? {
        guard head.target != nil else {
            return Refusal(problem: Problem(414, detail: "The URL has more than \(limits.targetBytes) bytes."))
        }
        guard head.bytes <= limits.headBytes else {
            return Refusal(problem: Problem(431, detail: "The header has more than \(limits.headBytes) bytes."))
        }
        guard head.headers.allSatisfy({ HTTPHeader.isToken($0.name) }) else {
            return bad("A header field's name has a character that it cannot have.")
        }
        if let refusal = framingRefusal(head.headers, limits) { return refusal }
        let hosts = head.headers.values("Host").count
        guard hosts == 1 || hosts == 0 && head.version == "HTTP/1.0" else {
            return bad("A request has one field Host, not \(hosts).")
        }
        guard methods.contains(head.method) else {
            return Refusal(problem: Problem(501, detail: "The method is not known here."))
        }
        return nil
    }

    /// Reads the target.
    static func target(of head: RequestHead, _ limits: HTTPLimits) throws(Refusal) -> RequestTarget {
        do throws(RequestTarget.Fault) {
            let target = try RequestTarget(head.target ?? [], queryItemsMax: limits.queryItems)
            guard !target.isAsterisk || head.method == "OPTIONS" else {
                throw RequestTarget.Fault("the target * is for OPTIONS only")
            }
            return target
        } catch {
            throw Refusal(problem: Problem(400, detail: "Bad URL: \(error.reason)."), closes: false)
        }
    }

    /// Two readings of where a body ends are how requests are smuggled past a proxy (RFC 9112, section 11.2).
    private static func framingRefusal(_ headers: [HTTPHeader], _ limits: HTTPLimits) -> Refusal? {
        guard headers.values("Transfer-Encoding").isEmpty else {
            return Refusal(problem: Problem(411, detail: "Send the body with Content-Length, without a coding."))
        }
        let lengths = headers.values("Content-Length")
        guard let length = lengths.first else { return nil }
        guard lengths.count == 1, !length.isEmpty, length.utf8.allSatisfy({ $0 &- 48 < 10 }) else {
            return bad("A request has at most one field Content-Length, which is a number.")
        }
        guard let bytes = Int(length), bytes <= limits.bodyBytes else {
            return Refusal(problem: Problem(413, detail: "The body has more than \(limits.bodyBytes) bytes."))
        }
        return nil
    }

    private static func bad(_ detail: String) -> Refusal { Refusal(problem: Problem(400, detail: detail)) }
}
