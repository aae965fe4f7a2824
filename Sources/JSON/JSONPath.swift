/// A query into a JSON document after RFC 9535, complete: `$.references[?@.scheme=='grant'].id`, `$..amount`.
///
/// Values are taken out by an `Extractor`: those of many queries at once with an `ExtractionPlan`, or the nodes of one
/// query with `Extractor.nodes(of:in:)`. Two queries are equal where they were written with the same meaning.
///
/// Bounds: 16,384 characters, 1000 segments, 64 levels of nesting.
public struct JSONPath: Sendable, CustomStringConvertible {
    /// The text as it was read; of a query made of another one, a text that reads back as an equal query.
    public let description: String
    let query: PathQuery

    /// Reads a query, and checks the types of its functions.
    /// - Throws: `PathSyntaxError` with the position and what was expected there.
    public init(_ text: String) throws(PathSyntaxError) {
        var parser = PathParser(text)
        query = try parser.parse()
        description = text
    }

    init(_ query: PathQuery) {
        self.query = query
        description = query.text
    }

    /// The same query where what it takes for the document stands at a path of a larger document. That place is what
    /// `$` means then, in filters too: `$.a[?@.b==$.c]` below `$.data` is `$.data.a[?@.b == $.data.c]`.
    /// - Returns: nil for a prefix with a wildcard or a negative index, which is no single place.
    public func below(_ prefix: SimplePath) -> JSONPath? {
        var segments: [PathSegment] = []
        for step in prefix.steps {
            switch step {
            case .member(let name): segments.append(PathSegment([.member(PathText(name))]))
            case .index(let index) where index >= 0: segments.append(PathSegment([.index(index)]))
            default: return nil
            }
        }
        return JSONPath(query.rebased(segments))
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
