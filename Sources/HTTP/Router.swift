/// Answers a request on one of the server's threads.
public typealias HTTPHandler = @Sendable (HTTPRequest) -> HTTPResponse

/// Finds the handler of a request by its path and method.
///
/// A template consists of segments, `/indicators/{id}`; a literal segment goes before a parameter. HEAD is answered
/// by GET's handler, OPTIONS by the list of methods. A path with a slash too many at its end is redirected (308).
public struct Router: Sendable {
    private struct Route: Sendable {
        let template: String
        let parameters: [String]
        let handler: HTTPHandler
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var routes: [String: Route] = [:]
    }

    private var nodes = [Node()]

    /// Makes a router without routes.
    public init() {}

    /// Adds a route.
    /// - Parameters:
    ///   - method: in upper case; neither HEAD nor OPTIONS, which the router answers.
    ///   - template: literal segments and `{name}`, from a slash on, without one at the end.
    public mutating func add(
        _ method: String, _ template: String, _ handler: @escaping HTTPHandler
    ) throws(RouteError) {
        guard RequestCheck.methods.contains(method), method != "HEAD", method != "OPTIONS" else {
            throw RouteError(template: template, reason: "expected GET, POST, PUT, PATCH or DELETE as its method")
        }
        guard template.hasPrefix("/") else { throw RouteError(template: template, reason: "expected a slash first") }
        var place = 0
        var parameters: [String] = []
        for segment in template == "/"
            ? [] : template.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        {
            guard !segment.isEmpty else { throw RouteError(template: template, reason: "expected no empty segment") }
            guard segment.contains("{") || segment.contains("}") else {
                place = child(of: place, \.literals[String(segment)])
                continue
            }
            let name = String(segment.dropFirst().dropLast())
            guard segment.hasPrefix("{"), segment.hasSuffix("}"), HTTPHeader.isToken(name), !parameters.contains(name)
            else { throw RouteError(template: template, reason: "expected {name} as a whole segment, each name once") }
            parameters.append(name)
            place = child(of: place, \.parameter)
        }
        guard nodes[place].routes[method] == nil else {
            throw RouteError(template: template, reason: "expected one route for \(method) and these segments")
        }
        nodes[place].routes[method] = Route(template: template, parameters: parameters, handler: handler)
    }

    private mutating func child(of place: Int, _ edge: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[place][keyPath: edge] { return known }
        nodes.append(Node())
        nodes[place][keyPath: edge] = nodes.count - 1
        return nodes.count - 1
    }

    /// Answers a request by its route, or with 404, 405, a redirection or the methods that there are.
    public func respond(to request: HTTPRequest) -> HTTPResponse {
        if request.target.isAsterisk {
            var response = HTTPResponse(status: 204)
            response.headers = [HTTPHeader("Allow", "GET, HEAD, OPTIONS")]
            return response
        }
        guard let (routes, values) = find(request.segments[...], 0, []) else {
            return Problem(404, detail: "There is nothing here.", instance: request.path).response()
        }
        let any = routes.min { $0.key < $1.key }?.value.template
        guard !request.target.hasTrailingSlash else { return Router.redirection(of: request).of(route: any) }
        guard let route = routes[request.method == "HEAD" ? "GET" : request.method] else {
            return Router.methods(of: routes, for: request).of(route: any)
        }
        var routed = request
        routed.parameters = Dictionary(uniqueKeysWithValues: zip(route.parameters, values))
        return route.handler(routed).of(route: route.template)
    }

    /// The routes of a path with what stands in the parameters' places, literal segments first.
    private func find(_ segments: ArraySlice<String>, _ place: Int, _ values: [String]) -> ([String: Route], [String])?
    {
        guard let segment = segments.first else {
            return nodes[place].routes.isEmpty ? nil : (nodes[place].routes, values)
        }
        if let next = nodes[place].literals[segment], let found = find(segments.dropFirst(), next, values) {
            return found
        }
        return nodes[place].parameter.flatMap { find(segments.dropFirst(), $0, values + [segment]) }
    }

    private static func redirection(of request: HTTPRequest) -> HTTPResponse {
        var target = request.target
        target.hasTrailingSlash = false
        var response = HTTPResponse(status: 308)
        response.headers = [HTTPHeader("Location", target.path + (target.rawQuery.map { "?" + $0 } ?? ""))]
        return response
    }

    private static func methods(of routes: [String: Route], for request: HTTPRequest) -> HTTPResponse {
        let names = Set(routes.keys).union(routes["GET"] == nil ? ["OPTIONS"] : ["HEAD", "OPTIONS"])
        let allow = HTTPHeader("Allow", names.sorted().joined(separator: ", "))
        guard request.method == "OPTIONS" else {
            let detail = "The method is not one of those that the field Allow lists."
            return Problem(405, detail: detail, instance: request.path).response([allow])
        }
        var response = HTTPResponse(status: 204)
        response.headers = [allow]
        return response
    }
}

/// A route that cannot be added.
public struct RouteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The template.
    public let template: String
    /// What was expected.
    public let reason: String

    /// The template and what was expected.
    public var description: String { "route \(template): \(reason)" }
}
