/// A regular expression of RFC 9485 (I-Regexp), compiled to a program of a virtual machine.
///
/// The program is run for all ways through it at once (K. Thompson, "Regular expression search algorithm", 1968), so
/// that the time for a text is at most its length times that of the program, whatever the pattern.
final class IRegexp: Sendable, Hashable {
    enum Instruction: Sendable {
        /// Takes a scalar of a set.
        case take(Int)
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        /// Goes on at the start, or the end, of the text.
        case start, end
        case accept
    }

    /// Bounds: bytes of a pattern, and instructions once repetitions are written out.
    static let (maximumBytes, maximumInstructions) = (4096, 4096)

    let program: [Instruction]
    let sets: [ScalarSet]
    private let pattern: [UInt8]

    /// Compiles a pattern; nil for one that is no I-Regexp or exceeds a bound.
    init?(_ pattern: UnsafeRawBufferPointer) {
        guard pattern.count <= Self.maximumBytes,
            let compiled = try? IRegexpCompiler(String(decoding: pattern, as: UTF8.self))
        else { return nil }
        self.pattern = Array(pattern)
        program = compiled.program
        sets = compiled.sets
    }

    static func == (left: IRegexp, right: IRegexp) -> Bool { left.pattern == right.pattern }

    func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}

private struct IRegexpCompiler {
    typealias Refusal = IRegexpParser.Refusal

    private(set) var program: [IRegexp.Instruction] = []
    private(set) var sets: [ScalarSet] = []

    init(_ pattern: String) throws(Refusal) {
        var parser = IRegexpParser(pattern)
        try emit(try parser.parse())
        try append(.accept)
    }

    private mutating func append(_ instruction: IRegexp.Instruction) throws(Refusal) {
        guard program.count < IRegexp.maximumInstructions else { throw Refusal() }
        program.append(instruction)
    }

    private mutating func emit(_ node: IRegexpNode) throws(Refusal) {
        switch node {
        case .set(let set):
            try append(.take(sets.count))
            sets.append(set)
        case .start: try append(.start)
        case .end: try append(.end)
        case .sequence(let pieces): for piece in pieces { try emit(piece) }
        case .choice(let branches): try emit(choice: branches)
        case .repeat(let node, let least, let most): try emit(node, least: least, most: most)
        }
    }

    private mutating func emit(choice branches: [IRegexpNode]) throws(Refusal) {
        var ends: [Int] = []
        for branch in branches.dropLast() {
            let split = program.count
            try append(.accept)
            try emit(branch)
            ends.append(program.count)
            try append(.accept)
            program[split] = .split(split + 1, program.count)
        }
        if let last = branches.last { try emit(last) }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func emit(_ node: IRegexpNode, least: Int, most: Int?) throws(Refusal) {
        for _ in 0..<least {
            let start = program.count
            try emit(node)
            // However often nothing is repeated, it is nothing.
            if program.count == start { return }
        }
        guard let most else {
            let split = program.count
            try append(.accept)
            try emit(node)
            try append(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(program.count)
            try append(.accept)
            try emit(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }
}
