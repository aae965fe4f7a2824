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
}
