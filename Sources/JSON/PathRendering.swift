import Primitives

// The text of a query as it would be written: it reads back as an equal query.

extension PathQuery {
    var text: String { (root == .document ? "$" : "@") + segments.map(\.text).joined() }

    /// The same query where what was the document is found at some steps of a larger one: that is what `$` means then,
    /// in filters too.
    func rebased(_ prefix: [PathSegment]) -> PathQuery {
        let segments = segments.map { $0.rebased(prefix) }
        return PathQuery(root, root == .document ? prefix + segments : segments)
    }
}

extension PathSegment {
    var text: String {
        let dots = isDescendant ? ".." : ""
        guard selectors.count == 1, case .member(let name) = selectors[0], PathGrammar.isShorthand(name.string) else {
            return dots + "[\(selectors.map(\.text).joined(separator: ","))]"
        }
        return (isDescendant ? ".." : ".") + name.string
    }

    func rebased(_ prefix: [PathSegment]) -> PathSegment {
        PathSegment(
            isDescendant: isDescendant,
            selectors.map { selector in
                guard case .filter(let condition) = selector else { return selector }
                return .filter(condition.rebased(prefix))
            })
    }
}

extension PathSelector {
    fileprivate var text: String {
        switch self {
        case .member(let name): "'\(PathGrammar.escaped(name.string))'"
        case .index(let index): "\(index)"
        case .wildcard: "*"
        case .slice(let slice):
            "\(slice.start.map { "\($0)" } ?? ""):\(slice.end.map { "\($0)" } ?? "")"
                + (slice.step == 1 ? "" : ":\(slice.step)")
        case .filter(let condition): "?\(condition.text)"
        }
    }
}

extension PathCondition {
    fileprivate var text: String {
        switch self {
        case .any(let conditions): conditions.map(\.grouped).joined(separator: " || ")
        case .all(let conditions): conditions.map(\.grouped).joined(separator: " && ")
        case .not(let condition): "!(\(condition.text))"
        case .exists(let query): query.text
        case .comparison(let left, let comparison, let right): "\(left.text) \(comparison.rawValue) \(right.text)"
        case .pattern(let test): "\(test.isWhole ? "match" : "search")(\(test.subject.text), \(test.pattern.text))"
        }
    }

    private var grouped: String {
        switch self {
        case .any, .all: "(\(text))"
        default: text
        }
    }

    fileprivate func rebased(_ prefix: [PathSegment]) -> PathCondition {
        switch self {
        case .any(let conditions): .any(conditions.map { $0.rebased(prefix) })
        case .all(let conditions): .all(conditions.map { $0.rebased(prefix) })
        case .not(let condition): .not(condition.rebased(prefix))
        case .exists(let query): .exists(query.rebased(prefix))
        case .comparison(let left, let comparison, let right):
            .comparison(left.rebased(prefix), comparison, right.rebased(prefix))
        case .pattern(let test):
            .pattern(test.rebased(prefix))
        }
    }
}

extension PathPattern {
    fileprivate func rebased(_ prefix: [PathSegment]) -> PathPattern {
        PathPattern(subject: subject.rebased(prefix), pattern: pattern.rebased(prefix), isWhole: isWhole)
    }
}

extension PathOperand {
    fileprivate var text: String {
        switch self {
        case .literal(let literal): literal.text
        case .query(let query): query.text
        case .length(let operand): "length(\(operand.text))"
        case .count(let query): "count(\(query.text))"
        case .value(let query): "value(\(query.text))"
        }
    }

    fileprivate func rebased(_ prefix: [PathSegment]) -> PathOperand {
        switch self {
        case .literal: self
        case .query(let query): .query(query.rebased(prefix))
        case .length(let operand): .length(operand.rebased(prefix))
        case .count(let query): .count(query.rebased(prefix))
        case .value(let query): .value(query.rebased(prefix))
        }
    }
}

extension PathLiteral {
    fileprivate var text: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .text(let text): return "'\(PathGrammar.escaped(text.string))'"
        case .number(.integer(let value)): return "\(value)"
        case .number(.unsigned(let value)): return "\(value)"
        case .number(.double(let value)):
            // Beyond the range of a double; see `PathParser.number`.
            guard value.isFinite else { return value < 0 ? "-1e999" : "1e999" }
            var buffer = ByteBuffer(capacity: 32)
            buffer.append(shortest: value)
            let text = buffer.text()
            // So that it is read as a double again.
            return text.allSatisfy { $0.isNumber || $0 == "-" } ? text + ".0" : text
        }
    }
}
