/// A query as it was read (RFC 9535, section 2): where it begins, and its segments.
struct PathQuery: Sendable, Hashable {
    enum Root: Sendable, Hashable {
        /// `$`
        case document
        /// `@`: the node that a filter looks at.
        case current
    }

    let root: Root
    let segments: [PathSegment]
    /// The first segment that may select several nodes of one; the number of segments where none may.
    let firstPlural: Int

    init(_ root: Root, _ segments: [PathSegment]) {
        self.root = root
        self.segments = segments
        firstPlural = segments.firstIndex { !$0.isSingular } ?? segments.count
    }

    /// Whether the query finds one node at most: names and indexes alone.
    var isSingular: Bool { firstPlural == segments.count }
}

/// One step down, or one to everywhere below (section 2.5).
struct PathSegment: Sendable, Hashable {
    let isDescendant: Bool
    let selectors: [PathSelector]
    /// Whether it selects one node at most.
    let isSingular: Bool

    init(isDescendant: Bool = false, _ selectors: [PathSelector]) {
        self.isDescendant = isDescendant
        self.selectors = selectors
        switch selectors.first {
        case .member, .index: isSingular = !isDescendant && selectors.count == 1
        default: isSingular = false
        }
    }
}

/// Which children of a node are meant (section 2.3).
enum PathSelector: Sendable, Hashable {
    case member(PathText)
    /// Negative from the end: -1 is the last element.
    case index(Int)
    case wildcard
    case slice(PathSlice)
    case filter(PathCondition)
}

/// `start:end:step` (section 2.3.4); nil is what the step makes of a part that was left out.
struct PathSlice: Sendable, Hashable {
    var start: Int?
    var end: Int?
    var step = 1

    /// The indexes for an array of some length: from `first`, by `step`, as long as `contains`.
    func bounds(_ length: Int) -> (first: Int, lower: Int, upper: Int) {
        func normal(_ index: Int) -> Int { index >= 0 ? index : length + index }
        let from = normal(start ?? (step >= 0 ? 0 : length - 1))
        let to = normal(end ?? (step >= 0 ? length : -length - 1))
        if step >= 0 {
            let lower = min(max(from, 0), length)
            return (lower, lower, min(max(to, 0), length))
        }
        let upper = min(max(from, -1), length - 1)
        return (upper, min(max(to, -1), length - 1) + 1, upper + 1)
    }
}

/// What a filter asks of a node (section 2.3.5).
indirect enum PathCondition: Sendable, Hashable {
    case any([PathCondition])
    case all([PathCondition])
    case not(PathCondition)
    case exists(PathQuery)
    case comparison(PathOperand, PathComparison, PathOperand)
    case pattern(PathPattern)
}

enum PathComparison: String, Sendable, Hashable, CaseIterable {
    // In the order in which they are tried: the longer ones first.
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
}

/// An expression of `ValueType` (section 2.4.1).
indirect enum PathOperand: Sendable, Hashable {
    case literal(PathLiteral)
    /// A singular query.
    case query(PathQuery)
    case length(PathOperand)
    case count(PathQuery)
    case value(PathQuery)
}

enum PathLiteral: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case text(PathText)
}

/// `match` and `search` (sections 2.4.6 and 2.4.7).
struct PathPattern: Sendable, Hashable {
    let subject: PathOperand
    let pattern: PathOperand
    /// Whether the whole of the subject must match.
    let isWhole: Bool
    /// A pattern that stands in the query; nil for one that is no I-Regexp, and for one that comes from the document.
    let compiled: IRegexp?

    init(subject: PathOperand, pattern: PathOperand, isWhole: Bool) {
        self.subject = subject
        self.pattern = pattern
        self.isWhole = isWhole
        if case .literal(.text(let text)) = pattern { compiled = IRegexp(text.bytes) } else { compiled = nil }
    }
}
