/// An encoding that departments' exports come in, by its name in the registry of IANA.
///
/// A byte order mark at the beginning of a file counts for more than what was asked for, as in the Encoding Standard
/// (WHATWG, section 6): whoever wrote it knew.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// UTF-16, the less significant byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, the more significant byte first.
    case utf16BigEndian = "utf-16be"
    /// Windows code page 1252, "ANSI" in programs of Western Europe and the Americas; five bytes mean nothing in it.
    case windows1252 = "windows-1252"
    /// ISO 8859-1 (Latin-1): each byte is the scalar of that number.
    case iso88591 = "iso-8859-1"

    /// The name for people.
    public var title: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
        case .windows1252: "windows-1252"
        case .iso88591: "ISO 8859-1"
        }
    }

    /// The encoding that the first bytes of a file declare, and the bytes that the declaration takes.
    static func declared(by start: UnsafeRawBufferPointer) -> (encoding: TextEncoding, length: Int)? {
        if start.starts(with: [0xef, 0xbb, 0xbf]) { return (.utf8, 3) }
        if start.starts(with: [0xff, 0xfe]) { return (.utf16LittleEndian, 2) }
        if start.starts(with: [0xfe, 0xff]) { return (.utf16BigEndian, 2) }
        return nil
    }
}

/// Decodes to UTF-8, piece by piece.
///
/// Written out, since one table of 32 scalars and the arithmetic of surrogates are all there is to it: iconv would
/// bring its own errors, state and names of encodings, which differ between systems. What cannot be decoded becomes
/// the byte 0xff, which stands nowhere in UTF-8: so the check of a row finds it where it is.
enum TextDecoding {
    /// What stands for what cannot be decoded.
    static let wrong: UInt8 = 0xff
    /// The most bytes of UTF-8 that a byte of a file becomes.
    static let growthMax = 3

    /// The scalars of the bytes from 0x80 to 0x9f of windows-1252 (Unicode Consortium, CP1252.TXT); 0 where there is
    /// none.
    private static let windows1252: [UInt16] = [
        0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
        0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
        0x0178,
    ]

    /// Decodes as much of a piece as can be.
    /// - Parameters:
    ///   - piece: the bytes that follow what was decoded last.
    ///   - target: room for `growthMax` bytes for each byte of the piece.
    ///   - isLast: whether nothing follows; then all of the piece is taken.
    /// - Returns: the bytes taken, and the bytes written.
    static func decode(
        _ piece: UnsafeRawBufferPointer, as encoding: TextEncoding, to target: UnsafeMutablePointer<UInt8>,
        isLast: Bool
    ) -> (taken: Int, written: Int) {
        switch encoding {
        case .utf16LittleEndian: return utf16(piece, high: 1, to: target, isLast: isLast)
        case .utf16BigEndian: return utf16(piece, high: 0, to: target, isLast: isLast)
        case .utf8, .windows1252, .iso88591:
            var written = 0
            for byte in piece {
                var scalar = UInt32(byte)
                if encoding == .windows1252, 0x80...0x9f ~= byte { scalar = UInt32(windows1252[Int(byte) - 0x80]) }
                written += append(scalar == 0 && byte != 0 ? nil : scalar, to: target + written)
            }
            return (piece.count, written)
        }
    }

    /// - Parameter high: the place of the more significant byte of a unit.
    private static func utf16(
        _ piece: UnsafeRawBufferPointer, high: Int, to target: UnsafeMutablePointer<UInt8>, isLast: Bool
    ) -> (taken: Int, written: Int) {
        func unit(at place: Int) -> UInt32 { UInt32(piece[place + high]) << 8 | UInt32(piece[place + 1 - high]) }
        var (taken, written) = (0, 0)
        while taken + 1 < piece.count {
            let first = unit(at: taken)
            guard 0xd800...0xdbff ~= first else {
                written += append(0xdc00...0xdfff ~= first ? nil : first, to: target + written)
                taken += 2
                continue
            }
            if taken + 3 >= piece.count, !isLast { break }
            let second = taken + 3 < piece.count ? unit(at: taken + 2) : 0
            let isPair = 0xdc00...0xdfff ~= second
            let scalar = isPair ? 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00) : nil
            written += append(scalar, to: target + written)
            taken += isPair ? 4 : 2
        }
        if isLast, taken < piece.count {
            written += append(nil, to: target + written)
            taken = piece.count
        }
        return (taken, written)
    }

    /// Writes a scalar, or what stands for none; returns the bytes written.
    @inline(__always)
    private static func append(_ scalar: UInt32?, to target: UnsafeMutablePointer<UInt8>) -> Int {
        func put(_ place: Int, _ value: UInt32) { target[place] = UInt8(truncatingIfNeeded: value) }
        switch scalar {
        case nil:
            target[0] = wrong
            return 1
        case .some(let scalar) where scalar < 0x80:
            put(0, scalar)
            return 1
        case .some(let scalar) where scalar < 0x800:
            put(0, 0xc0 | scalar >> 6)
            put(1, 0x80 | scalar & 0x3f)
            return 2
        case .some(let scalar) where scalar < 0x10000:
            put(0, 0xe0 | scalar >> 12)
            put(1, 0x80 | scalar >> 6 & 0x3f)
            put(2, 0x80 | scalar & 0x3f)
            return 3
        case .some(let scalar):
            put(0, 0xf0 | scalar >> 18)
            put(1, 0x80 | scalar >> 12 & 0x3f)
            put(2, 0x80 | scalar >> 6 & 0x3f)
            put(3, 0x80 | scalar & 0x3f)
            return 4
        }
    }
}
