import Primitives

/// Makes outcome keys: pseudonyms under which the records of one source record stand.
///
/// A key is the first 128 bits of HMAC-SHA-256 (RFC 2104, section 5 on truncation) over department, system and source
/// record id, each ended by a byte that cannot occur in the first two, under a secret that the department holds.
/// Without the secret nobody can tell which record a key belongs to, nor test a guess.
public struct OutcomeKeyMaker: ~Copyable {
    /// The fewest bytes that a department's secret may have.
    public static let secretBytesMin = 32
    /// The length of a key as text.
    public static let length = 32

    private let authenticator: HMACSHA256
    private var message = ByteBuffer(capacity: 512)
    private var key = ByteBuffer(capacity: 64)
    private let prefixLength: Int

    /// Makes a maker.
    public init(secret: [UInt8], department: String, system: String) {
        authenticator = HMACSHA256(key: secret)
        message.append(utf8: department)
        message.append(UInt8(0x1f))
        message.append(utf8: system)
        message.append(UInt8(0x1f))
        prefixLength = message.count
    }

    /// The key of a source record as 32 hexadecimal digits; the memory holds until the next call.
    public mutating func key(of recordID: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        message.truncate(to: prefixLength)
        message.append(recordID)
        let code = authenticator.authenticate(message.bytes)
        key.clear()
        key.append(hex: UnsafeRawBufferPointer(rebasing: code[..<(OutcomeKeyMaker.length / 2)]))
        return key.bytes
    }
}
