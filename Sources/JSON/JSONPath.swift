/// A query into a JSON document after RFC 9535, complete: `$.references[?@.scheme=='grant'].id`, `$..amount`.
///
/// Values are taken out by an `Extractor`: those of many queries at once with an `ExtractionPlan`, or the nodes of one
/// query with `Extractor.nodes(of:in:)`. Two queries are equal where they were written with the same meaning.
///
/// Bounds: 16,384 characters, 1000 segments, 64 levels of nesting.
public struct JSONPath: Sendable, CustomStringConvertible {
    /// The text as it was read.
    public let description: String
    let query: PathQuery

    /// Reads a query, and checks the types of its functions.
    /// - Throws: `PathSyntaxError` with the position and what was expected there.
    public init(_ text: String) throws(PathSyntaxError) {
        var parser = PathParser(text)
        query = try parser.parse()
        description = text
    }

    /// The same as a path of members, indexes from 0 and wildcards; nil where it is more than that.
    public var simple: SimplePath? {
        query.simpleSteps.map { SimplePath(steps: $0) }
    }

    /// Whether it finds one node at most, in whatever document: single names and indexes alone (RFC 9535, section
    /// 2.3.5.1).
    public var isSingular: Bool { query.isSingular }
}

extension JSONPath: Hashable {
    /// Whether two queries are written with the same meaning, as `$.a` and `$["a"]` are.
    public static func == (left: JSONPath, right: JSONPath) -> Bool { left.query == right.query }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(query) }
}

extension PathQuery {
    /// The steps of a simple path; nil where the query is more than that.
    var simpleSteps: [SimplePath.Step]? {
        var steps: [SimplePath.Step] = []
        for segment in segments {
            guard !segment.isDescendant, segment.selectors.count == 1 else { return nil }
            switch segment.selectors[0] {
            case .member(let name): steps.append(.member(name.string))
            case .index(let index) where index >= 0: steps.append(.index(index))
            case .wildcard: steps.append(.wildcard)
            default: return nil
            }
        }
        return steps
    }
}
