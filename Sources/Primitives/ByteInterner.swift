/// Texts as small numbers: each distinct run of bytes gets the next one, and keeps it.
///
/// A look-up of a text that is known makes no string and allocates nothing. Open addressing with linear probing at a
/// load of at most one half, as in `ByteTable`, but it grows.
public struct ByteInterner: Sendable {
    private struct Slot {
        var hash: UInt64 = 0
        var id: Int32 = -1
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    /// Makes an empty one.
    public init() {}

    /// The number of distinct texts.
    public var count: Int { ends.count }

    /// The number of a text, from 0.
    public mutating func id(of text: UnsafeRawBufferPointer) -> Int32 {
        if 2 * count >= slots.count { grow() }
        let hash = ByteHash.hash(text)
        let position = place(of: text, hash)
        if slots[position].id >= 0 { return slots[position].id }
        bytes += text
        ends.append(bytes.count)
        slots[position] = Slot(hash: hash, id: Int32(clamping: count - 1))
        return slots[position].id
    }

    /// The number of a text, from 0.
    public mutating func id(of text: String) -> Int32 {
        var text = text
        return text.withUTF8 { id(of: UnsafeRawBufferPointer($0)) }
    }

    /// The text of a number; empty for a number that none has.
    public func text(_ id: Int32) -> String { String(decoding: bytes(id), as: UTF8.self) }

    /// The bytes of the text of a number; none for a number that none has.
    public func bytes(_ id: Int32) -> ArraySlice<UInt8> {
        id >= 0 && id < count ? bytes[range(Int(id))] : []
    }

    /// Where a text stands, or the free place where it belongs.
    private func place(of text: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        var position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[position].id >= 0 {
            if slots[position].hash == hash, holds(slots[position].id, text) { return position }
            position = (position + 1) & (slots.count - 1)
        }
        return position
    }

    private func holds(_ id: Int32, _ text: UnsafeRawBufferPointer) -> Bool {
        bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[range(Int(id))]).holdsSame(as: text) }
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: 2 * old.count)
        for slot in old where slot.id >= 0 {
            var position = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
            while slots[position].id >= 0 { position = (position + 1) & (slots.count - 1) }
            slots[position] = slot
        }
    }
}

extension ByteInterner {
    /// For each number the place of its text among all texts in the order of their bytes: an order that does not depend
    /// on which text was met first.
    public var ranks: [Int32] {
        let order = (0..<count).sorted { left, right in
            bytes[range(left)].lexicographicallyPrecedes(bytes[range(right)])
        }
        var ranks = [Int32](repeating: 0, count: count)
        for (place, id) in order.enumerated() { ranks[id] = Int32(clamping: place) }
        return ranks
    }

    private func range(_ id: Int) -> Range<Int> { (id == 0 ? 0 : ends[id - 1])..<ends[id] }
}
