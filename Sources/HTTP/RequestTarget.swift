import Primitives

/// What a request asks for (RFC 9112, section 3.2), read so that no two readers can disagree about it.
struct RequestTarget: Hashable, Sendable {
    /// The decoded segments of the path without the empty one behind a trailing slash; empty for `/`.
    var segments: [String] = []
    /// Whether the path ends with a slash and is not `/` alone.
    var hasTrailingSlash = false
    /// The items of the query in order, decoded.
    var query: [QueryItem] = []
    /// The query as it came, without the question mark; nil where there is none.
    var rawQuery: String?
    /// Whether the target is `*`, which asks about the server as a whole.
    var isAsterisk = false

    /// Reads a target: a path with or without a query, or the same behind `http://host`.
    init(_ text: [UInt8], queryItemsMax: Int) throws(Fault) {
        if text == [UInt8(ascii: "*")] {
            isAsterisk = true
            return
        }
        guard text.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw Fault("the target of the request has characters that no URL has; escape them with %")
        }
        let local = RequestTarget.withoutAuthority(text[...])
        guard local.first == UInt8(ascii: "/") else {
            throw Fault("the target of the request must begin with a slash")
        }
        let parts = local.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        try readPath(parts[0])
        if parts.count == 2 {
            rawQuery = String(decoding: parts[1], as: UTF8.self)
            try readQuery(parts[1], queryItemsMax)
        }
    }

    /// The path, encoded in one form whatever form it came in.
    var path: String {
        "/" + segments.map({ PercentCoding.encode($0) }).joined(separator: "/") + (hasTrailingSlash ? "/" : "")
    }

    private static func withoutAuthority(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for scheme in ["http://", "https://"]
        where String(decoding: text.prefix(scheme.utf8.count), as: UTF8.self).lowercased() == scheme {
            let rest = text.dropFirst(scheme.utf8.count)
            return rest.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] } ?? ArraySlice("/".utf8)
        }
        return text
    }

    private mutating func readPath(_ path: ArraySlice<UInt8>) throws(Fault) {
        for part in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = PercentCoding.decode(part) else {
                throw Fault("the path has a broken escape, a control character or text that is not UTF-8")
            }
            // What is decoded must mean the same to every part that handles it later: a file name, another server.
            guard segment != ".", segment != "..", !segment.utf8.contains(UInt8(ascii: "/")),
                !segment.utf8.contains(UInt8(ascii: "\\"))
            else { throw Fault("the path has a dot segment, an encoded slash or a backslash") }
            segments.append(segment)
        }
        if segments.last == "" {
            segments.removeLast()
            hasTrailingSlash = !segments.isEmpty
        }
        guard !segments.contains("") else { throw Fault("the path has an empty segment") }
    }

    private mutating func readQuery(_ text: ArraySlice<UInt8>, _ itemsMax: Int) throws(Fault) {
        for item in text.split(separator: UInt8(ascii: "&")) {
            guard query.count < itemsMax else { throw Fault("the query has more than \(itemsMax) items") }
            let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? parts[1] : []
            guard let name = PercentCoding.decode(parts[0], plusIsSpace: true),
                let decoded = PercentCoding.decode(value, plusIsSpace: true)
            else { throw Fault("the query has a broken escape, a control character or text that is not UTF-8") }
            query.append(QueryItem(name: name, value: decoded))
        }
    }

    /// Why a target is refused, in words that quote nothing of it.
    struct Fault: Error, Hashable {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }
}
