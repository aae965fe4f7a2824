/// A pattern as it was read.
indirect enum IRegexpNode {
    case set(ScalarSet)
    case start
    case end
    case sequence([IRegexpNode])
    case choice([IRegexpNode])
    case `repeat`(IRegexpNode, least: Int, most: Int?)
}

/// Reads a pattern: the grammar of RFC 9485, section 3.
///
/// `^` and `$` outside of brackets are the start and the end of the text, as in the engines to which the RFC maps
/// patterns (section 5) and as the compliance suite of JSONPath has it.
struct IRegexpParser {
    /// A pattern that is none, or exceeds a bound.
    struct Refusal: Error {}

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var nesting = 0

    private static let maximumNesting = 64
    /// Where counting stops; no program has room for as many repetitions.
    private static let maximumCount = 1_000_000

    init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
    }

    mutating func parse() throws(Refusal) -> IRegexpNode {
        let node = try choice()
        guard position == scalars.count else { throw Refusal() }
        return node
    }

    private mutating func choice() throws(Refusal) -> IRegexpNode {
        guard nesting < Self.maximumNesting else { throw Refusal() }
        nesting += 1
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        nesting -= 1
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func branch() throws(Refusal) -> IRegexpNode {
        var pieces: [IRegexpNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            let atom = try atom()
            pieces.append(try quantified(atom))
        }
        return .sequence(pieces)
    }

    // MARK: Atoms

    private mutating func atom() throws(Refusal) -> IRegexpNode {
        guard let scalar = current else { throw Refusal() }
        position += 1
        switch scalar {
        case "(":
            let node = try choice()
            guard take(")") else { throw Refusal() }
            return node
        case ".": return .set(.dot)
        case "^": return .start
        case "$": return .end
        case "[": return .set(try bracketed())
        case "\\":
            if let categories = try categoryEscape() { return .set(ScalarSet(categories: categories)) }
            return .set(ScalarSet(try singleEscape()))
        case "*", "+", "?", "{", "}", "]": throw Refusal()
        default: return .set(ScalarSet(scalar))
        }
    }

    /// Reads `\p{…}` or `\P{…}` behind its backslash; nil where another escape stands there.
    private mutating func categoryEscape() throws(Refusal) -> UInt32? {
        let isComplement = current == "P"
        guard current == "p" || isComplement else { return nil }
        position += 1
        guard take("{") else { throw Refusal() }
        var name = ""
        while let scalar = current, scalar != "}", name.count < 3 {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard take("}"), let categories = GeneralCategories.named(name) else { throw Refusal() }
        return isComplement ? GeneralCategories.all & ~categories : categories
    }

    private mutating func singleEscape() throws(Refusal) -> Unicode.Scalar {
        guard let scalar = current else { throw Refusal() }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "("..."+", "-", ".", "?", "["..."^", "{"..."}": return scalar
        default: throw Refusal()
        }
    }

    // MARK: Brackets

    /// Reads a class behind its opening bracket.
    private mutating func bracketed() throws(Refusal) -> ScalarSet {
        var set = ScalarSet()
        let isNegated = take("^")
        var isEmpty = true
        if take("-") {
            set.insert(0x2d...0x2d)
            isEmpty = false
        }
        while let scalar = current, scalar != "]" {
            isEmpty = false
            // A hyphen stands for itself at either end only.
            if take("-") {
                guard current == "]" else { throw Refusal() }
                set.insert(0x2d...0x2d)
            } else {
                try insertItem(into: &set)
            }
        }
        guard take("]"), !isEmpty else { throw Refusal() }
        set.complete(isNegated: isNegated)
        return set
    }

    private mutating func insertItem(into set: inout ScalarSet) throws(Refusal) {
        if take("\\") {
            if let categories = try categoryEscape() { return set.insert(categories: categories) }
            position -= 1
        }
        let first = try member().value
        guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return set.insert(first...first)
        }
        position += 1
        let last = try member().value
        guard first <= last else { throw Refusal() }
        set.insert(first...last)
    }

    private mutating func member() throws(Refusal) -> Unicode.Scalar {
        guard let scalar = current else { throw Refusal() }
        position += 1
        switch scalar {
        case "\\": return try singleEscape()
        case "[", "]", "-": throw Refusal()
        default: return scalar
        }
    }

    // MARK: Quantifiers

    private mutating func quantified(_ atom: IRegexpNode) throws(Refusal) -> IRegexpNode {
        if take("*") { return .repeat(atom, least: 0, most: nil) }
        if take("+") { return .repeat(atom, least: 1, most: nil) }
        if take("?") { return .repeat(atom, least: 0, most: 1) }
        guard take("{") else { return atom }
        let least = try count()
        var most: Int? = least
        if take(",") { most = current == "}" ? nil : try count() }
        guard take("}"), least <= most ?? .max else { throw Refusal() }
        return .repeat(atom, least: least, most: most)
    }

    private mutating func count() throws(Refusal) -> Int {
        let start = position
        var value = 0
        while let digit = current, PathGrammar.isDigit(digit) {
            value = min(value * 10 + Int(digit.value - 48), Self.maximumCount)
            position += 1
        }
        guard position > start else { throw Refusal() }
        return value
    }

    // MARK: Scalars

    private var current: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }
}
