/// Filters: the grammar of RFC 9535, sections 2.3.5 and 2.4, with the types of functions (section 2.4.3) checked on the
/// way.
extension PathParser {
    /// What may stand on a side of a comparison, alone, or as an argument; the types decide which of these it may.
    private enum Term {
        case literal(PathLiteral)
        case query(PathQuery, start: Int, blank: Int?)
        /// A function that gives a value.
        case value(PathOperand)
        /// A function that gives true or false.
        case logical(PathCondition, start: Int)
    }

    private static let functions = "count, length, match, search, value"

    // MARK: Operators

    /// Reads alternatives with `||`.
    mutating func condition() throws(PathSyntaxError) -> PathCondition {
        try enter()
        var alternatives = [try conjunction()]
        while takeOperator("||") { alternatives.append(try conjunction()) }
        leave()
        return alternatives.count == 1 ? alternatives[0] : .any(alternatives)
    }

    private mutating func conjunction() throws(PathSyntaxError) -> PathCondition {
        var parts = [try basic()]
        while takeOperator("&&") { parts.append(try basic()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func takeOperator(_ word: String) -> Bool {
        let end = position
        skipBlanks()
        guard take(word) else {
            position = end
            return false
        }
        skipBlanks()
        return true
    }

    private mutating func basic() throws(PathSyntaxError) -> PathCondition {
        guard take("!") else { return current == "(" ? try parenthesised() : try comparisonOrTest() }
        skipBlanks()
        if current == "(" { return .not(try parenthesised()) }
        return .not(try test(try term()))
    }

    private mutating func parenthesised() throws(PathSyntaxError) -> PathCondition {
        position += 1
        skipBlanks()
        let condition = try condition()
        skipBlanks()
        guard take(")") else { throw error("'&&', '||' or ')'") }
        return condition
    }

    // MARK: Comparisons and tests

    private mutating func comparisonOrTest() throws(PathSyntaxError) -> PathCondition {
        let left = try term()
        let end = position
        skipBlanks()
        guard let comparison = try comparison() else {
            position = end
            return try test(left)
        }
        let operand = try operand(left)
        skipBlanks()
        return .comparison(operand, comparison, try self.operand(try term()))
    }

    private mutating func comparison() throws(PathSyntaxError) -> PathComparison? {
        for comparison in PathComparison.allCases where take(comparison.rawValue) { return comparison }
        if current == "=" { throw error("'=='") }
        return nil
    }

    private func test(_ term: Term) throws(PathSyntaxError) -> PathCondition {
        switch term {
        case .query(let query, _, _): return .exists(query)
        case .logical(let condition, _): return condition
        case .literal: throw error("a comparison such as ==: a literal alone is no condition")
        case .value: throw error("a comparison such as ==: the function gives a value, not true or false")
        }
    }

    /// What is compared, or handed to a function that takes a value.
    private func operand(_ term: Term) throws(PathSyntaxError) -> PathOperand {
        switch term {
        case .literal(let literal): return .literal(literal)
        case .value(let operand): return operand
        case .query(let query, let start, let blank):
            guard query.isSingular else {
                throw PathSyntaxError(
                    position: start, expected: "a query for one value at most here: single names and indexes alone")
            }
            if let blank {
                throw PathSyntaxError(
                    position: blank, expected: "no blank inside the brackets of a query that stands for a value")
            }
            return .query(query)
        case .logical(_, let start):
            throw PathSyntaxError(
                position: start, expected: "a value here: the function gives true or false, and stands alone")
        }
    }

    // MARK: Terms

    private mutating func term() throws(PathSyntaxError) -> Term {
        let start = position
        switch current {
        case "@", "$":
            position += 1
            let query = try query(scalars[start] == "@" ? .current : .document)
            return .query(query, start: start, blank: blankInBrackets)
        case "'", "\"":
            return .literal(.text(PathText(try quoted())))
        case "-":
            return .literal(.number(try number()))
        case let scalar? where PathGrammar.isDigit(scalar):
            return .literal(.number(try number()))
        case let scalar? where ("a"..."z").contains(scalar):
            return try word()
        default:
            throw error("a query that starts with '@' or '$', a function, a number, a string, true, false or null")
        }
    }

    /// Reads a literal or a function that starts with a small letter.
    private mutating func word() throws(PathSyntaxError) -> Term {
        let start = position
        while let scalar = current, ("a"..."z").contains(scalar) || scalar == "_" || PathGrammar.isDigit(scalar) {
            position += 1
        }
        var name = ""
        name.unicodeScalars.append(contentsOf: scalars[start..<position])
        if take("(") { return try function(name, start) }
        switch name {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        case "count", "length", "match", "search", "value": throw error("'(' directly behind the name of a function")
        default:
            position = start
            throw error("true, false, null or a function: \(Self.functions)")
        }
    }

    private mutating func function(_ name: String, _ start: Int) throws(PathSyntaxError) -> Term {
        try enter()
        let term: Term
        switch name {
        case "length": term = .value(.length(try valueArgument()))
        case "count": term = .value(.count(try queryArgument()))
        case "value": term = .value(.value(try queryArgument()))
        case "match", "search":
            let subject = try valueArgument()
            guard take(",") else { throw error("',' and the pattern") }
            let pattern = PathPattern(subject: subject, pattern: try valueArgument(), isWhole: name == "match")
            term = .logical(.pattern(pattern), start: start)
        default:
            position = start
            throw error("a function that is known: \(Self.functions)")
        }
        guard take(")") else { throw error("')' behind the argument of \(name)") }
        leave()
        return term
    }

    private mutating func valueArgument() throws(PathSyntaxError) -> PathOperand {
        skipBlanks()
        let operand = try operand(try term())
        skipBlanks()
        return operand
    }

    private mutating func queryArgument() throws(PathSyntaxError) -> PathQuery {
        skipBlanks()
        let start = position
        guard case .query(let query, _, _) = try term() else {
            position = start
            throw error("a query that starts with '@' or '$'")
        }
        skipBlanks()
        return query
    }
}
