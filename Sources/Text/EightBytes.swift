/// Eight bytes of a text at once, the first one lowest; answers are in the highest bit of each byte.
enum EightBytes {
    static let high: UInt64 = 0x8080_8080_8080_8080

    /// The same byte eight times.
    @inline(__always)
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The bytes at an address.
    @inline(__always)
    static func load(_ address: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: address.loadUnaligned(as: UInt64.self))
    }

    /// Fewer than eight bytes at an address, and zeros behind them.
    static func load(_ address: UnsafeRawPointer, count: Int) -> UInt64 {
        var bytes: UInt64 = 0
        for offset in 0..<count {
            bytes |= UInt64(address.load(fromByteOffset: offset, as: UInt8.self)) << UInt64(8 * offset)
        }
        return bytes
    }

    /// Where a byte is not below a bound; bytes and bound from 0 to 0x7f.
    @inline(__always)
    private static func reaches(_ bytes: UInt64, _ bound: UInt8) -> UInt64 { bytes &+ all(0x80 - bound) }

    /// ASCII capital letters in lower case, all other ASCII characters as they are.
    @inline(__always)
    static func lowerCase(_ bytes: UInt64) -> UInt64 {
        let ascii = bytes & ~high
        let capitals = reaches(ascii, UInt8(ascii: "A")) & ~reaches(ascii, UInt8(ascii: "Z") + 1) & high
        return bytes | capitals >> 2
    }

    /// Where folding has more to do than to make letters lower case: at what is not ASCII, at control characters, at
    /// grave accents, and at a space behind another one.
    /// - Parameter behindSpace: 0x80 where a space stands before the first byte, else 0.
    @inline(__always)
    static func special(_ bytes: UInt64, behindSpace: UInt64) -> UInt64 {
        let ascii = bytes & ~high
        let notSpace = (ascii ^ all(0x20)) &+ ~high
        let notGrave = (ascii ^ all(0x60)) &+ ~high
        let secondSpace = ~notSpace & (~notSpace & high) << 8
        let firstSpace = ~notSpace & behindSpace
        return (bytes | ~reaches(ascii, 0x20) | ~notGrave | secondSpace | firstSpace) & high
    }

    /// Where a letter, a digit or a part of what is not ASCII stands.
    @inline(__always)
    static func words(_ bytes: UInt64) -> UInt64 {
        let ascii = bytes & ~high
        let lower = ascii | all(0x20)
        let letters = reaches(lower, UInt8(ascii: "a")) & ~reaches(lower, UInt8(ascii: "z") + 1)
        let digits = reaches(ascii, UInt8(ascii: "0")) & ~reaches(ascii, UInt8(ascii: "9") + 1)
        return (bytes | letters | digits) & high
    }

    /// The highest bits of the bytes, that of the first one lowest, in eight bits.
    @inline(__always)
    static func gathered(_ answers: UInt64) -> UInt64 {
        (((answers & high) >> 7) &* 0x0102_0408_1020_4080) >> 56
    }
}
