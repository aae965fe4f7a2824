/// What stands on a side of a comparison.
enum PathValue {
    /// No value at all, which is equal to itself alone.
    case nothing
    case null
    case bool(Bool)
    case number(JSONNumber)
    case text(UnsafeRawBufferPointer)
    /// An object or array, by its place.
    case container(Int)

    init(_ literal: PathLiteral) {
        switch literal {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = .number(value)
        case .text(let text): self = .text(text.bytes)
        }
    }

    init(_ tape: Tape, _ place: Int) {
        switch tape.kind(place) {
        case .null: self = .null
        case .true: self = .bool(true)
        case .false: self = .bool(false)
        case .string: self = .text(tape.text(place))
        case .object, .array: self = .container(place)
        case .integer, .unsigned, .double: self = tape.number(place).map { .number($0) } ?? .nothing
        }
    }
}

/// Comparisons (RFC 9535, section 2.3.5.2.2).
extension PathEvaluator {
    func holds(_ left: PathValue, _ comparison: PathComparison, _ right: PathValue) throws(JSONError) -> Bool {
        switch comparison {
        case .equal: return try isEqual(left, right)
        case .notEqual: return !(try isEqual(left, right))
        case .less: return try isLess(left, right)
        case .greater: return try isLess(right, left)
        case .atMost: return try isLess(left, right) ? true : try isEqual(left, right)
        case .atLeast: return try isLess(right, left) ? true : try isEqual(left, right)
        }
    }

    /// Whether two runs of bytes are the same: for UTF-8, whether the texts have the same Unicode scalars.
    static func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }

    private func isEqual(_ left: PathValue, _ right: PathValue) throws(JSONError) -> Bool {
        switch (left, right) {
        case (.nothing, .nothing), (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.number(let left), .number(let right)): return left.isEqual(right)
        case (.text(let left), .text(let right)):
            try spend(min(left.count, right.count) / 16)
            return Self.isEqual(left, right)
        case (.container(let left), .container(let right)): return try areEqual(left, right)
        default: return false
        }
    }

    /// Numbers and texts have an order; bytes of UTF-8 have that of the Unicode scalars.
    private func isLess(_ left: PathValue, _ right: PathValue) throws(JSONError) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): return left.isLess(right)
        case (.text(let left), .text(let right)):
            try spend(min(left.count, right.count) / 16)
            return left.lexicographicallyPrecedes(right)
        default: return false
        }
    }

    // MARK: Objects and arrays

    private func areEqual(_ left: Int, _ right: Int) throws(JSONError) -> Bool {
        var pairs = [(left, right)]
        while let (left, right) = pairs.popLast() {
            try spend(1)
            guard left != right else { continue }
            guard tape.isContainer(left), tape.isContainer(right) else {
                guard try isEqual(PathValue(tape, left), PathValue(tape, right)) else { return false }
                continue
            }
            guard tape.type(left) == tape.type(right), tape.childCount(left) == tape.childCount(right) else {
                return false
            }
            if tape.isObject(left) {
                guard try pairMembers(of: left, and: right, into: &pairs) else { return false }
            } else {
                for (left, right) in zip(tape.children(of: left), tape.children(of: right)) {
                    try spend(1)
                    pairs.append((left.place, right.place))
                }
            }
        }
        return true
    }

    /// Adds the values of the members of one name; false where one object lacks a name of the other.
    private func pairMembers(
        of left: Int, and right: Int, into pairs: inout [(Int, Int)]
    ) throws(JSONError) -> Bool {
        // Members mostly stand in the same order: the search goes on where the last one ended.
        var next = tape.children(of: right)
        for member in tape.children(of: left) {
            let name = tape.text(member.key)
            var found: Int?
            for _ in 0..<2 where found == nil {
                while let candidate = next.next() {
                    try spend(1)
                    guard Self.isEqual(tape.text(candidate.key), name) else { continue }
                    found = candidate.place
                    break
                }
                if found == nil { next = tape.children(of: right) }
            }
            guard let found else { return false }
            pairs.append((member.place, found))
        }
        return true
    }
}
