/// What a zone's file says: the TZif format of RFC 8536, versions 1 to 4.
struct TimeZoneFile {
    /// When the offset changes, in seconds since 1970, ascending.
    var instants: [Int64] = []
    /// Seconds east of UTC: before the first change, and behind each.
    var offsets: [Int32] = []
    /// What applies behind the last change; nil where the file says nothing.
    var footer: PosixTimeZone?

    /// More than any zone has, so that a wrong file cannot make a worker reserve much.
    static let bytesMax = 262_144
    private static let headerBytes = 44

    private struct Header {
        var version: Int
        var isUTCount, isStandardCount, leapCount, changeCount, typeCount, nameBytes: Int

        /// The bytes of the data block behind the header.
        func blockBytes(timeBytes: Int) -> Int {
            changeCount * (timeBytes + 1) + typeCount * 6 + nameBytes + leapCount * (timeBytes + 4) + isStandardCount
                + isUTCount
        }
    }

    /// Reads a file.
    /// - Throws: `TimeZoneFault` of the kind `damaged`, which says where the file is wrong.
    init(_ file: [UInt8], name: String) throws(TimeZoneFault) {
        var reason = "more than \(Self.bytesMax) bytes"
        let isRead = file.count <= Self.bytesMax && file.withUnsafeBytes { self.read($0, &reason) }
        if !isRead { throw TimeZoneFault(.damaged, name, reason) }
    }

    /// False, with the reason, where the file is damaged.
    private mutating func read(_ bytes: UnsafeRawBufferPointer, _ reason: inout String) -> Bool {
        guard var header = Self.header(bytes, at: 0) else {
            reason = "no TZif header of versions 1 to 4 at byte 0"
            return false
        }
        var start = Self.headerBytes
        var timeBytes = 4
        if header.version >= 2 {
            // The first block is for readers of 32 bits; behind it the same follows in 64.
            let second = start + header.blockBytes(timeBytes: 4)
            guard let wide = Self.header(bytes, at: second) else {
                reason = "no second header at byte \(second)"
                return false
            }
            (header, timeBytes, start) = (wide, 8, second + Self.headerBytes)
        }
        let end = start + header.blockBytes(timeBytes: timeBytes)
        guard end <= bytes.count else {
            reason = "the data end before byte \(end)"
            return false
        }
        if let fault = Self.check(header) ?? readBlock(bytes, start, header, timeBytes) {
            reason = fault
            return false
        }
        guard header.version >= 2 else { return true }
        guard readFooter(bytes, end) else {
            reason = "no TZ string between line ends at byte \(end)"
            return false
        }
        return true
    }

    private static func header(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Header? {
        guard place + headerBytes <= bytes.count,
            UnsafeRawBufferPointer(rebasing: bytes[place..<(place + 4)]).holdsSame(as: "TZif")
        else { return nil }
        let version: Int
        switch bytes[place + 4] {
        case 0: version = 1
        case UInt8(ascii: "2")...UInt8(ascii: "4"): version = Int(bytes[place + 4] - 48)
        default: return nil
        }
        // Not above the size of a file, so that sums of them cannot overflow.
        func count(_ index: Int) -> Int {
            let start = place + 20 + index * 4
            return min(Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))), bytesMax)
        }
        return Header(
            version: version, isUTCount: count(0), isStandardCount: count(1), leapCount: count(2),
            changeCount: count(3), typeCount: count(4), nameBytes: count(5))
    }

    private static func check(_ header: Header) -> String? {
        guard (1...256).contains(header.typeCount) else { return "no kinds of local time" }
        guard header.leapCount == 0 else { return "times that count leap seconds; take the zone without right/" }
        guard [0, header.typeCount].contains(header.isUTCount), [0, header.typeCount].contains(header.isStandardCount)
        else { return "indicators for another number of kinds of local time" }
        return nil
    }

    /// What is wrong with the block, or nil.
    private mutating func readBlock(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ header: Header, _ timeBytes: Int
    ) -> String? {
        let kinds = start + header.changeCount * timeBytes
        let types = kinds + header.changeCount
        var typeOffsets: [Int32] = []
        for type in 0..<header.typeCount {
            let offset = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: types + type * 6, as: Int32.self))
            // RFC 8536 section 3.2: more than 25 hours behind or 26 ahead is no time zone.
            guard (-89_999...93_599).contains(offset) else { return "an offset of more than a day from UTC" }
            guard bytes[types + type * 6 + 4] <= 1, Int(bytes[types + type * 6 + 5]) < header.nameBytes else {
                return "a wrong kind of local time"
            }
            typeOffsets.append(offset)
        }
        offsets.append(typeOffsets[0])
        for change in 0..<header.changeCount {
            let instant =
                timeBytes == 8
                ? Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + change * 8, as: Int64.self))
                : Int64(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: start + change * 4, as: Int32.self)))
            // Nothing is before the Big Bang by RFC 8536 section 3.2, and nothing as far behind.
            guard instant.magnitude <= 1 << 59 else { return "a change at an impossible time" }
            if let last = instants.last, instant <= last { return "changes that are not in order" }
            let type = Int(bytes[kinds + change])
            guard type < typeOffsets.count else { return "a change to a kind of local time that is not there" }
            instants.append(instant)
            offsets.append(typeOffsets[type])
        }
        return nil
    }

    /// The TZ string stands between two line ends; an empty one says nothing.
    private mutating func readFooter(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "\n"),
            let end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        else { return false }
        let text = [UInt8](bytes[(start + 1)..<end])
        guard !text.isEmpty else { return true }
        footer = PosixTimeZone(text)
        return footer != nil
    }
}
