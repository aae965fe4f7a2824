/// An immutable hash table from runs of bytes to values, looked up without making a string.
///
/// Built once (for a registry version, a rules file, a list of codes) and then only read, so that it can be shared
/// between threads. Open addressing with linear probing at a load of at most one half.
public struct ByteTable<Value: Sendable>: Sendable {
    /// The values, in the order in which their keys were first given.
    public let values: [Value]
    @usableFromInline let places: ByteIndex

    /// Makes a table; of equal keys the first one stays.
    public init(_ entries: some Sequence<(key: [UInt8], value: Value)>) {
        let all = Array(entries)
        var places = ByteIndex(capacity: all.count)
        values = all.filter { places.insert($0.key) }.map(\.value)
        self.places = places
    }

    /// The number of keys.
    public var count: Int { values.count }

    /// The value of a key, or nil.
    @inlinable public subscript(key: UnsafeRawBufferPointer) -> Value? {
        guard let index = places.index(of: key) else { return nil }
        return values[index]
    }

    /// The place in `values` of a key, or nil.
    @inlinable
    public func index(of key: UnsafeRawBufferPointer) -> Int? { places.index(of: key) }
}

/// The places of keys: what a table is without its values, so that it is compiled once for all of them.
@usableFromInline
struct ByteIndex: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64
        var offset: Int
        var length: Int
        var index: Int
    }

    private var count = 0
    private var keys: [UInt8] = []
    private var slots: [Slot]
    private let mask: Int

    /// Makes an index for so many keys.
    init(capacity: Int) {
        var size = 8
        while size < capacity * 2 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: Slot(hash: 0, offset: 0, length: -1, index: 0), count: size)
    }

    /// The place of a key, or nil.
    @usableFromInline
    func index(of key: UnsafeRawBufferPointer) -> Int? {
        let hash = ByteHash.hash(key)
        var position = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots[position]
            if slot.length < 0 { return nil }
            if slot.hash == hash, slot.length == key.count, holds(slot, key) { return slot.index }
            position = (position + 1) & mask
        }
    }

    /// Gives a key the next place; false where it has one.
    mutating func insert(_ key: [UInt8]) -> Bool {
        let (hash, known) = key.withUnsafeBytes { (ByteHash.hash($0), index(of: $0) != nil) }
        if known { return false }
        var position = Int(truncatingIfNeeded: hash) & mask
        while slots[position].length >= 0 { position = (position + 1) & mask }
        slots[position] = Slot(hash: hash, offset: keys.count, length: key.count, index: count)
        keys.append(contentsOf: key)
        count += 1
        return true
    }

    private func holds(_ slot: Slot, _ key: UnsafeRawBufferPointer) -> Bool {
        keys.withUnsafeBytes { stored in
            UnsafeRawBufferPointer(rebasing: stored[slot.offset..<(slot.offset + slot.length)]).holdsSame(as: key)
        }
    }
}

/// FNV-1a, 64 bits, eight bytes at a step and finished with a mix: good enough for tables that their owner fills.
enum ByteHash {
    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x0000_0100_0000_01b3
            hash ^= hash >> 29
            offset += 8
        }
        while offset < bytes.count {
            hash = (hash ^ UInt64(bytes[offset])) &* 0x0000_0100_0000_01b3
            offset += 1
        }
        hash ^= hash >> 32
        return hash &* 0x9e37_79b9_7f4a_7c15 ^ (hash >> 29)
    }
}
