import Primitives

/// Folding of what is not ASCII: by table where a character keeps to itself, else together with its neighbours.
extension SearchText {
    /// Characters that are mapped together: with the three marks that each may become, fewer than can be put in order.
    private static let togetherMax = 42

    /// Folds one character that is not ASCII, or the bytes that stand in the place of one.
    mutating func foldCharacter() {
        makeRoom()
        let lead = source[offset]
        let left = source.count - offset
        if lead & 0xe0 == 0xc0, lead >= 0xc2, left >= 2, source[offset + 1] & 0xc0 == 0x80 {
            let point = Int32(lead & 0x1f) << 6 | Int32(source[offset + 1] & 0x3f)
            take(table.entry(ofTwoBytes: point), point, length: 2)
        } else if lead & 0xf0 == 0xe0, left >= 3, UTF8Sequence.length(source, at: offset) == 3 {
            let point = UTF8Sequence.point(source, at: offset, length: 3)
            let bytes = UInt64(lead) | UInt64(source[offset + 1]) << 8 | UInt64(source[offset + 2]) << 16
            take(table.entry(ofThreeBytes: point, bytes: bytes), point, length: 3)
        } else {
            let length = UTF8Sequence.length(source, at: offset)
            if length == 4 {
                foldTogether()
            } else {
                // U+FFFD.
                write(0xbdbfef, count: 3)
                offset -= length
            }
        }
    }

    private mutating func take(_ entry: FoldEntry, _ point: Int32, length: Int) {
        if entry.has(FoldEntry.isSpecial) {
            if entry.has(FoldEntry.isWhite) {
                writeSpace(point)
                offset += length
                return
            }
            if entry.has(FoldEntry.isLong) || anchor.end == written {
                foldTogether(behindAnchor: entry.has(FoldEntry.joinsLeft))
                return
            }
        }
        if entry.has(FoldEntry.joinsRight) {
            anchor = (offset: offset, start: written, end: written + entry.count)
        }
        write(entry.rawValue, count: entry.count)
        offset += length
    }

    /// Writes up to six bytes, the first one lowest.
    private mutating func write(_ bytes: UInt64, count: Int) {
        guard count > 0 else { return }
        (target + written).storeBytes(of: bytes.littleEndian, as: UInt64.self)
        written += count
        behindSpace = 0
    }

    /// Folds a character together with those behind it that may change with it, and with the anchor.
    private mutating func foldTogether(behindAnchor: Bool = true) {
        if behindAnchor, anchor.end == written {
            offset = anchor.offset
            written = anchor.start
        }
        anchor.end = -1
        mapping.points.clear()
        var end = offset
        while end < source.count, mapping.points.count < Self.togetherMax, source[end] >= 0x80 {
            let length = UTF8Sequence.length(source, at: end)
            guard length > 0 else { break }
            let point = UTF8Sequence.point(source, at: end, length: length)
            guard end == offset || mayJoin(point) else { break }
            mapping.points.append(SearchPunctuation.isLoneAcute(point) ? 0x27 : point)
            end += length
        }
        // It does not fail for so few characters; and if it did, they would stay as they are.
        try? mapping.perform(.forMatching)
        offset = end
        for place in 0..<mapping.points.count {
            let point = mapping.points[place]
            makeRoom()
            if WhiteSpace.contains(point) {
                writeSpace(point)
            } else {
                let (bytes, count) = SearchPunctuation.encoded(point)
                write(bytes, count: count)
            }
        }
    }

    private func mayJoin(_ point: Int32) -> Bool {
        if point >= 0x10000 { return true }
        let entry = point < 0x800 ? table.entry(ofTwoBytes: point) : table.entry(ofThreeBytes: point, bytes: 0)
        return entry.vanishes || entry.has(FoldEntry.joinsLeft)
    }
}
