/// The end of a word: its last bytes, the first of them lowest.
struct WordEnd: BitwiseCopyable {
    let key: UInt64
    /// Where its first byte is.
    let start: Int

    init(key: UInt64, start: Int) {
        self.key = key
        self.start = start
    }

    /// A word of ASCII.
    /// - Parameters:
    ///   - end: a place above zero.
    ///   - length: how long the word is.
    @inline(__always)
    init(_ text: UnsafeRawBufferPointer, end: Int, length: Int) {
        let length = min(length, PhraseEnds.keyMax)
        var bytes: UInt64 = 0
        if let base = text.baseAddress {
            bytes =
                end >= 8
                ? EightBytes.load(base + (end &- 8))
                : EightBytes.load(base, count: end) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* end)
        }
        key = bytes &>> UInt64(truncatingIfNeeded: 64 &- 8 &* length)
        start = end &- length
    }

    /// The word that ends at a place above zero. It goes back to where a phrase may begin, or to punctuation.
    init(_ cursor: TextCursor, end: Int) {
        var (point, start) = cursor.previous(end)
        var kind = cursor.kinds[point]
        while start > 0 {
            let (pointBefore, startBefore) = cursor.previous(start)
            let kindBefore = cursor.kinds[pointBefore]
            if end - startBefore > PhraseEnds.keyMax || kindBefore == .other
                || WordKind.mayBegin(behind: kindBefore, at: kind)
            {
                break
            }
            (point, start, kind) = (pointBefore, startBefore, kindBefore)
        }
        self.init(cursor, start: start, end: end)
    }

    /// - Parameter start: at most eight bytes before the end.
    init(_ cursor: TextCursor, start: Int, end: Int) {
        var key: UInt64 = 0
        for offset in start..<end { key |= UInt64(cursor.text[offset]) &<< UInt64(8 * (offset - start)) }
        self.init(key: key, start: start)
    }
}
