extension JSONPath {
    /// The query that a simple path is.
    public init(_ path: SimplePath) {
        self.init(
            PathQuery(
                .document,
                path.steps.map { step in
                    switch step {
                    case .member(let name): PathSegment([.member(PathText(name))])
                    case .index(let index): PathSegment([.index(index)])
                    case .wildcard: PathSegment([.wildcard])
                    }
                }))
    }

    /// The segments that may select several nodes of one.
    public var pluralSegments: Int { query.segments.count { !$0.isSingular } }

    /// The query up to the first segment that may select several nodes, and with it; nil where there is none. Queries
    /// of which it is the same meet in the same elements, by `ExtractedValue.element`.
    public var elements: JSONPath? {
        isSingular ? nil : JSONPath(PathQuery(.document, Array(query.segments[...query.firstPlural])))
    }

    /// What stands before the first segment that may select several nodes; nil where there is none.
    public var container: JSONPath? {
        isSingular ? nil : JSONPath(PathQuery(.document, Array(query.segments[..<query.firstPlural])))
    }

    /// Whether it ends in a wildcard, `.*` or `[*]`, that is not a descendant one.
    public var endsInWildcard: Bool {
        guard let last = query.segments.last else { return false }
        return !last.isDescendant && last.selectors == [.wildcard]
    }

    /// The text with a gap for the index that the first segment chose which may select several nodes: `$.references[`
    /// and `].id` of `$.references[?@.id].id`. Without such a segment, and where that is one of descendants, which an
    /// index does not tell, it is the text of the query and nil.
    public var textAroundElement: (before: String, after: String?) {
        guard !isSingular, !query.segments[query.firstPlural].isDescendant else { return (query.text, nil) }
        let before = PathQuery(.document, Array(query.segments[..<query.firstPlural])).text
        let after = query.segments[(query.firstPlural + 1)...].map(\.text).joined()
        return (before + "[", "]" + after)
    }
    /// What the filters of the query look at, as queries of their own: `$.a[*].b` of `$.a[?@.b == 1].c`.
    public var filterQueries: [JSONPath] { query.filterQueries(from: 0).map { JSONPath($0) } }
}

extension PathQuery {
    /// What the filters look at that stand behind so many segments.
    fileprivate func filterQueries(from start: Int) -> [PathQuery] {
        var found: [PathQuery] = []
        for (index, segment) in segments.enumerated().dropFirst(start) {
            let place = segments[..<index] + [PathSegment(isDescendant: segment.isDescendant, [.wildcard])]
            for case .filter(let condition) in segment.selectors {
                for query in condition.queries {
                    let whole = query.root == .document ? query : PathQuery(.document, place + query.segments)
                    found += [whole] + whole.filterQueries(from: query.root == .document ? 0 : place.count)
                }
            }
        }
        return found
    }
}

extension PathCondition {
    /// The queries in it, those of filters in them left out.
    fileprivate var queries: [PathQuery] {
        switch self {
        case .any(let conditions), .all(let conditions): conditions.flatMap(\.queries)
        case .not(let condition): condition.queries
        case .exists(let query): [query]
        case .comparison(let left, _, let right): left.queries + right.queries
        case .pattern(let pattern): pattern.subject.queries + pattern.pattern.queries
        }
    }
}

extension PathOperand {
    fileprivate var queries: [PathQuery] {
        switch self {
        case .literal: []
        case .query(let query), .count(let query), .value(let query): [query]
        case .length(let operand): operand.queries
        }
    }
}
