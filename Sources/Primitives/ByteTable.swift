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
        var isFirst: [Bool] = []
        places = ByteIndex(all.map(\.key), isFirst: &isFirst)
        values = zip(all, isFirst).filter(\.1).map(\.0.value)
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
///
/// A class with memory of its own, so that a look-up counts no references.
@usableFromInline
final class ByteIndex: Sendable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt64
        var key: UnsafeRawPointer
        var length: Int
        var index: Int
    }

    // Written by `init`, freed by `deinit` and only read between, so that threads may share it.
    private nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
    private nonisolated(unsafe) let bytes: UnsafeMutableRawPointer
    private let mask: Int

    /// Makes an index of keys; of equal ones only the first has a place, and `isFirst` tells which those are.
    init(_ keys: [[UInt8]], isFirst: inout [Bool]) {
        var size = 8
        while size < keys.count * 2 { size *= 2 }
        mask = size - 1
        slots = .allocate(capacity: size)
        bytes = .allocate(byteCount: max(1, keys.reduce(0) { $0 + $1.count }), alignment: 8)
        slots.initialize(repeating: Slot(hash: 0, key: UnsafeRawPointer(bytes), length: -1, index: 0), count: size)
        var end = bytes
        var count = 0
        for key in keys {
            let isNew = key.withUnsafeBytes { index(of: $0) == nil }
            isFirst.append(isNew)
            if !isNew { continue }
            key.withUnsafeBytes { source in
                UnsafeMutableRawBufferPointer(start: end, count: source.count).copyMemory(from: source)
                let hash = ByteHash.hash(source)
                var position = Int(truncatingIfNeeded: hash) & mask
                while slots[position].length >= 0 { position = (position + 1) & mask }
                slots[position] = Slot(hash: hash, key: UnsafeRawPointer(end), length: source.count, index: count)
                end += source.count
            }
            count += 1
        }
    }

    deinit {
        slots.deallocate()
        bytes.deallocate()
    }

    /// The place of a key, or nil.
    @usableFromInline
    func index(of key: UnsafeRawBufferPointer) -> Int? {
        let hash = ByteHash.hash(key)
        var position = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots[position]
            if slot.length < 0 { return nil }
            if slot.hash == hash,
                UnsafeRawBufferPointer(start: slot.key, count: slot.length).holdsSame(as: key)
            {
                return slot.index
            }
            position = (position + 1) & mask
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
