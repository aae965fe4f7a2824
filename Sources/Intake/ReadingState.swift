import JSON
import Primitives
import Text

/// What one event has shown so far; its memory is used again for the next one.
struct ReadingState: ~Copyable {
    /// The lists of paths that a reader has.
    enum Paths {
        case structured, bare, either
    }

    /// The list that the event is read by.
    var paths = Paths.bare
    var scope = Scope.bare
    var mentions = WorkingList<PendingMention>()
    /// True where something marks the event as that of a victim service provider.
    var isVictimService = false
    /// The parts of a composite key, by their place.
    private(set) var keyParts = InlineArray<8, Ranked>(repeating: Ranked())
    /// The first fault of a field; it counts only if the event turns out to be an outcome.
    private(set) var fault: Fault?
    /// One bit a condition that holds, now and before a change.
    private var holding: UInt64 = 0
    private var heldEarlier: UInt64 = 0
    /// Conditions that hold until a value says otherwise.
    private let negated: UInt64
    private let allHolding: UInt64
    /// The rank of the path that each field was read from; `unread` where it was not.
    private var ranks = InlineArray<12, UInt16>(repeating: ReadingState.unread)
    private var kept = TextArena()
    private var normaliser = TextNormaliser()
    private var normalised = ByteBuffer(capacity: 256)
    private var countries = CountryReader()
    private static let unread = UInt16.max

    private let keyPartsCount: Int
    /// The most groups of an outcome.
    let groupsMax: Int
    /// Where the department's clocks are.
    let timeZone: TimeZoneRules?

    /// Makes the state for a profile of at most `ProfileFile.conditionsMax` conditions.
    init(_ profile: Profile, groupsMax: Int) {
        let conditions = profile.conditions
        timeZone = profile.timeZone
        keyPartsCount = profile.keyParts.count
        self.groupsMax = groupsMax
        allHolding = conditions.count >= 64 ? .max : (1 << UInt64(conditions.count)) - 1
        negated = conditions.indices.reduce(0) { conditions[$1].isNegated ? $0 | 1 << UInt64($1) : $0 }
    }

    mutating func begin() {
        holding = negated
        heldEarlier = negated
        isVictimService = false
        for part in 0..<keyPartsCount { keyParts[part] = Ranked() }
        for place in ranks.indices { ranks[place] = ReadingState.unread }
        mentions.clear()
        if fault != nil { fault = nil }
        kept.clear()
    }

    mutating func note(_ fault: Fault) {
        if self.fault == nil { self.fault = fault }
    }

    var allConditionsHold: Bool { holding == allHolding }
    /// The same of the row before a change.
    var allConditionsHeld: Bool { heldEarlier == allHolding }

    /// Notes that a value passes the test of a condition: that is what it asks for, or what must not be.
    mutating func notePassed(_ number: Int, isNegated: Bool, isEarlier: Bool) {
        let bit = UInt64(1) << UInt64(truncatingIfNeeded: number)
        if isEarlier {
            heldEarlier = isNegated ? heldEarlier & ~bit : heldEarlier | bit
        } else {
            holding = isNegated ? holding & ~bit : holding | bit
        }
    }

    /// True where a value of this rank takes the place of what was read for the field before.
    func accepts(_ field: OutcomeField, _ rank: UInt16) -> Bool {
        field == .groups || rank < ranks[field.place]
    }

    /// Notes that the field has been read.
    mutating func accept(_ field: OutcomeField, _ rank: UInt16) {
        ranks[field.place] = rank
    }

    /// Takes a part of a composite key.
    mutating func offerKeyPart(_ value: ExtractedValue, _ part: Int, _ place: Place) throws(Fault) {
        guard let text = text(of: value) else {
            throw Fault(.fieldKind, "\(place.name): expected a text or a whole number")
        }
        offerKeyPart(part, text)
    }

    mutating func offerKeyPart(_ part: Int, _ text: UnsafeRawBufferPointer) { keyParts[part].offer(text, 0) }

    /// The parts of a composite key as one text; nil where one is missing or empty.
    mutating func joinedKey(_ count: Int) -> UnsafeRawBufferPointer? {
        CompositeKey.joined((0..<count).map { keyParts[$0].text }).map { kept.keep($0) }
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

    /// The text after some steps; nil where it is too long or has more marks than any language.
    mutating func text(_ text: UnsafeRawBufferPointer, after steps: TextSteps) -> UnsafeRawBufferPointer? {
        if steps.isEmpty { return text }
        normalised.clear()
        do throws(TextFault) {
            try normaliser.append(text, steps, to: &normalised)
        } catch {
            return nil
        }
        return kept.keep(normalised.bytes)
    }

    /// The two-letter code of the country that a text means.
    mutating func country(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        countries.country(text)?.alpha2
    }

    /// Keeps bytes until the next event.
    mutating func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer { kept.keep(bytes) }

    /// Keeps bytes until the next event.
    mutating func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer { kept.keep(bytes) }

    /// Offers a value for a part of the mention that it belongs to: that of its source and element.
    mutating func offer(
        _ value: ExtractedValue, for part: Int, _ target: Layout.Target, _ place: Place, atMost most: Int
    ) throws(Fault) {
        let (source, element) = (UInt32(target.number), UInt32(truncatingIfNeeded: value.element))
        var index = mentions.count - 1
        while index >= 0, mentions[index].source != source || mentions[index].element != element {
            index -= 1
        }
        if index < 0 {
            guard mentions.count < most else {
                throw Fault(.referencesTooMany, "\(place.name): expected at most \(most) references in an event")
            }
            index = mentions.count
            mentions.append(PendingMention(source: source, element: element))
        }
        let text = text(of: value)
        mentions.change(index) { $0.parts[part].offer(text, target.rank) }
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

    mutating func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
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
