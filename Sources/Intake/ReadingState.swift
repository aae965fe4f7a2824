import JSON
import Primitives

/// What one event has shown so far; its memory is used again for the next one.
struct ReadingState: ~Copyable {
    var scope = Layout.Scope.bare
    var references: [PendingReference] = []
    /// The first fault of a field; it counts only if the event turns out to be an outcome.
    private(set) var fault: Fault?
    private var holds: [Bool]
    private var ranks: [Int]
    private var kept = TextArena()

    /// The most groups of an outcome.
    let groupsMax: Int

    init(conditions: Int, groupsMax: Int) {
        self.groupsMax = groupsMax
        holds = Array(repeating: false, count: conditions)
        ranks = Array(repeating: Int.max, count: OutcomeField.allCases.count)
    }

    mutating func begin() {
        for index in holds.indices { holds[index] = false }
        for index in ranks.indices { ranks[index] = Int.max }
        references.removeAll(keepingCapacity: true)
        fault = nil
        kept.clear()
    }

    mutating func note(_ fault: Fault) {
        if self.fault == nil { self.fault = fault }
    }

    var allConditionsHold: Bool { holds.allSatisfy { $0 } }

    mutating func judge(_ values: [String]?, _ number: Int, _ value: ExtractedValue) {
        guard let values else {
            holds[number] = true
            return
        }
        guard let text = text(of: value) else { return }
        holds[number] = values.contains { $0.utf8.elementsEqual(text) }
    }

    /// True where a value of this rank takes the place of what was read for the field before.
    mutating func accepts(_ field: OutcomeField, _ rank: Int) -> Bool {
        if field == .groups { return true }
        let place = field.place
        guard rank < ranks[place] else { return false }
        ranks[place] = rank
        return true
    }

    func has(_ field: OutcomeField) -> Bool { ranks[field.place] != Int.max }

    /// The text of a value: that of a string, the digits of a whole number, `true` or `false`; nil for anything else.
    mutating func text(of value: ExtractedValue) -> UnsafeRawBufferPointer? {
        switch value.kind {
        case .string: value.text
        case .integer: kept.keep(String(value.integer))
        case .unsigned: kept.keep(String(value.unsigned))
        case .true: UnsafeRawBufferPointer(start: StaticText.true.utf8Start, count: 4)
        case .false: UnsafeRawBufferPointer(start: StaticText.false.utf8Start, count: 5)
        default: nil
        }
    }

    /// Keeps bytes until the next event.
    mutating func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer { kept.keep(bytes) }

    /// The reference that a value belongs to: that of its source and element.
    mutating func withReference(
        _ source: Int, _ value: ExtractedValue, _ place: Place, _ limits: EventLimits,
        _ change: (inout PendingReference) -> Void
    ) throws(Fault) {
        var index = references.count - 1
        while index >= 0, references[index].source != source || references[index].element != value.element {
            index -= 1
        }
        if index < 0 {
            guard references.count < limits.references else {
                throw Fault(
                    .referencesTooMany, "\(place.name): expected at most \(limits.references) references in an event")
            }
            index = references.count
            references.append(PendingReference(source: source, element: value.element))
        }
        change(&references[index])
    }
}

/// A reference of which the values come one by one.
struct PendingReference {
    let source: Int
    let element: Int
    var scheme = Ranked()
    var id = Ranked()
    var mechanism = Ranked()

    init(source: Int, element: Int) {
        self.source = source
        self.element = element
    }
}

/// Of the values at several paths, the one whose path comes first in the profile, in whatever order they stand.
struct Ranked {
    private(set) var value: ExtractedValue?
    private var rank = Int.max

    mutating func offer(_ value: ExtractedValue, _ rank: Int) {
        if rank < self.rank { (self.value, self.rank) = (value, rank) }
    }
}

/// Where a value stands, for messages: a path of the profile with the index of the element.
struct Place {
    // The reader keeps the layout; a place is made for every value, and must not count references.
    unowned(unsafe) let layout: Layout
    let path: Int
    let element: Int

    var name: String { layout.names[path].text(element: element) }

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
