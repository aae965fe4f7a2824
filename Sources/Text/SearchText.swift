import Primitives

/// Brings texts into the form in which phrases are searched in them, with memory that it keeps: after the first texts
/// it allocates nothing.
///
/// Letters become what `TextSteps.forMatching` makes of them. Apostrophes and single quotation marks become `'`,
/// hyphens `-`, dashes that part sentences `--`, double quotation marks `"`. A run of white space becomes one space, or
/// one line feed where two line ends or more are in it: between paragraphs. At both ends of the text there is none.
///
/// Nothing is refused. What is not UTF-8 becomes U+FFFD, one for each longest start of a character, as in browsers. Of
/// more than 40 marks on one letter, which no language has, the rest is put in order by itself.
public struct SearchText: ~Copyable {
    private var buffer = ByteBuffer(capacity: 1024)
    var mapping = TextMapping()
    let table = FoldTable.shared

    // The text in hand, how far it is read, and what is made of it. There is always room for as many bytes as are left
    // of the text and `slack` more, so that ASCII is copied without a check.
    var source = UnsafeRawBufferPointer(start: nil, count: 0)
    var offset = 0
    var target: UnsafeMutableRawPointer
    var written = 0
    var room = 0
    /// 0x80 where the last character written is white space, or none is.
    var behindSpace: UInt64 = 0
    /// The line ends of the white space that was written last.
    var lineEnds = 0
    /// The last character with which one behind it may compose: where it begins in the text, and its place in `target`.
    var anchor = (offset: 0, start: 0, end: -1)
    static let slack = 64

    /// Makes one without a text.
    public init() {
        target = buffer.reserve(Self.slack)
    }

    /// The form of the last text, valid until the next call of `fold`.
    public var bytes: UnsafeRawBufferPointer { buffer.bytes }

    /// Makes the form of a text.
    /// - Returns: `bytes`, valid until the next call.
    @discardableResult
    public mutating func fold(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        begin(text)
        while offset < text.count {
            foldASCII()
            while offset < text.count, text[offset] >= 0x80 { foldCharacter() }
        }
        if behindSpace != 0, written > 0 { written -= 1 }
        buffer.advance(by: written)
        return buffer.bytes
    }

    private mutating func begin(_ text: UnsafeRawBufferPointer) {
        buffer.clear()
        source = text
        offset = 0
        written = 0
        room = text.count + Self.slack
        target = buffer.reserve(room)
        behindSpace = 0x80
        lineEnds = 0
        anchor.end = -1
    }

    /// Folds up to the next character that is not ASCII.
    private mutating func foldASCII() {
        guard let start = source.baseAddress else { return }
        var offset = self.offset
        var written = self.written
        var behindSpace = self.behindSpace
        while offset < source.count {
            let left = source.count - offset
            let bytes = left >= 8 ? EightBytes.load(start + offset) : EightBytes.load(start + offset, count: left)
            let special = EightBytes.special(bytes, behindSpace: behindSpace)
            (target + written).storeBytes(of: EightBytes.lowerCase(bytes).littleEndian, as: UInt64.self)
            let plain = special == 0 ? 8 : special.trailingZeroBitCount >> 3
            if plain > 0 {
                offset += plain
                written += plain
                behindSpace = bytes >> UInt64(8 * plain - 8) & 0xff == 0x20 ? 0x80 : 0
                lineEnds = 0
            }
            if special == 0 { continue }
            guard offset < source.count, source[offset] < 0x80 else { break }
            self.written = written
            self.offset = offset
            self.behindSpace = behindSpace
            foldSpecial(source[offset])
            offset = self.offset
            written = self.written
            behindSpace = self.behindSpace
        }
        self.offset = offset
        self.written = written
        self.behindSpace = behindSpace
    }

    /// Folds white space, a control character or a grave accent.
    private mutating func foldSpecial(_ byte: UInt8) {
        if ASCIIText.isWhiteSpace(byte) {
            writeSpace(Int32(byte))
        } else {
            (target + written).storeBytes(of: byte == 0x60 ? 0x27 : byte, as: UInt8.self)
            written += 1
            behindSpace = 0
        }
        offset += 1
    }

    /// Writes white space, or adds it to what was written last.
    mutating func writeSpace(_ point: Int32) {
        guard written > 0 else { return }
        if behindSpace == 0 {
            (target + written).storeBytes(of: 0x20, as: UInt8.self)
            written += 1
            behindSpace = 0x80
            lineEnds = 0
        }
        switch point {
        // Behind a carriage return it ends no further line.
        case 0x0a: lineEnds += offset > 0 && source[offset - 1] == 0x0d ? 0 : 1
        case 0x0b...0x0d, 0x85, 0x2028: lineEnds += 1
        case 0x2029: lineEnds += 2
        default: break
        }
        if lineEnds >= 2 { (target + written - 1).storeBytes(of: 0x0a, as: UInt8.self) }
    }

    /// Makes room again for what is left of the text.
    mutating func makeRoom() {
        let left = source.count - offset
        guard written + left + Self.slack > room else { return }
        buffer.advance(by: written - buffer.count)
        // More than is needed, so that it seldom comes to this.
        let extra = left + 4096
        target = buffer.reserve(extra) - written
        room = written + extra
        buffer.clear()
    }
}
