import JSON
import Primitives

/// A JSON value as a tree, for comparing.
indirect enum Tree: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case array([Tree])
    case object([(name: String, value: Tree)])

    static func == (left: Tree, right: Tree) -> Bool {
        left.summary == right.summary
    }

    /// What `describe` says of the extracted value.
    var summary: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "integer \(value)"
        case .unsigned(let value): "unsigned \(value)"
        case .double(let value): "double \(value)"
        case .string(let value): "string \(value)"
        case .array(let elements): "array of \(elements.count)"
        case .object(let members): "object of \(members.count)"
        }
    }

    func write(to writer: inout JSONWriter) throws {
        switch self {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .unsigned(let value): writer.unsigned(value)
        case .double(let value): try writer.double(value)
        case .string(let value): writer.string(value)
        case .array(let elements):
            writer.beginArray()
            for element in elements { try element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for (name, value) in members {
                writer.key(name)
                try value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    /// Every value with its path, in document order.
    func walk(_ path: SimplePath, _ visit: (SimplePath, Tree) -> Void) {
        visit(path, self)
        switch self {
        case .array(let elements):
            for (index, element) in elements.enumerated() { element.walk(path.appending(.index(index)), visit) }
        case .object(let members):
            for (name, value) in members { value.walk(path.appending(.member(name)), visit) }
        default: break
        }
    }

    /// The plainest evaluation of a path: what `extract` must find, in document order.
    func find(
        _ steps: ArraySlice<SimplePath.Step>, element: Int? = nil, key: String? = nil,
        _ visit: (Tree, _ element: Int, _ key: String?) -> Void
    ) {
        guard let step = steps.first else { return visit(self, element ?? 0, key) }
        let rest = steps.dropFirst()
        switch (step, self) {
        case (.member(let name), .object(let members)):
            for member in members where Array(member.name.utf8) == Array(name.utf8) {
                member.value.find(rest, element: element, key: key, visit)
            }
        case (.index(let index), .array(let elements)) where elements.indices.contains(index):
            elements[index].find(rest, element: element, key: key, visit)
        case (.wildcard, .object(let members)):
            for (ordinal, member) in members.enumerated() {
                member.value.find(rest, element: element ?? ordinal, key: member.name, visit)
            }
        case (.wildcard, .array(let elements)):
            for (index, value) in elements.enumerated() {
                value.find(rest, element: element ?? index, key: nil, visit)
            }
        default: break
        }
    }
}

extension SplitMix64 {
    mutating func tree(depth: Int = 5) -> Tree {
        switch below(depth > 0 ? 12 : 8) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .integer(Int64(bitPattern: next()) >> Int64(below(64)))
        case 3: return .unsigned(next() | 1 << 63)
        case 4, 5: return .double(double())
        case 6, 7: return .string(text())
        case 8, 9: return .array((0..<below(6)).map { _ in tree(depth: depth - 1) })
        default:
            var names = Set<[UInt8]>()
            var members: [(name: String, value: Tree)] = []
            for _ in 0..<(below(20) == 0 ? 100 : below(8)) {
                let name = below(2) == 0 ? ["a", "b", "c", "id", "type"][below(5)] : text()
                if names.insert(Array(name.utf8)).inserted { members.append((name, tree(depth: depth - 2))) }
            }
            return .object(members)
        }
    }

    /// A finite double with a fraction or an exponent, so that it is not read back as an integer.
    mutating func double() -> Double {
        while true {
            let value = below(2) == 0 ? Double(bitPattern: next()) : Double(below(1_000_000)) / 64
            if value.isFinite, value != value.rounded() || value.magnitude >= 1e21 { return value }
        }
    }

    mutating func text() -> String {
        let scalars = ["a", "b", "\"", "\\", "\n", "\0", "\u{1f}", "é", "e\u{301}", "€", "😀", "\u{ffff}", " ", "/"]
        let repeated = below(4) == 0 ? String(repeating: "abcdefgh", count: 1 + below(3)) : ""
        return repeated + (0..<below(9)).map { _ in scalars[below(scalars.count)] }.joined()
    }

    mutating func mutate(_ bytes: inout [UInt8]) {
        let interesting = Array("{}[]\",:\\0-9eEu.tfn \u{0}\u{1f}".utf8) + [0x80, 0xc3, 0xed, 0xff]
        for _ in 0...below(3) where !bytes.isEmpty {
            let place = below(bytes.count)
            switch below(6) {
            case 0: bytes[place] ^= 1 << UInt8(below(8))
            case 1: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 2: bytes[place] = interesting[below(interesting.count)]
            case 3: bytes.insert(interesting[below(interesting.count)], at: place)
            case 4: bytes.remove(at: place)
            default: bytes.removeLast(min(bytes.count, below(8)))
            }
        }
    }
}
