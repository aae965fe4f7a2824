import CUTF8Proc

/// What searching makes of a character, in eight bytes: six of UTF-8, their number, and how it gets on with others.
struct FoldEntry: BitwiseCopyable {
    let rawValue: UInt64

    /// It may compose with a character before it, or change places with a mark.
    static let joinsLeft: UInt64 = 1 << 56
    /// A character behind it may do so.
    static let joinsRight: UInt64 = 1 << 57
    /// It is white space, whose bytes are those of the text.
    static let isWhite: UInt64 = 1 << 58
    /// It becomes more than there is room for.
    static let isLong: UInt64 = 1 << 59
    /// All that keeps its bytes from being copied without a thought.
    static let isSpecial: UInt64 = joinsLeft | isWhite | isLong
    static let textMax = 6

    func has(_ flags: UInt64) -> Bool { rawValue & flags != 0 }
    var count: Int { Int(truncatingIfNeeded: rawValue >> 48) & 7 }
    /// A character that vanishes does not part what stands around it.
    var vanishes: Bool { rawValue == 0 }
}

/// What searching makes of each character of the Basic Multilingual Plane, so that most texts are folded by look-up.
///
/// Made of `TextMapping`, once in a process; a test holds the one to the other.
struct FoldTable: Sendable {
    static let shared = FoldTable()

    // Allocated by `init` for as long as the process lives, and only read then.
    private nonisolated(unsafe) let entries: UnsafePointer<UInt64>
    /// Where the entries of 256 characters begin, or `itself`.
    private nonisolated(unsafe) let pages: UnsafePointer<Int32>
    /// Of pages whose characters stay what they are: ideographs and Hangul syllables, most of the plane.
    private static let itself: Int32 = -1

    private init() {
        let joins = Joins()
        let pages = UnsafeMutablePointer<Int32>.allocate(capacity: 256)
        var all: [UInt64] = []
        var folder = TextMapping()
        for page in Int32(0)..<256 {
            if Self.stays(page) {
                pages[Int(page)] = Self.itself
                continue
            }
            pages[Int(page)] = Int32(all.count)
            for point in page << 8..<(page + 1) << 8 {
                all.append(Self.entry(point, &folder, joins))
            }
        }
        let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: all.count)
        entries.initialize(from: all, count: all.count)
        self.entries = UnsafePointer(entries)
        self.pages = UnsafePointer(pages)
    }

    /// The entry of a code point from U+0080 to U+07FF.
    func entry(ofTwoBytes point: Int32) -> FoldEntry {
        FoldEntry(rawValue: entries[Int(point)])
    }

    /// The entry of a code point from U+0800 to U+FFFF.
    /// - Parameter bytes: its UTF-8, the first byte lowest.
    func entry(ofThreeBytes point: Int32, bytes: UInt64) -> FoldEntry {
        let start = pages[Int(point >> 8)]
        if start == Self.itself {
            return FoldEntry(rawValue: bytes | 3 << 48 | (point >= 0xac00 ? FoldEntry.joinsRight : 0))
        }
        return FoldEntry(rawValue: entries[Int(start) + Int(point & 0xff)])
    }

    /// True where the 256 characters of a page are ideographs, Hangul syllables or unassigned.
    private static func stays(_ page: Int32) -> Bool {
        (0x34...0x4c).contains(page) || (0x4e...0x9f).contains(page) || (0xac...0xd6).contains(page)
    }

    private static func entry(_ point: Int32, _ folder: inout TextMapping, _ joins: borrowing Joins) -> UInt64 {
        if WhiteSpace.contains(point) { return FoldEntry.isWhite }
        if point < 0x80 || (0xd800..<0xe000).contains(point) { return 0 }
        folder.points.clear()
        folder.points.append(point, options: UTF8PROC_DECOMPOSE.rawValue)
        var flags: UInt64 = 0
        // Of the Greek iota subscript, a mark with a place in their order, case folding makes a letter.
        for place in 0..<folder.points.count where folder.points[place] == 0x345 {
            flags = FoldEntry.joinsRight | (place == 0 ? FoldEntry.joinsLeft : 0)
        }
        folder.points.clear()
        folder.points.append(SearchPunctuation.isLoneAcute(point) ? 0x27 : point)
        guard (try? folder.perform(.forMatching)) != nil else { return FoldEntry.isLong }
        return flags | entry(of: folder.points, joins)
    }

    private static func entry(of folded: borrowing CodePoints, _ joins: borrowing Joins) -> UInt64 {
        var entry: UInt64 = 0
        var count = 0
        for place in 0..<folded.count {
            let point = folded[place]
            if WhiteSpace.contains(point) {
                if folded.count == 1 { return FoldEntry.isWhite }
                entry |= FoldEntry.isLong
            }
            if place == 0, joins.joinsLeft(point) { entry |= FoldEntry.joinsLeft }
            if joins.joinsRight(point) { entry |= FoldEntry.joinsRight }
            let (bytes, length) = SearchPunctuation.encoded(point)
            if count + length <= FoldEntry.textMax { entry |= bytes << UInt64(8 * count) }
            count += length
        }
        if count <= FoldEntry.textMax { return entry | UInt64(count) << 48 }
        return entry & (FoldEntry.joinsLeft | FoldEntry.joinsRight) | FoldEntry.isLong
    }
}

/// Which characters compose with others when diacritics are gone.
private struct Joins: ~Copyable {
    private var first = [Bool](repeating: false, count: 0x10000)
    private var second = [Bool](repeating: false, count: 0x10000)

    init() {
        var parts = CodePoints()
        var whole = CodePoints()
        for point in Int32(0xa0)..<0x10000 where !(0xd800..<0xe000).contains(point) {
            parts.clear()
            parts.append(point, options: UTF8PROC_DECOMPOSE.rawValue)
            guard parts.count > 1, parts[parts.count - 1] < 0x10000 else { continue }
            let last = parts[parts.count - 1]
            guard !CodePoints.isDiacritic(last) else { continue }
            whole.clear()
            for place in 0..<parts.count { whole.append(parts[place]) }
            whole.compose()
            // Some are never composed again.
            guard whole.count == 1, whole[0] == point else { continue }
            second[Int(last)] = true
            whole.clear()
            for place in 0..<parts.count - 1 { whole.append(parts[place]) }
            whole.compose()
            first[Int(whole[whole.count - 1])] = true
        }
    }

    func joinsLeft(_ point: Int32) -> Bool {
        point >= 0x10000 || second[Int(point)] || Self.isMark(point)
    }

    func joinsRight(_ point: Int32) -> Bool {
        point >= 0x10000 || first[Int(point)] || Self.isMark(point)
    }

    /// True for what has a place in the canonical order of marks.
    private static func isMark(_ point: Int32) -> Bool {
        utf8proc_get_property(point).pointee.combining_class > 0
    }
}
