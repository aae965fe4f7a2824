/// Runs programs of I-Regexp, with memory that it reuses.
struct IRegexpMatcher {
    /// The places of the program that wait for a scalar, now and at the next position of the text.
    private var current: [Int] = []
    private var next: [Int] = []
    /// The places that are still to be followed at this position.
    private var pending: [Int] = []
    /// For each place of the program the round in which it was last reached, so that each is followed once a position.
    private var reached: [UInt32] = []
    private var round: UInt32 = 0
    private var accepts = false

    /// Whether a text matches.
    /// - Parameters:
    ///   - text: UTF-8.
    ///   - isWhole: whether all of the text must match, or any part of it may.
    ///   - spend: is told of the steps taken, and may end it.
    mutating func matches(
        _ regexp: IRegexp, _ text: UnsafeRawBufferPointer, isWhole: Bool,
        spend: (Int) throws(JSONError) -> Void
    ) throws(JSONError) -> Bool {
        let (program, sets) = (regexp.program, regexp.sets)
        if reached.count < program.count { reached += Array(repeating: 0, count: program.count - reached.count) }
        current.removeAll(keepingCapacity: true)
        next.removeAll(keepingCapacity: true)
        beginRound()
        var offset = 0
        var steps = follow(0, program, isAtStart: true, isAtEnd: text.isEmpty)
        while true {
            if accepts, !isWhole || offset == text.count { return true }
            swap(&current, &next)
            next.removeAll(keepingCapacity: true)
            guard offset < text.count, !current.isEmpty || !isWhole else { return false }
            try spend(steps + current.count)
            let (scalar, length) = Self.scalar(text, at: offset)
            offset += length
            beginRound()
            steps = 1
            for place in current {
                guard case .take(let set) = program[place], sets[set].contains(scalar) else { continue }
                steps += follow(place + 1, program, isAtStart: false, isAtEnd: offset == text.count)
            }
            if !isWhole { steps += follow(0, program, isAtStart: false, isAtEnd: offset == text.count) }
        }
    }

    private mutating func beginRound() {
        accepts = false
        if round == .max {
            reached = Array(repeating: 0, count: reached.count)
            round = 0
        }
        round += 1
    }

    /// Follows a place of the program to all that wait for a scalar, and returns the steps that this took.
    private mutating func follow(
        _ place: Int, _ program: [IRegexp.Instruction], isAtStart: Bool, isAtEnd: Bool
    ) -> Int {
        var steps = 0
        pending.append(place)
        while let place = pending.popLast() {
            if reached[place] == round { continue }
            reached[place] = round
            steps += 1
            switch program[place] {
            case .take: next.append(place)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .jump(let target): pending.append(target)
            case .start: if isAtStart { pending.append(place + 1) }
            case .end: if isAtEnd { pending.append(place + 1) }
            case .accept: accepts = true
            }
        }
        return steps
    }

    /// The scalar at an offset of valid UTF-8, and its bytes.
    private static func scalar(_ text: UnsafeRawBufferPointer, at offset: Int) -> (UInt32, Int) {
        let lead = text[offset]
        guard lead >= 0x80 else { return (UInt32(lead), 1) }
        let length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
        var value = UInt32(lead) & (0x7f >> UInt32(length))
        for index in 1..<length where offset + index < text.count {
            value = value << 6 | UInt32(text[offset + index] & 0x3f)
        }
        return (value, min(length, text.count - offset))
    }
}
