/// Keys of 16 bytes in ascending order, each once: neighbours in an index are then read together.
struct SortedKeys: ~Copyable {
    /// The length of a key in bytes.
    static let length = 16

    private struct Halves: Comparable {
        let high: UInt64
        let low: UInt64

        static func < (left: Halves, right: Halves) -> Bool {
            left.high == right.high ? left.low < right.low : left.high < right.high
        }
    }

    private let storage: UnsafeMutableRawBufferPointer
    let count: Int

    /// Sorts keys that lie one behind the other.
    init(_ keys: UnsafeRawBufferPointer) {
        var halves: [Halves] = []
        halves.reserveCapacity(keys.count / SortedKeys.length)
        for start in stride(from: 0, to: keys.count - SortedKeys.length + 1, by: SortedKeys.length) {
            halves.append(
                Halves(
                    high: UInt64(bigEndian: keys.loadUnaligned(fromByteOffset: start, as: UInt64.self)),
                    low: UInt64(bigEndian: keys.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))))
        }
        halves.sort()
        storage = .allocate(byteCount: max(halves.count, 1) * SortedKeys.length, alignment: 16)
        var kept = 0
        var last: Halves?
        for half in halves where half != last {
            last = half
            storage.storeBytes(of: half.high.bigEndian, toByteOffset: kept * SortedKeys.length, as: UInt64.self)
            storage.storeBytes(of: half.low.bigEndian, toByteOffset: kept * SortedKeys.length + 8, as: UInt64.self)
            kept += 1
        }
        count = kept
    }

    deinit {
        storage.deallocate()
    }

    subscript(index: Int) -> UnsafeRawBufferPointer {
        let start = index * SortedKeys.length
        return UnsafeRawBufferPointer(rebasing: storage[start..<(start + SortedKeys.length)])
    }
}
