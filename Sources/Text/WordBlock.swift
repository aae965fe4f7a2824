/// Which of up to 64 bytes of a text are parts of words: a bit for each, that of the first byte lowest.
struct WordBlock: BitwiseCopyable {
    /// Letters, digits, and bytes of what is not ASCII.
    private var words: UInt64 = 0
    /// The same of the eight bytes before, the last of them highest.
    private var wordsBefore: UInt64 = 0
    /// Bytes of what is not ASCII.
    private var high: UInt64 = 0
    private var highBefore: UInt64 = 0
    private let isWordBehind: Bool

    /// The 64 bytes from a place on, or fewer at the end of the text.
    /// - Parameter start: a multiple of 64.
    init(_ text: UnsafeRawBufferPointer, from start: Int) {
        isWordBehind = start + 64 < text.count && Self.isWord(text[start + 64])
        guard let base = text.baseAddress else { return }
        if start > 0 {
            let bytes = EightBytes.load(base + start - 8)
            wordsBefore = EightBytes.gathered(EightBytes.words(bytes)) << 56
            if bytes & EightBytes.high != 0 { highBefore = EightBytes.gathered(bytes) << 56 }
        }
        if text.count - start >= 64 {
            for place in 0..<8 { add(EightBytes.load(base + start + 8 * place), at: UInt64(8 * place)) }
            return
        }
        var place = start
        while place < text.count {
            let left = text.count - place
            let bytes = left >= 8 ? EightBytes.load(base + place) : EightBytes.load(base + place, count: left)
            add(bytes, at: UInt64(place - start))
            place += 8
        }
    }

    @inline(__always)
    private mutating func add(_ bytes: UInt64, at place: UInt64) {
        words |= EightBytes.gathered(EightBytes.words(bytes)) &<< place
        if bytes & EightBytes.high != 0 { high |= EightBytes.gathered(bytes) &<< place }
    }

    /// True where all of the block and the eight bytes before it is ASCII.
    var isASCII: Bool { high | highBefore == 0 }

    /// The last bytes of words.
    var lasts: UInt64 { words & ~(words >> 1 | (isWordBehind ? 1 << 63 : 0)) }

    /// The first bytes of words, and the first byte of the block where a word began before it.
    var firsts: UInt64 { words & ~(words << 1) }

    /// How much of a word that goes on in the block is before it, up to eight bytes.
    var lengthBefore: Int { (~wordsBefore).leadingZeroBitCount }

    /// How much of a word there is up to a byte of it, so far as the block and the eight bytes before it tell.
    func length(upTo place: UInt64) -> Int {
        (~(words &<< (63 - place) | (wordsBefore >> 1) &>> place)).leadingZeroBitCount
    }

    /// The last bytes of words that are not ASCII alone; of a word that goes on behind the block, its last byte here.
    var lastsOfMixed: UInt64 {
        if isASCII { return 0 }
        let isBegunMixed = highBefore & ~(UInt64.max >> UInt64(lengthBefore)) != 0
        // A carry from each byte that is not ASCII goes up to the byte behind its word.
        let (sum, isOver) = words.addingReportingOverflow(high | (isBegunMixed ? words & 1 : 0))
        return (sum & ~words) >> 1 | (isOver ? 1 << 63 : 0)
    }

    /// True for a byte that is part of a word.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }

    /// The lowest bits, so many of them.
    @inline(__always)
    static func below(_ count: Int) -> UInt64 {
        count >= 64 ? .max : 1 &<< UInt64(count) &- 1
    }
}
