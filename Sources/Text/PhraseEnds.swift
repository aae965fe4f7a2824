/// The words with which phrases end: for nearly every word of a text a bit tells that it is none of them, and for those
/// that are, a table tells the node that they lead to.
final class PhraseEnds: Sendable {
    /// A word counts by its last eight bytes, or fewer where a character would be cut.
    static let keyMax = 8

    /// A word and its node; of a slot that is free the word is 0.
    struct Slot: BitwiseCopyable {
        var key: UInt64 = 0
        var node = 0
    }

    // Written by `init`, freed by `deinit` and only read between.
    private nonisolated(unsafe) let bits: UnsafeMutablePointer<UInt64>
    private nonisolated(unsafe) let slots: UnsafeMutablePointer<Slot>
    private let bitShift: UInt64
    private let slotShift: UInt64
    /// Of each byte, whether phrases have it behind their last word.
    private nonisolated(unsafe) let tailStarts: UnsafeMutablePointer<Bool>

    /// - Parameters:
    ///   - entries: words with their nodes.
    ///   - tailed: words behind which phrases have punctuation, with the first byte of that.
    init(_ entries: [(key: UInt64, node: Int)], tailed: [(key: UInt64, byte: UInt8)]) {
        var log: UInt64 = 6
        while log < 32, 1 << log < (entries.count + tailed.count) * 2 { log += 1 }
        slotShift = 64 - log
        slots = .allocate(capacity: 1 << log)
        slots.initialize(repeating: Slot(), count: 1 << log)
        // Of so many bits few are set, so that few words pass for nothing; and they stay in a core's own cache.
        let bitLog = max(log, min(log + 5, 19))
        bitShift = 64 - bitLog
        bits = .allocate(capacity: 1 << (bitLog - 6))
        bits.initialize(repeating: 0, count: 1 << (bitLog - 6))
        tailStarts = .allocate(capacity: 256)
        tailStarts.initialize(repeating: false, count: 256)
        for (_, byte) in tailed {
            tailStarts[Int(byte)] = true
            tailStarts[Int(Self.other(byte))] = true
        }
        for key in entries.map(\.key) + tailed.map({ Self.tailed($0.key, $0.byte) }) {
            let bit = Self.hash(key) >> bitShift
            bits[Int(bit >> 6)] |= 1 << (bit & 63)
        }
        for (key, node) in entries {
            var place = Int(Self.hash(key) >> slotShift)
            while slots[place].key != 0, slots[place].key != key { place = (place + 1) & (1 << Int(log) - 1) }
            slots[place] = Slot(key: key, node: node)
        }
    }

    deinit {
        bits.deallocate()
        slots.deallocate()
        tailStarts.deallocate()
    }

    /// What a search looks at, without counting references.
    var view: View {
        View(
            bits: UnsafePointer(bits), slots: UnsafePointer(slots), bitShift: bitShift, slotShift: slotShift,
            tailStarts: UnsafePointer(tailStarts))
    }

    struct View: BitwiseCopyable {
        fileprivate let bits: UnsafePointer<UInt64>
        fileprivate let slots: UnsafePointer<Slot>
        fileprivate let bitShift: UInt64
        fileprivate let slotShift: UInt64
        fileprivate let tailStarts: UnsafePointer<Bool>

        /// True for the first byte of what phrases have behind their last word.
        @inline(__always)
        func startsTail(_ byte: UInt8) -> Bool { tailStarts[Int(byte)] }

        /// 1 where a phrase may end with a word, else 0.
        @inline(__always)
        func bit(_ key: UInt64) -> UInt64 {
            let bit = PhraseEnds.hash(key) &>> bitShift
            return bits[Int(bit >> 6)] &>> (bit & 63) & 1
        }

        /// The node of a word with which a phrase ends, or 0.
        func node(_ key: UInt64) -> Int {
            let mask = Int(UInt64.max &>> slotShift)
            var place = Int(PhraseEnds.hash(key) &>> slotShift)
            while slots[place].key != key {
                if slots[place].key == 0 { return 0 }
                place = (place + 1) & mask
            }
            return slots[place].node
        }
    }

    /// What stands for a word with punctuation behind it.
    @inline(__always)
    static func tailed(_ key: UInt64, _ byte: UInt8) -> UInt64 {
        key &+ UInt64(min(byte, other(byte))) &* 0x0000_0100_0000_01b3
    }

    /// A space for a hyphen and a hyphen for a space, which are the same in phrases; any other byte as it is.
    @inline(__always)
    private static func other(_ byte: UInt8) -> UInt8 {
        byte == UInt8(ascii: " ") ? UInt8(ascii: "-") : byte == UInt8(ascii: "-") ? UInt8(ascii: " ") : byte
    }

    /// The high bits are used, to which a multiplication carries all of the key.
    @inline(__always)
    fileprivate static func hash(_ key: UInt64) -> UInt64 { key &* 0x9e37_79b9_7f4a_7c15 }
}
