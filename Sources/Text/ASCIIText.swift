import Primitives

/// Texts of ASCII alone, which need no table: they are in every normal form already.
enum ASCIIText {
    static func isASCII(_ text: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset + 8 <= text.count {
            if text.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
            offset += 8
        }
        while offset < text.count {
            if text[offset] >= 0x80 { return false }
            offset += 1
        }
        return true
    }

    static func append(_ text: UnsafeRawBufferPointer, _ steps: TextSteps, to buffer: inout ByteBuffer) {
        var start = 0
        var end = text.count
        if steps.contains(.trim) {
            while start < end, isWhiteSpace(text[start]) { start += 1 }
            while end > start, isWhiteSpace(text[end - 1]) { end -= 1 }
        }
        let collapses = steps.contains(.collapse)
        let toLower = !steps.isDisjoint(with: [.forMatching, .caseFold, .lowerCase])
        let toUpper = !toLower && steps.contains(.upperCase)
        let target = buffer.reserve(end - start)
        var written = 0
        var isBehindSpace = false
        for offset in start..<end {
            var byte = text[offset]
            if collapses {
                let isSpace = isWhiteSpace(byte)
                if isSpace && isBehindSpace { continue }
                isBehindSpace = isSpace
                if isSpace { byte = 0x20 }
            }
            if toLower {
                if byte &- 0x41 < 26 { byte |= 0x20 }
            } else if toUpper, byte &- 0x61 < 26 {
                byte &= 0xdf
            }
            (target + written).storeBytes(of: byte, as: UInt8.self)
            written += 1
        }
        buffer.advance(by: written)
    }

    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}
