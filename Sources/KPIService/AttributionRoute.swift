import HTTP
import SQLDatabase
import Store

/// `/v1/attributions`: the records themselves, for the office and never for the public. A record is a cell of one.
struct AttributionRoute: Sendable {
    private let store: String
    private let gate: TokenGate

    /// - Parameter tokens: nil where none is configured; then nobody gets a record.
    init(store: String, tokens: AccessTokens?) { (self.store, gate) = (store, TokenGate(tokens: tokens)) }

    func add(to router: inout Router) throws(RouteError) {
        try router.add("GET", "/v1/attributions") { [self] in records($0) }
    }

    /// Lines of JSON, `{"sequence":…,"record":…}`: who saw everything up to a number goes on `after` it, and sees what
    /// is new and what was superseded since.
    private func records(_ request: HTTPRequest) -> HTTPResponse {
        if let refusal = gate.refusal(of: request, "Records") { return refusal }
        var query = QueryParameters(request, known: ["after", "limit"])
        let after = query.number("after", in: 0...Int.max, else: 0)
        let limit = query.number("limit", in: 1...1_000_000, else: 1_000_000)
        if let problem = query.problem(request) { return problem }
        let feed: RecordFeed
        do throws(SQLError) {
            feed = try RecordFeed(store, after: Int64(after), limit: limit)
        } catch {
            return Problem(503, detail: "The store cannot be read: \(error)", instance: request.path).response()
        }
        var response = HTTPResponse(
            contentType: "application/x-ndjson", content: .stream { try feed.next() })
        response.cacheControl = "no-store"
        return response
    }
}

/// Records of a store, some at a time.
private final class RecordFeed {
    private static let chunkRecords = 500
    private let reader: StoreReader
    private var after: Int64
    private var left: Int

    init(_ store: String, after: Int64, limit: Int) throws(SQLError) {
        reader = try StoreReader(store)
        (self.after, left) = (after, limit)
    }

    /// The next lines; nil at the end.
    func next() throws(SQLError) -> [UInt8]? {
        guard left > 0 else { return nil }
        var lines: [UInt8] = []
        var last = after
        var count = 0
        try reader.records(after: after, limit: min(left, RecordFeed.chunkRecords)) { sequence, record in
            lines += "{\"sequence\":\(sequence),\"record\":".utf8
            lines += record
            lines += "}\n".utf8
            (last, count) = (sequence, count + 1)
        }
        (after, left) = (last, left - count)
        return count > 0 ? lines : nil
    }
}
