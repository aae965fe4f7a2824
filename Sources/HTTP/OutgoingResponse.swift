/// A response made ready for its client: coded, tagged, or reduced to 304.
struct OutgoingResponse {
    enum Payload {
        case none
        case block(ByteBlock)
        case stream(ChunkSource)
        /// The body that an answer to HEAD has not, and whose length nobody knows.
        case withheldStream
    }

    let status: Int
    private(set) var headers: [HTTPHeader] = []
    private(set) var payload = Payload.none
    /// The template of the route that answered.
    let route: String?

    /// Makes a response ready.
    /// - Parameters:
    ///   - method: the method of the request.
    ///   - requested: the header of the request.
    static func make(_ response: HTTPResponse, method: String, requested: [HTTPHeader]) -> OutgoingResponse {
        guard isWellFormed(response) else {
            return instead(
                of: response, Problem(500, detail: "The service made a response that cannot be sent."), method)
        }
        let isCompressible =
            response.content.isAny && MediaTypes.isCompressible(response.contentType)
            && response.headers.value("Content-Encoding") == nil
        let accepted = AcceptEncoding(requested.value("Accept-Encoding"))
        var coding = accepted.choice(canGzip: isCompressible)
        if coding == .gzip, accepted.identity > 0, !response.content.isWorthCompressing { coding = .identity }
        if coding == nil, (200..<300).contains(response.status), response.content.isAny {
            return instead(
                of: response, Problem(406, detail: "The content is to be had without a coding only."), method)
        }

        let isGzip = coding == .gzip
        let isTagged = response.status == 200 && ["GET", "HEAD"].contains(method)
        let plainTag = isTagged ? response.content.tag ?? response.streamTag : nil
        let tag = isGzip ? plainTag?.ofGzip : plainTag
        let fields = fields(of: response, tag: tag, variesByCoding: isCompressible)
        if isUnchanged(response, tag, method, requested) {
            return OutgoingResponse(status: 304, headers: fields, route: response.route)
        }
        var made = OutgoingResponse(status: response.status, headers: fields, route: response.route)
        if isGzip { made.headers.append(HTTPHeader("Content-Encoding", "gzip")) }
        if response.content.isAny, let type = response.contentType {
            made.headers.append(HTTPHeader("Content-Type", type))
        }
        made.payload = payload(response.content, isGzip: isGzip, isWanted: method != "HEAD")
        return made
    }

    private init(status: Int, headers: [HTTPHeader], route: String?) {
        self.status = status
        self.headers = headers
        self.route = route
    }

    private static func instead(of response: HTTPResponse, _ problem: Problem, _ method: String) -> OutgoingResponse {
        make(problem.response().of(route: response.route), method: method, requested: [])
    }

    /// The bytes of the body that were handed out in answer to a method.
    func sentBytes(_ method: String) -> Int {
        switch payload {
        case .none, .withheldStream: 0
        case .block(let block): method == "HEAD" ? 0 : block.bytes.count
        case .stream(let source): source.bytesTaken
        }
    }

    private static func isWellFormed(_ response: HTTPResponse) -> Bool {
        let texts = [response.contentType, response.cacheControl, response.contentSecurityPolicy].compactMap(\.self)
        return (200...599).contains(response.status) && response.headers.allSatisfy(\.isAllowedInResponse)
            && texts.allSatisfy(HTTPHeader.isValue) && response.vary.allSatisfy(HTTPHeader.isToken)
    }

    private static func fields(of response: HTTPResponse, tag: EntityTag?, variesByCoding: Bool) -> [HTTPHeader] {
        var fields = response.headers
        fields.append(HTTPHeader("Cache-Control", response.cacheControl))
        let vary = response.vary + (variesByCoding ? ["Accept-Encoding"] : [])
        if !vary.isEmpty { fields.append(HTTPHeader("Vary", vary.joined(separator: ", "))) }
        if let tag { fields.append(HTTPHeader("ETag", tag.field)) }
        if let time = response.lastModified { fields.append(HTTPHeader("Last-Modified", HTTPDate.text(time))) }
        return fields + SecurityHeaders.fields(policy: response.contentSecurityPolicy, besides: response.headers)
    }

    /// Whether the client has the content (RFC 9110, section 13.2.2). Times count only where they are the very same,
    /// since one that is merely earlier may be of another copy.
    private static func isUnchanged(
        _ response: HTTPResponse, _ tag: EntityTag?, _ method: String, _ requested: [HTTPHeader]
    ) -> Bool {
        guard response.status == 200, ["GET", "HEAD"].contains(method) else { return false }
        if let list = requested.value("If-None-Match") {
            return tag.map { $0.isNamed(by: list) } ?? (list.trimmed == "*")
        }
        guard let time = response.lastModified, let known = requested.value("If-Modified-Since") else { return false }
        return known == HTTPDate.text(time)
    }

    private static func payload(_ content: HTTPResponse.Content, isGzip: Bool, isWanted: Bool) -> Payload {
        switch content {
        case .none:
            return .none
        case .bytes(let body):
            guard isGzip else { return .block(body.plain) }
            return .block(body.compressed ?? ByteBlock(GzipEncoder.encode(body.plain.bytes, level: 4)))
        case .stream(let next):
            guard isWanted else { return .withheldStream }
            return .stream(ChunkSource(next, encoder: isGzip ? GzipEncoder(level: 4) : nil))
        }
    }
}

extension HTTPResponse {
    /// The response as one of a route.
    func of(route: String?) -> HTTPResponse {
        var response = self
        response.route = route
        return response
    }
}

extension HTTPResponse.Content {
    fileprivate var isAny: Bool {
        if case .none = self { false } else { true }
    }

    fileprivate var tag: EntityTag? {
        if case .bytes(let body) = self { body.entityTag } else { nil }
    }

    /// Below a kilobyte a compressed body saves no packet; beyond 8 MiB it is to be streamed or kept, since its thread
    /// is held up while it is compressed.
    fileprivate var isWorthCompressing: Bool {
        switch self {
        case .none: false
        case .bytes(let body) where body.compressed == nil: (1024...8 << 20).contains(body.plain.bytes.count)
        case .bytes(let body): body.plain.bytes.count >= 1024
        case .stream: true
        }
    }
}
