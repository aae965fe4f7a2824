import CSimdJSON

/// A parsed document as simdjson leaves it (doc/tape.md of simdjson): a word for each value with its type in the
/// highest byte, numbers in a second word, brackets with the place of their partner. A value is named by its place on
/// the tape.
///
/// Valid until its parser is used again.
struct Tape {
    /// The place of the document.
    static let root = 1

    private let words: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>

    private static let (object, array) = (UInt8(ascii: "{"), UInt8(ascii: "["))
    /// simdjson counts members in 24 bits and stops at the highest number.
    private static let saturatedCount = 0xff_ffff

    init(_ tape: csj_tape) {
        words = tape.words
        strings = tape.strings
    }

    // MARK: Values

    /// The type of a word: `{ } [ ] " l u d t f n`.
    func type(_ place: Int) -> UInt8 { UInt8(words[place] >> 56) }

    func isObject(_ place: Int) -> Bool { type(place) == Self.object }

    func isContainer(_ place: Int) -> Bool { isObject(place) || type(place) == Self.array }

    /// The place behind a value.
    func end(of place: Int) -> Int {
        isContainer(place) ? Int(UInt32(truncatingIfNeeded: words[place])) : wordAfter(place)
    }

    /// The next place with a type.
    func wordAfter(_ place: Int) -> Int {
        switch type(place) {
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): place + 2
        default: place + 1
        }
    }

    func kind(_ place: Int) -> ExtractedValue.Kind {
        switch type(place) {
        case Self.object: .object
        case Self.array: .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "l"): .integer
        case UInt8(ascii: "u"): .unsigned
        case UInt8(ascii: "d"): .double
        case UInt8(ascii: "t"): .true
        case UInt8(ascii: "f"): .false
        default: .null
        }
    }

    /// The unescaped bytes of a string: a length of four bytes, then the bytes.
    func text(_ place: Int) -> UnsafeRawBufferPointer {
        let start = UnsafeRawPointer(strings + Int(words[place] & 0xff_ffff_ffff_ffff))
        return UnsafeRawBufferPointer(start: start + 4, count: Int(start.loadUnaligned(as: UInt32.self)))
    }

    /// The bits of a number.
    func bits(_ place: Int) -> UInt64 { words[place + 1] }

    func number(_ place: Int) -> JSONNumber? {
        switch kind(place) {
        case .integer: .integer(Int64(bitPattern: bits(place)))
        case .unsigned: .unsigned(bits(place))
        case .double: .double(Double(bitPattern: bits(place)))
        default: nil
        }
    }

    /// The members or elements of an object or array, up to 16,777,215.
    func countedChildren(_ place: Int) -> Int { Int(words[place] >> 32) & Self.saturatedCount }

    /// The same however many they are, which takes a walk over that many.
    func childCount(_ place: Int) -> Int {
        let count = countedChildren(place)
        return count < Self.saturatedCount ? count : children(of: place).reduce(0) { count, _ in count + 1 }
    }

    /// The value as a plan gives it.
    func value(of node: PathNode, slot: Int) -> csj_value {
        var value = csj_value()
        value.slot = UInt32(slot)
        value.kind = UInt32(kind(node.place).rawValue)
        value.element = node.element
        switch kind(node.place) {
        case .string:
            let text = text(node.place)
            value.text = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
            value.text_length = UInt32(text.count)
        case .integer, .unsigned, .double: value.bits = bits(node.place)
        case .object, .array: value.bits = UInt64(countedChildren(node.place))
        default: break
        }
        if node.key != 0 {
            let key = text(node.key)
            value.key = key.baseAddress?.assumingMemoryBound(to: UInt8.self)
            value.key_length = UInt32(key.count)
        }
        return value
    }

    // MARK: Children

    /// A member or element.
    struct Child {
        let place: Int
        /// The place of its name; 0 for an element.
        let key: Int
        /// Its number among its siblings, from 0.
        let ordinal: Int
    }

    /// The members or elements of a value, in document order; none of what is no container.
    func children(of place: Int) -> Children {
        guard isContainer(place) else { return Children(tape: self, isObject: false, start: 0, end: 0) }
        // Before the place behind the container stands its closing bracket.
        return Children(tape: self, isObject: isObject(place), start: place + 1, end: end(of: place) - 1)
    }

    struct Children: Sequence, IteratorProtocol {
        fileprivate let tape: Tape
        fileprivate let isObject: Bool
        fileprivate var start: Int
        fileprivate let end: Int
        private var ordinal = 0

        fileprivate init(tape: Tape, isObject: Bool, start: Int, end: Int) {
            self.tape = tape
            self.isObject = isObject
            self.start = start
            self.end = end
        }

        mutating func next() -> Child? {
            guard start < end else { return nil }
            let place = isObject ? start + 1 : start
            let child = Child(place: place, key: isObject ? start : 0, ordinal: ordinal)
            start = tape.end(of: place)
            ordinal += 1
            return child
        }
    }

    // MARK: Writing

    /// Writes a value as compact JSON: integers exactly, doubles with the fewest digits that read back.
    func write(_ place: Int, to writer: inout JSONWriter) {
        var isObject: [Bool] = []
        var isName = false
        var at = place
        let end = end(of: place)
        while at < end {
            let type = type(at)
            if isName, type == UInt8(ascii: "\"") {
                writer.key(text(at))
                isName = false
                at += 1
                continue
            }
            switch type {
            case Self.object:
                writer.beginObject()
                isObject.append(true)
            case Self.array:
                writer.beginArray()
                isObject.append(false)
            case UInt8(ascii: "}"):
                writer.endObject()
                isObject.removeLast()
            case UInt8(ascii: "]"):
                writer.endArray()
                isObject.removeLast()
            default: writePrimitive(at, to: &writer)
            }
            isName = isObject.last ?? false
            at = wordAfter(at)
        }
    }

    private func writePrimitive(_ place: Int, to writer: inout JSONWriter) {
        switch kind(place) {
        case .true: writer.bool(true)
        case .false: writer.bool(false)
        case .string: writer.string(text(place))
        case .integer: writer.integer(Int64(bitPattern: bits(place)))
        case .unsigned: writer.unsigned(bits(place))
        case .double: write(Double(bitPattern: bits(place)), to: &writer)
        default: writer.null()
        }
    }

    private func write(_ value: Double, to writer: inout JSONWriter) {
        // Without an exponent it would be a whole number, and beyond 64 bits none is read.
        if value.magnitude >= 0x1p63, value.magnitude < 1e21 {
            var text = "\(value)"
            return text.withUTF8 { writer.raw(UnsafeRawBufferPointer($0)) }
        }
        // No document holds a number that is not finite.
        try? writer.double(value)
    }
}
