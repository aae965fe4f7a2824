import HTTP
import Indicators
import JSON
import Primitives
import Releases
import Store

/// `/v1/indicators`, `/v1/releases` and `/v1/connections`: what was released, for programs (schemas/openapi.yaml).
struct IndicatorRoutes: Sendable {
    private static let json = "application/json"
    private let published: PublishedReleases

    init(_ published: PublishedReleases) { self.published = published }

    func add(to router: inout Router) throws(RouteError) {
        try add("/v1/indicators", indicators, to: &router)
        try add("/v1/releases", releases, to: &router)
        try add("/v1/releases/{id}", release, to: &router)
        try add("/v1/connections", connections, to: &router)
        try add("/v1/connections/{id}", connection, to: &router)
    }

    private func add(
        _ template: String, _ handler: @escaping @Sendable (HTTPRequest) -> HTTPResponse, to router: inout Router
    ) throws(RouteError) {
        try router.add("GET", template) { [published] in published.refusal(of: $0) ?? handler($0) }
    }

    // MARK: Indicators

    private static let dimensions = Dimension.allCases.map(\.rawValue)

    private func indicators(_ request: HTTPRequest) -> HTTPResponse {
        var query = QueryParameters(
            request, known: ["release", "indicator", "format", "limit", "cursor"] + Self.dimensions)
        let code = query.word("indicator", of: Indicator.allCases.map(\.rawValue))
        let format = query.word("format", of: ["json", "csv"])
        let limit = query.number("limit", in: 1...5000, else: 1000)
        let start = query.number("cursor", in: 0...Int(Int32.max), else: 0)
        if let problem = query.problem(request) { return problem }
        guard let item = item(query["release"]) else { return Self.missing(query["release"], request) }
        let figures = item.release.figures.filter { figure in
            (code == nil || figure.indicator.rawValue == code)
                && Dimension.allCases.allSatisfy { dimension in
                    query[dimension.rawValue].map { figure.slice[dimension] == $0 } ?? true
                }
        }
        let wantsCSV = format.map { $0 == "csv" } ?? Self.prefersCSV(request)
        var part = item.release
        part.figures = Array(figures.dropFirst(start).prefix(limit))
        let next = start + limit < figures.count ? start + limit : nil
        if wantsCSV {
            var response = HTTPResponse(contentType: "text/csv; charset=utf-8; header=present", text: part.csv)
            response.vary = ["Accept"]
            response.headers = [HTTPHeader("Content-Disposition", "inline; filename=\"\(item.entry.id).csv\"")]
            if let next { response.headers.append(Self.link(next: next, request)) }
            return response
        }
        var writer = JSONWriter(capacity: 1 << 14)
        writer.beginObject()
        Self.writeHead(item, to: &writer)
        writer.key("total")
        writer.integer(figures.count)
        writer.key("figures")
        writer.beginArray()
        for figure in part.figures { figure.write(to: &writer) }
        writer.endArray()
        if let next {
            writer.key("next")
            writer.integer(next)
        }
        writer.endObject()
        var response = Self.response(writer)
        response.vary = ["Accept"]
        if let next { response.headers.append(Self.link(next: next, request)) }
        return response
    }

    /// Whether the first media type that the client accepts is CSV.
    private static func prefersCSV(_ request: HTTPRequest) -> Bool {
        let first = request.header("Accept")?.prefix { $0 != "," && $0 != ";" && $0 != " " }
        return first?.lowercased() == "text/csv"
    }

    /// The same query from another place on (RFC 8288).
    private static func link(next: Int, _ request: HTTPRequest) -> HTTPHeader {
        let items = request.query.filter { $0.name != "cursor" } + [QueryItem(name: "cursor", value: String(next))]
        let query = items.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return HTTPHeader("Link", "<\(request.path)?\(query.joined(separator: "&"))>; rel=\"next\"")
    }

    // MARK: Releases

    private func releases(_ request: HTTPRequest) -> HTTPResponse {
        let query = QueryParameters(request, known: [])
        if let problem = query.problem(request) { return problem }
        var writer = JSONWriter(capacity: 1 << 12)
        writer.beginObject()
        writer.key("releases")
        writer.beginArray()
        for item in published.now.items {
            writer.beginObject()
            Self.writeEntry(item, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return Self.response(writer)
    }

    private func release(_ request: HTTPRequest) -> HTTPResponse {
        let query = QueryParameters(request, known: [])
        if let problem = query.problem(request) { return problem }
        let name = request.parameters["id"]
        guard let item = item(name) else { return Self.missing(name, request) }
        // A release is never edited; the newest one of a period may change.
        var response = HTTPResponse(contentType: Self.json, content: .bytes(item.body))
        response.cacheControl = name == item.entry.id ? "public, max-age=31536000, immutable" : "no-cache"
        return response
    }

    // MARK: Connections

    private func connections(_ request: HTTPRequest) -> HTTPResponse {
        let query = QueryParameters(request, known: ["release"])
        if let problem = query.problem(request) { return problem }
        guard let item = item(query["release"]) else { return Self.missing(query["release"], request) }
        var writer = JSONWriter(capacity: 1 << 14)
        writer.beginObject()
        Self.writeHead(item, to: &writer)
        writer.key("connections")
        writer.beginArray()
        for connection in item.release.connections { connection.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return Self.response(writer)
    }

    private func connection(_ request: HTTPRequest) -> HTTPResponse {
        let query = QueryParameters(request, known: ["release"])
        if let problem = query.problem(request) { return problem }
        guard let item = item(query["release"]) else { return Self.missing(query["release"], request) }
        guard let connection = item.release.connections.first(where: { $0.id == request.parameters["id"] }) else {
            return Problem(
                404, detail: "The release \(item.entry.id) has no such connection; /v1/connections lists them.",
                instance: request.path
            ).response()
        }
        var writer = JSONWriter(capacity: 1 << 12)
        writer.beginObject()
        Self.writeHead(item, to: &writer)
        writer.key("connection")
        connection.write(to: &writer)
        writer.key("figures")
        writer.beginArray()
        for figure in item.release.figures where figure.slice[.connection] == connection.id {
            figure.write(to: &writer)
        }
        writer.endArray()
        if let isDormant = Self.isDormant(connection.id, item.release) {
            writer.key("dormant")
            writer.bool(isDormant)
        }
        writer.endObject()
        return Self.response(writer)
    }

    /// Whether K14 lists a connection; nil where K14 is not stated, so that nobody knows.
    private static func isDormant(_ connection: String, _ release: Release) -> Bool? {
        let all = release.figures.first { $0.indicator == .dormantConnections && $0.slice == Slice() }
        guard let all, case .stated = all.value else { return nil }
        return all.listed.contains(connection)
    }

    // MARK: Parts

    /// The release of a name, or what is shown where none is asked for.
    private func item(_ name: String?) -> PublishedReleases.Item? {
        let state = published.now
        return name.map { state.item($0) } ?? state.standard
    }

    private static func missing(_ name: String?, _ request: HTTPRequest) -> HTTPResponse {
        let detail =
            name == nil
            ? "No period has been closed yet: city-attribution kpi close PERIOD does it."
            : "There is no such release; /v1/releases lists them."
        return Problem(404, detail: detail, instance: request.path).response()
    }

    private static func response(_ writer: consuming JSONWriter) -> HTTPResponse {
        HTTPResponse(contentType: json, content: .bytes(HTTPBody(writer.finish().array())))
    }

    private static func writeHead(_ item: PublishedReleases.Item, to writer: inout JSONWriter) {
        writer.key("release")
        writer.beginObject()
        writeEntry(item, to: &writer)
        writer.endObject()
    }

    private static func writeEntry(_ item: PublishedReleases.Item, to writer: inout JSONWriter) {
        let texts: [(StaticString, String?)] = [
            ("id", item.entry.id), ("period", item.entry.period), ("from", item.release.firstDay.description),
            ("to", item.release.lastDay.description), ("closedAt", item.entry.closedAt.description),
            ("restates", item.release.restates), ("digest", item.entry.digest),
        ]
        for (name, text) in texts {
            guard let text else { continue }
            writer.key(name)
            writer.string(text)
        }
        writer.key("threshold")
        writer.integer(item.release.threshold)
    }
}
