import CUTF8Proc
public import Primitives

/// Brings texts into a form, with memory that it keeps: after the first texts it allocates nothing.
///
/// Decomposition, order of marks, case folding and composition are those of utf8proc, whose version says which version
/// of Unicode it is (14.0 in Debian 12); upper and lower case are those of Swift's standard library.
public struct TextNormaliser: ~Copyable {
    /// The most bytes of a text, and of what becomes of it.
    public let bytesMax: Int
    /// Far more than the 30 of UAX #15's stream-safe texts; so that putting marks in order stays cheap.
    static let marksMax = 128
    private var mapping = TextMapping()

    /// Makes a normaliser.
    /// - Parameter bytesMax: the most bytes of a text, and of what becomes of it.
    public init(bytesMax: Int = 16_384) {
        self.bytesMax = max(bytesMax, 0)
    }

    /// Appends what the steps make of a text to a buffer, which is as it was where this fails.
    /// - Throws: `TextFault`.
    public mutating func append(
        _ text: UnsafeRawBufferPointer, _ steps: TextSteps, to buffer: inout ByteBuffer
    ) throws(TextFault) {
        guard text.count <= bytesMax else { throw .tooLong(bytesMax: bytesMax) }
        if ASCIIText.isASCII(text) {
            ASCIIText.append(text, steps, to: &buffer)
            return
        }
        try decode(text)
        try mapping.perform(steps)
        mapping.points.changeWhiteSpace(steps)
        guard mapping.points.encodedBytes <= bytesMax else { throw .tooLong(bytesMax: bytesMax) }
        mapping.points.encode(to: &buffer)
    }

    /// Appends the form of a name that is compared: `forMatching`, trimmed and with single spaces.
    /// - Throws: `TextFault`.
    public mutating func appendFoldedForMatching(
        _ text: UnsafeRawBufferPointer, to buffer: inout ByteBuffer
    ) throws(TextFault) {
        try append(text, [.forMatching, .trim, .collapse], to: &buffer)
    }

    private mutating func decode(_ text: UnsafeRawBufferPointer) throws(TextFault) {
        mapping.points.clear()
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var offset = 0
        while offset < text.count {
            var point: Int32 = -1
            let length = utf8proc_iterate(start + offset, text.count - offset, &point)
            guard length > 0, point >= 0 else { throw .notUTF8(offset: offset) }
            mapping.points.append(point)
            offset += length
        }
    }
}
