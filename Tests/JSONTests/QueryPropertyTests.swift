import JSON
import Primitives
import Testing

@Suite struct QueryPropertyTests {
    /// Random queries find in random documents what the plainest evaluation finds, in its order.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func findsWhatThePlainEvaluationFinds(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed &+ 31)
        var found = 0
        for _ in 0..<10 {
            let root = NaiveNode(value: random.smallTree(depth: 4), path: "$")
            var writer = JSONWriter()
            try root.value.write(to: &writer)
            let document = Array(writer.bytes)
            for _ in 0..<10 {
                let query = random.query(depth: 2)
                let path = try JSONPath(query.description)
                let nodes = try select(path, in: document)
                let expected = query.nodes(root, root)
                found += nodes.count
                #expect(nodes.map(\.path) == expected.map(\.path), "seed \(seed), \(path), \(writer.count) bytes")
                #expect(nodes.map(\.json) == (try expected.map { try json($0.value) }), "seed \(seed), \(path)")
            }
        }
        #expect(found > 0)
    }

    private func json(_ tree: Tree) throws -> String {
        var writer = JSONWriter()
        try tree.write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension SplitMix64 {
    /// Values of which many are equal, so that comparisons are true now and then.
    mutating func smallTree(depth: Int) -> Tree {
        switch below(depth > 0 ? 9 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2, 3: .integer(Int64(below(4)))
        case 4: .double(Double(below(6)) / 2)
        case 5: .string(["", "a", "b", "ab", "é", "😀"][below(6)])
        case 6: .array((0..<below(5)).map { _ in smallTree(depth: depth - 1) })
        default:
            .object(["a", "b", "c", "d"].filter { _ in below(2) == 0 }.map { ($0, smallTree(depth: depth - 1)) })
        }
    }

    mutating func query(depth: Int, isRelative: Bool = false) -> NaiveQuery {
        NaiveQuery(
            isRelative: isRelative,
            segments: (0..<below(depth > 0 ? 4 : 3)).map { _ in
                (below(4) == 0, (0...(below(4) == 0 ? 1 : 0)).map { _ in selector(depth: depth) })
            })
    }

    private mutating func singular() -> NaiveQuery {
        NaiveQuery(
            isRelative: below(4) != 0,
            segments: (0..<below(3)).map { _ in
                (false, [below(2) == 0 ? .name(name()) : .index(below(4) - 1)])
            })
    }

    private mutating func name() -> String { ["a", "b", "c", "d"][below(4)] }

    private mutating func selector(depth: Int) -> NaiveSelector {
        switch below(depth > 0 ? 9 : 6) {
        case 0, 1: .name(name())
        case 2: .index(below(7) - 3)
        case 3:
            .slice(
                below(2) == 0 ? nil : below(9) - 4, below(2) == 0 ? nil : below(9) - 4,
                below(2) == 0 ? nil : below(7) - 3)
        case 4, 5: .wildcard
        default: .filter(condition(depth: depth - 1))
        }
    }

    private mutating func condition(depth: Int) -> NaiveCondition {
        switch below(depth > 0 ? 9 : 5) {
        case 0: .exists(query(depth: depth, isRelative: below(4) != 0))
        case 1, 2, 3, 4: .compare(operand(depth), ["==", "!=", "<", "<=", ">", ">="][below(6)], operand(depth))
        case 5: .not(condition(depth: depth - 1))
        case 6: .both(condition(depth: depth - 1), condition(depth: depth - 1))
        default: .either(condition(depth: depth - 1), condition(depth: depth - 1))
        }
    }

    private mutating func operand(_ depth: Int) -> NaiveOperand {
        switch below(8) {
        case 0: .literal("1", .integer(1))
        case 1: .literal("1.5", .double(1.5))
        case 2: .literal("'a'", .string("a"))
        case 3: [.literal("null", .null), .literal("true", .bool(true))][below(2)]
        case 4: .count(query(depth: max(depth - 1, 0), isRelative: true))
        case 5: .value(query(depth: max(depth - 1, 0), isRelative: true))
        case 6: .length(.query(singular()))
        default: .query(singular())
        }
    }
}
