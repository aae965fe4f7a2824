/// Reads a query: the grammar of RFC 9535, appendix A. Conditions are in PathConditionParser.swift, what stands between
/// blanks and punctuation in PathTokens.swift.
struct PathParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    /// The conditions and functions that are open.
    private var nesting = 0
    private var segmentCount = 0
    /// Where the last query read has a blank inside of brackets, which singular queries of comparisons do not allow.
    private(set) var blankInBrackets: Int?
    /// The first thing that a `SimplePath` cannot say.
    private(set) var notSimple: PathSyntaxError?

    /// What keeps time and stack bounded, of the parser and of evaluation.
    static let (maximumLength, maximumSegments, maximumNesting) = (16_384, 1000, 64)

    init(_ text: String) {
        scalars = Array(text.unicodeScalars.prefix(Self.maximumLength + 1))
    }

    /// Reads the whole text.
    mutating func parse() throws(PathSyntaxError) -> PathQuery {
        guard scalars.count <= Self.maximumLength else {
            position = Self.maximumLength
            throw error("the end of the path: at most \(Self.maximumLength) characters")
        }
        guard take("$") else { throw error("'$', the root of the document") }
        let query = try query(.document)
        guard position == scalars.count else { throw error("'.', '[' or the end of the path") }
        return query
    }

    // MARK: Segments

    /// Reads what stands behind the root.
    mutating func query(_ root: PathQuery.Root) throws(PathSyntaxError) -> PathQuery {
        var segments: [PathSegment] = []
        blankInBrackets = nil
        while true {
            let end = position
            skipBlanks()
            guard let segment = try segment() else {
                position = end
                return PathQuery(root, segments)
            }
            segments.append(segment)
        }
    }

    private mutating func segment() throws(PathSyntaxError) -> PathSegment? {
        guard current == "." || current == "[" else { return nil }
        segmentCount += 1
        guard segmentCount <= Self.maximumSegments else { throw error("at most \(Self.maximumSegments) segments") }
        if take("[") { return PathSegment(try bracketed()) }
        position += 1
        guard current == "." else { return PathSegment([try shorthand()]) }
        noteNotSimple()
        position += 1
        return PathSegment(isDescendant: true, take("[") ? try bracketed() : [try shorthand()])
    }

    private mutating func shorthand() throws(PathSyntaxError) -> PathSelector {
        if take("*") { return .wildcard }
        guard let first = current, PathGrammar.startsName(first) else {
            throw error("a name that starts with a letter or '_', or '*'; other names stand in brackets and quotes")
        }
        var name = String.UnicodeScalarView()
        while let scalar = current, PathGrammar.continuesName(scalar) {
            name.append(scalar)
            position += 1
        }
        return .member(PathText(String(name)))
    }

    /// Reads what stands behind an opening bracket.
    private mutating func bracketed() throws(PathSyntaxError) -> [PathSelector] {
        var selectors: [PathSelector] = []
        var blank: Int?
        while true {
            let start = position
            skipBlanks()
            if position > start { blank = blank ?? start }
            let selector = try selector()
            selectors.append(selector)
            let end = position
            skipBlanks()
            if position > end { blank = blank ?? end }
            if current == "," {
                noteNotSimple()
                position += 1
            } else if take("]") {
                blankInBrackets = blankInBrackets ?? blank
                return selectors
            } else if case .filter = selector {
                throw error("'&&', '||', ',' or ']'")
            } else {
                throw error("',' or ']' after a selector")
            }
        }
    }

    // MARK: Selectors

    private mutating func selector() throws(PathSyntaxError) -> PathSelector {
        switch current {
        case "*":
            position += 1
            return .wildcard
        case "'", "\"":
            return .member(PathText(try quoted()))
        case "?":
            noteNotSimple()
            position += 1
            skipBlanks()
            return .filter(try condition())
        case ":", "-":
            return try indexOrSlice()
        case let digit? where PathGrammar.isDigit(digit):
            return try indexOrSlice()
        default:
            throw error("a name in quotes, an index, a slice such as 1:3, a filter that starts with '?', or '*'")
        }
    }

    private mutating func indexOrSlice() throws(PathSyntaxError) -> PathSelector {
        let beginning = position
        let start = current == ":" ? nil : try integer()
        let end = position
        skipBlanks()
        guard current == ":" else {
            if let start, start < 0 { noteNotSimple(at: beginning) }
            position = end
            return .index(start ?? 0)
        }
        noteNotSimple()
        position += 1
        var slice = PathSlice(start: start)
        skipBlanks()
        if startsInteger { slice.end = try integer() }
        skipBlanks()
        guard take(":") else { return .slice(slice) }
        skipBlanks()
        if startsInteger { slice.step = try integer() }
        return .slice(slice)
    }

    private var startsInteger: Bool {
        guard let current else { return false }
        return current == "-" || PathGrammar.isDigit(current)
    }

    // MARK: Bounds

    /// Counts a condition or function that opens; whoever calls it counts it out again.
    mutating func enter() throws(PathSyntaxError) {
        guard nesting < Self.maximumNesting else { throw error("at most \(Self.maximumNesting) levels of nesting") }
        nesting += 1
    }

    mutating func leave() { nesting -= 1 }

    private mutating func noteNotSimple(at place: Int? = nil) {
        guard notSimple == nil else { return }
        notSimple = PathSyntaxError(
            position: place ?? position,
            expected: "one name, index from 0 or '*' at each step: a path for this use has no filters, slices, lists, "
                + "descendants or indexes from the end")
    }
}
