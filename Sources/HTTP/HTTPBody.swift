import Primitives

/// Bytes of a response with their entity tag and, where that was asked for, their compressed form.
///
/// One body serves any number of responses: a page that is kept is hashed and compressed once.
public final class HTTPBody: Sendable {
    let plain: ByteBlock
    /// The compressed form; nil where it is to be made for the response, if it is wanted at all.
    let compressed: ByteBlock?
    /// The tag of the bytes as they are.
    public let entityTag: EntityTag

    /// A copy of the bytes, uncompressed.
    public var bytes: [UInt8] { Array(plain.bytes) }

    /// Takes bytes.
    /// - Parameters:
    ///   - entityTag: the tag, where the handler knows one; else the bytes' SHA-256.
    ///   - isKept: whether the body will serve many responses, and is therefore to be compressed now and well.
    public init(_ bytes: [UInt8], entityTag: EntityTag? = nil, isKept: Bool = false) {
        plain = ByteBlock(bytes)
        self.entityTag = entityTag ?? EntityTag(hexadecimal: Hexadecimal.text(SHA256.digest(of: bytes)))
        compressed = isKept ? ByteBlock(GzipEncoder.encode(plain.bytes, level: 9)) : nil
    }

    /// Takes a text.
    public convenience init(_ text: String) {
        self.init([UInt8](text.utf8))
    }
}
