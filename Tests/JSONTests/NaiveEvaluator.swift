import Primitives

/// A query as a tree, with the plainest evaluation there is: lists of nodes, recursion, no bounds.
struct NaiveQuery: CustomStringConvertible {
    var isRelative = false
    var segments: [(isDescendant: Bool, selectors: [NaiveSelector])]

    var description: String {
        let segments = segments.map { segment in
            (segment.isDescendant ? ".." : "") + "[\(segment.selectors.map(\.text).joined(separator: ","))]"
        }
        return (isRelative ? "@" : "$") + segments.joined()
    }

    func nodes(_ root: NaiveNode, _ current: NaiveNode) -> [NaiveNode] {
        var nodes = [isRelative ? current : root]
        for (isDescendant, selectors) in segments {
            nodes = nodes.flatMap { node in
                (isDescendant ? node.withDescendants : [node]).flatMap { node in
                    selectors.flatMap { $0.select(node, root) }
                }
            }
        }
        return nodes
    }
}

/// A value with its normalized path, for names without escapes.
struct NaiveNode {
    let value: Tree
    let path: String

    var children: [NaiveNode] {
        switch value {
        case .array(let elements):
            elements.enumerated().map { NaiveNode(value: $0.element, path: path + "[\($0.offset)]") }
        case .object(let members): members.map { NaiveNode(value: $0.value, path: path + "['\($0.name)']") }
        default: []
        }
    }

    var withDescendants: [NaiveNode] { [self] + children.flatMap(\.withDescendants) }
}

enum NaiveSelector {
    case name(String)
    case index(Int)
    case slice(Int?, Int?, Int?)
    case wildcard
    case filter(NaiveCondition)

    var text: String {
        switch self {
        case .name(let name): "'\(name)'"
        case .index(let index): "\(index)"
        case .slice(let start, let end, let step):
            "\(start.map { "\($0)" } ?? ""):\(end.map { "\($0)" } ?? "")" + (step.map { ":\($0)" } ?? "")
        case .wildcard: "*"
        case .filter(let condition): "?\(condition.text)"
        }
    }

    func select(_ node: NaiveNode, _ root: NaiveNode) -> [NaiveNode] {
        let children = node.children
        var elements: [NaiveNode] = []
        if case .array = node.value { elements = children }
        switch self {
        case .name(let name): return children.filter { $0.path == node.path + "['\(name)']" }
        case .index(let index):
            let place = index < 0 ? elements.count + index : index
            return elements.indices.contains(place) ? [elements[place]] : []
        case .wildcard: return children
        case .filter(let condition): return children.filter { condition.holds($0, root) }
        case .slice(let start, let end, let step):
            let step = step ?? 1
            func place(_ index: Int) -> Int { index < 0 ? elements.count + index : index }
            // The pseudocode of RFC 9535, section 2.3.4.2.2, with an index for each step.
            if step > 0 {
                let from = max(start.map(place) ?? 0, 0)
                let to = min(end.map(place) ?? elements.count, elements.count)
                return stride(from: from, to: to, by: step).map { elements[$0] }
            }
            if step == 0 { return [] }
            let from = min(start.map(place) ?? elements.count - 1, elements.count - 1)
            let to = max(end.map(place) ?? -1, -1)
            return stride(from: from, to: to, by: step).map { elements[$0] }
        }
    }
}

indirect enum NaiveCondition {
    case exists(NaiveQuery)
    case not(NaiveCondition)
    case both(NaiveCondition, NaiveCondition)
    case either(NaiveCondition, NaiveCondition)
    case compare(NaiveOperand, String, NaiveOperand)

    var text: String {
        switch self {
        case .exists(let query): "\(query)"
        case .not(let condition): "!(\(condition.text))"
        case .both(let left, let right): "(\(left.text)) && (\(right.text))"
        case .either(let left, let right): "(\(left.text) || \(right.text))"
        case .compare(let left, let sign, let right): "\(left.text) \(sign) \(right.text)"
        }
    }

    func holds(_ node: NaiveNode, _ root: NaiveNode) -> Bool {
        switch self {
        case .exists(let query): return !query.nodes(root, node).isEmpty
        case .not(let condition): return !condition.holds(node, root)
        case .both(let left, let right): return left.holds(node, root) && right.holds(node, root)
        case .either(let left, let right): return left.holds(node, root) || right.holds(node, root)
        case .compare(let left, let sign, let right):
            let (left, right) = (left.value(node, root), right.value(node, root))
            switch sign {
            case "==": return Self.isEqual(left, right)
            case "!=": return !Self.isEqual(left, right)
            case "<": return Self.isLess(left, right)
            case ">": return Self.isLess(right, left)
            case "<=": return Self.isLess(left, right) || Self.isEqual(left, right)
            default: return Self.isLess(right, left) || Self.isEqual(left, right)
            }
        }
    }

    private static func number(_ value: Tree) -> Double? {
        switch value {
        case .integer(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    private static func isLess(_ left: Tree?, _ right: Tree?) -> Bool {
        guard let left, let right else { return false }
        if let left = number(left), let right = number(right) { return left < right }
        if case (.string(let left), .string(let right)) = (left, right) {
            return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        }
        return false
    }

    private static func isEqual(_ left: Tree?, _ right: Tree?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        if let left = number(left), let right = number(right) { return left == right }
        switch (left, right) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { isEqual($0, $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { member in
                    right.contains { $0.name == member.name && isEqual($0.value, member.value) }
                }
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return left == right
        default: return false
        }
    }
}

indirect enum NaiveOperand {
    case literal(String, Tree)
    case query(NaiveQuery)
    case count(NaiveQuery)
    case value(NaiveQuery)
    case length(NaiveOperand)

    var text: String {
        switch self {
        case .literal(let text, _): text
        case .query(let query): "\(query)"
        case .count(let query): "count(\(query))"
        case .value(let query): "value(\(query))"
        case .length(let operand): "length(\(operand.text))"
        }
    }

    func value(_ node: NaiveNode, _ root: NaiveNode) -> Tree? {
        switch self {
        case .literal(_, let value): return value
        case .query(let query): return query.nodes(root, node).first?.value
        case .count(let query): return .integer(Int64(query.nodes(root, node).count))
        case .value(let query):
            let nodes = query.nodes(root, node)
            return nodes.count == 1 ? nodes[0].value : nil
        case .length(let operand):
            switch operand.value(node, root) {
            case .string(let text): return .integer(Int64(text.unicodeScalars.count))
            case .array(let elements): return .integer(Int64(elements.count))
            case .object(let members): return .integer(Int64(members.count))
            default: return nil
            }
        }
    }
}
