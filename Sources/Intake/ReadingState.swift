import JSON
import Primitives

/// What one event has shown so far; its memory is used again for the next one.
struct ReadingState: ~Copyable {
    /// The lists of paths that a reader has.
    enum Paths {
        case structured, bare, either
    }

    /// The list that the event is read by.
    var paths = Paths.bare
    var scope = Layout.Scope.bare
    var references = WorkingList<PendingReference>()
    /// The first fault of a field; it counts only if the event turns out to be an outcome.
    private(set) var fault: Fault?
    /// One bit a condition that holds.
    private var holding: UInt64 = 0
    private let allHolding: UInt64
    /// The rank of the path that each field was read from; `unread` where it was not.
    private var ranks = InlineArray<12, UInt16>(repeating: ReadingState.unread)
    private var kept = TextArena()
    private static let unread = UInt16.max

    /// The most groups of an outcome.
    let groupsMax: Int

    /// Makes the state for a profile of at most `ProfileFile.conditionsMax` conditions.
    init(conditions: Int, groupsMax: Int) {
        self.groupsMax = groupsMax
        allHolding = conditions >= 64 ? .max : (1 << UInt64(conditions)) - 1
    }

    mutating func begin() {
        holding = 0
        for place in ranks.indices { ranks[place] = ReadingState.unread }
        references.clear()
        if fault != nil { fault = nil }
        kept.clear()
    }

    mutating func note(_ fault: Fault) {
        if self.fault == nil { self.fault = fault }
    }

    var allConditionsHold: Bool { holding == allHolding }

    /// Notes whether a condition holds; of several values at its path the last one decides.
    mutating func judge(_ number: Int, holds: Bool) {
        let bit = UInt64(1) << UInt64(truncatingIfNeeded: number)
        holding = holds ? holding | bit : holding & ~bit
    }

    /// True where a value of this rank takes the place of what was read for the field before.
    mutating func accepts(_ field: OutcomeField, _ rank: UInt16) -> Bool {
        if field == .groups { return true }
        let place = field.place
        guard rank < ranks[place] else { return false }
        ranks[place] = rank
        return true
    }

    func has(_ field: OutcomeField) -> Bool { ranks[field.place] != ReadingState.unread }

    /// The text of a value: that of a string, the digits of a whole number, `true` or `false`; nil for anything else.
    @inline(__always)
    mutating func text(of value: ExtractedValue) -> UnsafeRawBufferPointer? {
        value.kind == .string ? value.text : written(value)
    }

    private mutating func written(_ value: ExtractedValue) -> UnsafeRawBufferPointer? {
        switch value.kind {
        case .integer: kept.keep(String(value.integer))
        case .unsigned: kept.keep(String(value.unsigned))
        case .true: UnsafeRawBufferPointer(start: StaticText.true.utf8Start, count: 4)
        case .false: UnsafeRawBufferPointer(start: StaticText.false.utf8Start, count: 5)
        default: nil
        }
    }

    /// Keeps bytes until the next event.
    mutating func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer { kept.keep(bytes) }

    /// Offers a value for a part of the reference that it belongs to: that of its source and element.
    mutating func offer(
        _ value: ExtractedValue, for part: ReferencePart, _ target: Layout.Target, _ place: Place, atMost most: Int
    ) throws(Fault) {
        let (source, element) = (UInt32(target.number), UInt32(truncatingIfNeeded: value.element))
        var index = references.count - 1
        while index >= 0, references[index].source != source || references[index].element != element {
            index -= 1
        }
        if index < 0 {
            guard references.count < most else {
                throw Fault(.referencesTooMany, "\(place.name): expected at most \(most) references in an event")
            }
            index = references.count
            references.append(PendingReference(source: source, element: element))
        }
        let text = text(of: value)
        references.change(index) { $0.parts[part.rawValue].offer(text, target.rank) }
    }
}

/// What a reference is made of.
enum ReferencePart: Int, CaseIterable {
    case scheme, id, mechanism

    /// The name in messages.
    var title: StaticString {
        switch self {
        case .scheme: "the scheme"
        case .id: "the identifier"
        case .mechanism: "the mechanism"
        }
    }
}

/// A reference of which the values come one by one.
struct PendingReference: BitwiseCopyable {
    let source: UInt32
    let element: UInt32
    /// By the raw value of `ReferencePart`.
    var parts = InlineArray<3, Ranked>(repeating: Ranked())

    init(source: UInt32, element: UInt32) {
        self.source = source
        self.element = element
    }
}

/// Of the values at several paths, the one whose path comes first in the profile, in whatever order they stand.
struct Ranked: BitwiseCopyable {
    private var start: UnsafeRawPointer?
    private var length: UInt32 = 0
    private var rank = UInt16.max
    /// False where the value is there and has no text.
    private(set) var isText = false

    var isGiven: Bool { rank != UInt16.max }
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: Int(length)) }

    mutating func offer(_ text: UnsafeRawBufferPointer?, _ rank: UInt16) {
        guard rank < self.rank else { return }
        self.rank = rank
        isText = text != nil
        start = text?.baseAddress
        // Longer than a document cannot be, and those end at 1 GiB.
        length = UInt32(truncatingIfNeeded: text?.count ?? 0)
    }
}

/// Where a value stands, for messages: a path of the profile with the index of the element.
struct Place {
    // The reader keeps the layout; a place is made for every value, and must not count references.
    unowned(unsafe) let layout: Layout
    let path: UInt32
    let element: Int

    var name: String { layout.names[Int(path)].text(element: element) }

    func expect(_ holds: Bool, _ expected: String) throws(Fault) {
        if !holds { throw Fault(.fieldKind, "\(name): expected \(expected)") }
    }
}

/// Bytes that live as long as one event: digits of numbers and constants, which no parser keeps.
struct TextArena: ~Copyable {
    private var chunks: [UnsafeMutableRawBufferPointer] = []
    private var used = 0
    private static let chunkBytes = 8192

    init() {}

    deinit {
        for chunk in chunks { chunk.deallocate() }
    }

    mutating func clear() {
        while chunks.count > 1, let last = chunks.popLast() { last.deallocate() }
        used = 0
    }

    mutating func keep(_ text: String) -> UnsafeRawBufferPointer {
        var text = text
        return text.withUTF8 { keep(UnsafeRawBufferPointer($0)) }
    }

    mutating func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        bytes.withUnsafeBytes { keep($0) }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        if chunks.isEmpty || used + bytes.count > chunks[chunks.count - 1].count {
            chunks.append(.allocate(byteCount: max(TextArena.chunkBytes, bytes.count), alignment: 8))
            used = 0
        }
        let target = UnsafeMutableRawBufferPointer(rebasing: chunks[chunks.count - 1][used..<(used + bytes.count)])
        target.copyMemory(from: bytes)
        used += bytes.count
        return UnsafeRawBufferPointer(target)
    }
}

/// Literals as bytes.
enum StaticText {
    static let `true`: StaticString = "true"
    static let `false`: StaticString = "false"
}
