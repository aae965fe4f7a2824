/// What metrics may know of a request that is over: nothing of the client.
public struct RequestRecord: Hashable, Sendable {
    /// The method; `other` where it is none of HTTP's usual ones, so that clients cannot invent label values.
    public let method: String
    /// The template of the route; nil where there was none.
    public let route: String?
    /// The status code; 0 where the client went before there was one.
    public let status: Int
    /// Bytes of the body as they were handed to the connection.
    public let bytes: Int
    /// Seconds from the request line to the end of the response.
    public let seconds: Double
    /// Whether the response went out to its end.
    public let isComplete: Bool
}
