import Primitives

/// Reads characters of a text in either direction; bytes that are not UTF-8 are characters of their own that no phrase
/// has.
struct TextCursor: BitwiseCopyable {
    let text: UnsafeRawBufferPointer
    let kinds: WordKinds
    /// In the place of the code point of what is none.
    static let noPoint: Int32 = -1

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        kinds = WordKinds.shared
    }

    /// The character that ends before a place, which is above zero, and where it begins.
    @inline(__always)
    func previous(_ end: Int) -> (point: Int32, start: Int) {
        let last = Int32(text[end &- 1])
        if last < 0x80 { return (last, end &- 1) }
        if last < 0xc0, end >= 3 {
            let middle = Int32(text[end &- 2])
            if middle & 0xe0 == 0xc0, middle >= 0xc2 { return ((middle & 0x1f) << 6 | (last & 0x3f), end &- 2) }
            let first = Int32(text[end &- 3])
            let point = (first & 0x0f) << 12 | (middle & 0x3f) << 6 | (last & 0x3f)
            if middle & 0xc0 == 0x80, first & 0xf0 == 0xe0, point >= 0x800 { return (point, end &- 3) }
        }
        return previousSlowly(end)
    }

    private func previousSlowly(_ end: Int) -> (point: Int32, start: Int) {
        var start = end - 1
        while start > 0, end - start < 4, text[start] & 0xc0 == 0x80 { start -= 1 }
        let length = text[start] < 0x80 ? 1 : UTF8Sequence.length(text, at: start)
        guard length == end - start else { return (Self.noPoint, end - 1) }
        return (UTF8Sequence.point(text, at: start, length: length), start)
    }

    /// The kind of the character that ends before a place.
    func kind(before end: Int) -> WordKind {
        end > 0 ? kinds[previous(end).point] : .other
    }

    /// The kind of the character that begins at a place.
    func kind(at start: Int) -> WordKind {
        guard start < text.count else { return .other }
        if text[start] < 0x80 { return kinds[Int32(text[start])] }
        let length = UTF8Sequence.length(text, at: start)
        return length > 0 ? kinds[UTF8Sequence.point(text, at: start, length: length)] : .other
    }
}
