public import Primitives

/// What a handler answers; the server adds what every response has, compresses, and answers 304 where that will do.
///
/// It stays on the thread that made it, and so may what its stream closes over.
public struct HTTPResponse {
    /// What follows the header.
    public enum Content {
        /// Nothing.
        case none
        /// Bytes that are there.
        case bytes(HTTPBody)
        /// A body of any length. The closure gives the next chunk, or nil at the end; it is called when the client has
        /// taken what came before, and released when the client has gone. An error cuts the connection, so that the
        /// client can tell that something is missing. It holds up its thread's other connections while it runs.
        case stream(() throws -> [UInt8]?)
    }

    /// The status code, 200 to 599.
    public var status: Int
    /// The media type with its parameters; nil without content.
    public var contentType: String?
    /// What follows the header.
    public var content: Content
    /// Further header fields. One that could forge another, or that frames messages, makes the response a 500.
    public var headers: [HTTPHeader] = []
    /// The field `Cache-Control`.
    public var cacheControl = "no-cache"
    /// Names of the request's fields that the response depends on; `Accept-Encoding` is added where it does.
    public var vary: [String] = []
    /// When the content last changed; sent, and compared with `If-Modified-Since`.
    public var lastModified: Timestamp?
    /// The tag of a streamed body, whose bytes nobody can hash beforehand.
    public var streamTag: EntityTag?
    /// The content security policy; nil for the one that allows nothing.
    public var contentSecurityPolicy: String?
    /// The template of the route that answered, for metrics.
    public internal(set) var route: String?

    /// Makes a response.
    public init(status: Int = 200, contentType: String? = nil, content: Content = .none) {
        self.status = status
        self.contentType = contentType
        self.content = content
    }

    /// Makes a response of a text.
    /// - Parameter contentType: the media type with its parameters.
    public init(status: Int = 200, contentType: String, text: String) {
        self.init(status: status, contentType: contentType, content: .bytes(HTTPBody(text)))
    }
}
