/// A path of members, indexes and wildcards into a JSON document: `$.a['b c'].d[0].e[*].f`, `$.groups.*`.
///
/// The text is a subset of RFC 9535: the root, then segments of one selector each, in shorthand or in brackets.
/// Filters, slices, lists, descendants and indexes from the end are not part of it; `JSONPath` has those.
public struct SimplePath: Sendable, Hashable {
    /// One step down from an object or an array.
    public enum Step: Sendable, Hashable {
        /// To the member of a name, after unescaping.
        case member(String)
        /// To the element at an index from 0.
        case index(Int)
        /// To every member of an object and every element of an array.
        case wildcard
    }

    /// The steps from the root; none is the root itself.
    public let steps: [Step]

    /// Makes a path of steps. A negative index matches nothing.
    public init(steps: [Step] = []) {
        self.steps = steps
    }

    /// Reads a path.
    /// - Throws: `PathSyntaxError` with the position and what was expected there, also for a query of RFC 9535 that is
    ///   more than a simple path.
    public init(_ text: String) throws(PathSyntaxError) {
        var parser = PathParser(text)
        let query = try parser.parse()
        if let error = parser.notSimple { throw error }
        steps = query.simpleSteps ?? []
    }

    /// The path one step further.
    public func appending(_ step: Step) -> SimplePath {
        SimplePath(steps: steps + [step])
    }

    /// The path followed by the steps of another one.
    public func appending(_ path: SimplePath) -> SimplePath {
        SimplePath(steps: steps + path.steps)
    }

    /// The path with a step in the place of its first wildcard, to say which of the values it means.
    public func replacingFirstWildcard(with step: Step) -> SimplePath {
        guard let place = steps.firstIndex(of: .wildcard) else { return self }
        var steps = steps
        steps[place] = step
        return SimplePath(steps: steps)
    }

    /// The number of wildcards; a path without one finds at most one value.
    public var wildcardCount: Int {
        steps.count { $0 == .wildcard }
    }
}

extension SimplePath: CustomStringConvertible {
    /// The path as RFC 9535 text that reads back as an equal path: shorthand where it is allowed, else a name in single
    /// quotes escaped as in a normalized path (RFC 9535, section 2.7), `[0]`, and `[*]`.
    public var description: String {
        var text = "$"
        for step in steps {
            switch step {
            case .member(let name) where PathGrammar.isShorthand(name): text += ".\(name)"
            case .member(let name): text += "['\(PathGrammar.escaped(name))']"
            case .index(let index): text += "[\(index)]"
            case .wildcard: text += "[*]"
            }
        }
        return text
    }
}
