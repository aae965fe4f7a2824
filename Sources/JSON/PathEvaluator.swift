/// A node that a query selects, and what its segments chose on the way.
struct PathNode {
    /// Where the value stands on the tape.
    var place: Int
    /// What the first segment that may select several nodes chose; see `ExtractedValue.element`.
    var element: UInt32 = 0
    /// The place of the name of the member that the last such segment chose; 0 where it chose an element.
    var key = 0
}

/// Evaluates queries over a tape (RFC 9535, sections 2.3 and 2.5), depth first, so that no list of nodes is held.
///
/// A segment leads at least one level down: calls are nested no deeper than the document, nor than the query is long.
final class PathEvaluator {
    /// Receives a node; false ends the evaluation.
    typealias Visitor = (PathNode) throws(JSONError) -> Bool

    private(set) var tape: Tape
    private let maximumSteps: Int
    private var stepsLeft = 0
    var matcher = IRegexpMatcher()
    /// The last pattern that came from a document and what it was compiled to, since many nodes mostly share one.
    private var lastPattern: (text: [UInt8], regexp: IRegexp?)?

    init(_ tape: Tape, maximumSteps: Int) {
        self.tape = tape
        self.maximumSteps = maximumSteps
    }

    /// Turns to a document; the steps count anew.
    func begin(_ tape: Tape) {
        self.tape = tape
        stepsLeft = maximumSteps
    }

    /// Counts steps: a node looked at, or about as much work.
    func spend(_ steps: Int) throws(JSONError) {
        stepsLeft -= steps
        guard stepsLeft >= 0 else {
            throw JSONError(
                code: .tooManySteps, offset: nil,
                expected: "at most \(maximumSteps) steps of queries over the document; a narrower query takes fewer")
        }
    }

    /// Compiles a pattern of the document; nil for one that is no I-Regexp or exceeds a bound.
    func compiled(_ pattern: UnsafeRawBufferPointer) throws(JSONError) -> IRegexp? {
        if let lastPattern, pattern.elementsEqual(lastPattern.text) { return lastPattern.regexp }
        guard pattern.count <= IRegexp.maximumBytes else { return nil }
        // About what the longest program takes to be made.
        try spend(IRegexp.maximumInstructions)
        let regexp = IRegexp(pattern)
        lastPattern = (Array(pattern), regexp)
        return regexp
    }

    // MARK: Queries

    /// Hands the nodes that a query selects to a visitor, in the order of the RFC.
    /// - Parameter current: the node that `@` stands for.
    /// - Returns: whether the visitor wanted all of them.
    @discardableResult
    func visit(_ query: PathQuery, current: Int, _ visitor: Visitor) throws(JSONError) -> Bool {
        let start = PathNode(place: query.root == .document ? Tape.root : current)
        return try visit(query, from: 0, start, visitor)
    }

    private func visit(
        _ query: PathQuery, from index: Int, _ node: PathNode, _ visitor: Visitor
    ) throws(JSONError) -> Bool {
        guard index < query.segments.count else { return try visitor(node) }
        let step = Step(segment: query.segments[index], node: node, isFirstPlural: query.firstPlural == index)
        func goOn(_ node: PathNode) throws(JSONError) -> Bool {
            try visit(query, from: index + 1, node, visitor)
        }
        guard step.segment.isDescendant else { return try select(step, at: node.place, goOn) }
        // Every opening bracket behind that of a container and before its end is a descendant's, parents first.
        let end = tape.end(of: node.place)
        var place = node.place
        while place < end {
            try spend(1)
            if tape.isContainer(place), !(try select(step, at: place, goOn)) { return false }
            place = tape.wordAfter(place)
        }
        return true
    }

    /// The place that a singular query finds; nil where there is none.
    func find(_ query: PathQuery, current: Int) throws(JSONError) -> Int? {
        var place = query.root == .document ? Tape.root : current
        for segment in query.segments {
            let child: Tape.Child?
            switch segment.selectors.first {
            case .member(let name): child = try member(name, of: place)
            case .index(let index): child = try element(index, of: place)
            default: child = nil
            }
            guard let child else { return nil }
            place = child.place
        }
        return place
    }

    // MARK: Selectors

    /// A segment on its way from a node.
    private struct Step {
        let segment: PathSegment
        let node: PathNode
        /// Whether this is the segment that `element` tells of.
        let isFirstPlural: Bool

        func node(_ child: Tape.Child) -> PathNode {
            if segment.isSingular { return PathNode(place: child.place, element: node.element, key: node.key) }
            let choice = segment.isDescendant ? child.place : child.ordinal
            return PathNode(
                place: child.place, element: isFirstPlural ? UInt32(choice) : node.element, key: child.key)
        }
    }

    private func select(_ step: Step, at place: Int, _ visitor: Visitor) throws(JSONError) -> Bool {
        for selector in step.segment.selectors {
            switch selector {
            case .member(let name):
                guard let child = try member(name, of: place) else { continue }
                guard try visitor(step.node(child)) else { return false }
            case .index(let index):
                guard let child = try element(index, of: place) else { continue }
                guard try visitor(step.node(child)) else { return false }
            case .wildcard:
                for child in tape.children(of: place) {
                    try spend(1)
                    guard try visitor(step.node(child)) else { return false }
                }
            case .slice(let slice):
                guard try select(slice, step, at: place, visitor) else { return false }
            case .filter(let condition):
                for child in tape.children(of: place) {
                    try spend(1)
                    guard try holds(condition, child.place) else { continue }
                    guard try visitor(step.node(child)) else { return false }
                }
            }
        }
        return true
    }

    private func select(
        _ slice: PathSlice, _ step: Step, at place: Int, _ visitor: Visitor
    ) throws(JSONError) -> Bool {
        guard tape.kind(place) == .array, slice.step != 0 else { return true }
        let (first, lower, upper) = slice.bounds(tape.childCount(place))
        var chosen: [Tape.Child] = []
        for child in tape.children(of: place) {
            guard child.ordinal < upper else { break }
            try spend(1)
            guard child.ordinal >= lower, (child.ordinal - first) % slice.step == 0 else { continue }
            if slice.step < 0 {
                chosen.append(child)
            } else if !(try visitor(step.node(child))) {
                return false
            }
        }
        // Only from the start can an array be walked, so that a way back has to be remembered.
        for child in chosen.reversed() {
            guard try visitor(step.node(child)) else { return false }
        }
        return true
    }

    private func member(_ name: PathText, of place: Int) throws(JSONError) -> Tape.Child? {
        guard tape.isObject(place) else { return nil }
        for child in tape.children(of: place) {
            try spend(1)
            if Self.isEqual(tape.text(child.key), name.bytes) { return child }
        }
        return nil
    }

    private func element(_ index: Int, of place: Int) throws(JSONError) -> Tape.Child? {
        guard tape.kind(place) == .array else { return nil }
        let ordinal = index >= 0 ? index : tape.childCount(place) + index
        guard ordinal >= 0 else { return nil }
        for child in tape.children(of: place) {
            try spend(1)
            if child.ordinal == ordinal { return child }
        }
        return nil
    }
}
