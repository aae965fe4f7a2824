/// A request as a handler gets it: whole, checked and decoded.
public struct HTTPRequest: Sendable {
    /// The method, in upper case as it came: `GET`, `HEAD`, `OPTIONS`, or another that a route takes.
    public let method: String
    /// The header fields in order.
    public let headers: [HTTPHeader]
    /// The address of the client, without its port: of the nearest proxy, where there is one.
    public let clientAddress: String
    /// The body; empty for GET, HEAD and OPTIONS, whose bodies mean nothing and are dropped.
    public let body: [UInt8]
    /// What stands in the places that the route's template names; decoded.
    public internal(set) var parameters: [String: String] = [:]
    let target: RequestTarget

    /// Makes a request, for tests of handlers.
    /// - Parameter target: a path with or without a query, as in a request line.
    /// - Returns: nil where the server would refuse the target.
    public init?(
        method: String = "GET", target: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
        clientAddress: String = "127.0.0.1"
    ) {
        guard let target = try? RequestTarget([UInt8](target.utf8), queryItemsMax: HTTPLimits().queryItems) else {
            return nil
        }
        self.init(method: method, target: target, headers: headers, body: body, clientAddress: clientAddress)
    }

    init(method: String, target: RequestTarget, headers: [HTTPHeader], body: [UInt8], clientAddress: String) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.clientAddress = clientAddress
    }

    /// The path, escaped in one form whatever form it came in.
    public var path: String { target.path }

    /// The decoded segments of the path; none of them is empty, a dot segment, or has a slash in it.
    public var segments: [String] { target.segments }

    /// The items of the query in order, decoded.
    public var query: [QueryItem] { target.query }

    /// The value of a header field by its name in any case; several fields of one name are joined by commas.
    public func header(_ name: String) -> String? { headers.value(name) }
}
