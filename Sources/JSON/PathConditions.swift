/// Filters and their functions (RFC 9535, sections 2.3.5 and 2.4).
extension PathEvaluator {
    /// Whether a condition holds for a node.
    func holds(_ condition: PathCondition, _ current: Int) throws(JSONError) -> Bool {
        switch condition {
        case .any(let conditions):
            for condition in conditions where try holds(condition, current) { return true }
            return false
        case .all(let conditions):
            for condition in conditions where !(try holds(condition, current)) { return false }
            return true
        case .not(let condition): return !(try holds(condition, current))
        case .exists(let query):
            if query.isSingular { return try find(query, current: current) != nil }
            // It ends early only where there is a node.
            return !(try visit(query, current: current) { _ in false })
        case .comparison(let left, let comparison, let right):
            return try holds(try value(left, current), comparison, try value(right, current))
        case .pattern(let pattern): return try matches(pattern, current)
        }
    }

    /// What an operand is worth.
    func value(_ operand: PathOperand, _ current: Int) throws(JSONError) -> PathValue {
        switch operand {
        case .literal(let literal): return PathValue(literal)
        case .query(let query):
            guard let place = try find(query, current: current) else { return .nothing }
            return PathValue(tape, place)
        case .length(let operand): return try length(try value(operand, current))
        case .count(let query):
            var count: Int64 = 0
            try visit(query, current: current) { _ in
                count += 1
                return true
            }
            return .number(.integer(count))
        case .value(let query):
            var only: Int?
            let isOnly = try visit(query, current: current) { node in
                guard only == nil else { return false }
                only = node.place
                return true
            }
            guard isOnly, let only else { return .nothing }
            return PathValue(tape, only)
        }
    }

    /// The Unicode scalars of a string, or the children of an array or object.
    private func length(_ value: PathValue) throws(JSONError) -> PathValue {
        switch value {
        case .text(let text):
            try spend(text.count / 16)
            // Each scalar has one byte that does not go on with another one.
            return .number(.integer(text.reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) }))
        case .container(let place): return .number(.integer(Int64(tape.childCount(place))))
        default: return .nothing
        }
    }

    private func matches(_ test: PathPattern, _ current: Int) throws(JSONError) -> Bool {
        guard case .text(let subject) = try value(test.subject, current) else { return false }
        var regexp = test.compiled
        if regexp == nil {
            if case .literal = test.pattern { return false }
            guard case .text(let pattern) = try value(test.pattern, current) else { return false }
            regexp = try compiled(pattern)
        }
        guard let regexp else { return false }
        return try matcher.matches(regexp, subject, isWhole: test.isWhole) { (steps) throws(JSONError) in
            try spend(steps)
        }
    }
}
