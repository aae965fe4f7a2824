/// What the server bears before it refuses; every bound is there so that one client cannot starve the others.
public struct HTTPLimits: Sendable {
    /// Threads that answer. A handler that takes long holds up the other connections of its thread.
    public var threads = 4
    /// Connections in all; what exceeds them is answered with 503, or closed where that is too many too.
    public var connections = 256
    /// Connections of one address (of IPv6: of one /64 network). Behind a proxy, which is one address, set it higher.
    public var connectionsPerAddress = 64
    /// Bytes of the request line and the header together (431).
    public var headBytes = 16 * 1024
    /// Bytes of the target (414).
    public var targetBytes = 4096
    /// Items of a query (400).
    public var queryItems = 64
    /// Bytes of a request's body (413).
    public var bodyBytes = 16 * 1024
    /// Seconds in which the head of a request has to arrive, and then its body (408).
    public var requestSeconds = 10.0
    /// Seconds for which a connection without a request is kept.
    public var idleSeconds = 60.0
    /// Seconds that a client may take for a body, or for one chunk of a streamed one.
    public var sendSeconds = 60.0
    /// Requests of one address in a second, in the long run (429).
    public var requestsPerSecond = 50.0
    /// Requests of one address at once, after a pause.
    public var requestBurst = 200.0
    /// Addresses whose requests are counted at the same time.
    public var addresses = 10_000

    /// The defaults.
    public init() {}
}
