import JSON
import Primitives

/// What went wrong with a request, as a document for programs and people (RFC 9457).
public struct Problem: Hashable, Sendable {
    /// What is wrong with one parameter.
    public struct ParameterError: Hashable, Sendable {
        /// The name of the parameter.
        public let parameter: String
        /// What was expected of it.
        public let detail: String

        /// Makes an error.
        public init(parameter: String, detail: String) {
            self.parameter = parameter
            self.detail = detail
        }
    }

    /// The status code.
    public var status: Int
    /// A URI that names the kind of problem; `about:blank` where the status says it all.
    public var type: String
    /// The kind of problem in words, the same at every occurrence.
    public var title: String
    /// What is wrong this time, and what to do.
    public var detail: String?
    /// A URI reference that names the occurrence, such as the path asked for.
    public var instance: String?
    /// What is wrong with the parameters.
    public var errors: [ParameterError] = []

    /// Makes a problem; its title is the status code's phrase unless another is given.
    public init(
        _ status: Int, detail: String? = nil, type: String = "about:blank", title: String? = nil,
        instance: String? = nil, errors: [ParameterError] = []
    ) {
        self.status = status
        self.type = type
        self.title = title ?? ReasonPhrase.of(status)
        self.detail = detail
        self.instance = instance
        self.errors = errors
    }

    /// The document.
    public func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("type")
        writer.string(type)
        writer.key("title")
        writer.string(title)
        writer.key("status")
        writer.integer(status)
        if let detail {
            writer.key("detail")
            writer.string(detail)
        }
        if let instance {
            writer.key("instance")
            writer.string(instance)
        }
        if !errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in errors {
                writer.beginObject()
                writer.key("parameter")
                writer.string(error.parameter)
                writer.key("detail")
                writer.string(error.detail)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        return writer.finish().array()
    }

    /// The response that carries the document; no cache keeps it.
    public func response(_ headers: [HTTPHeader] = []) -> HTTPResponse {
        var response = HTTPResponse(
            status: status, contentType: "application/problem+json", content: .bytes(HTTPBody(json())))
        response.headers = headers
        response.cacheControl = "no-store"
        return response
    }
}
