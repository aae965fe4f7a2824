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
    private var points = CodePoints()
    private var mapped = CodePoints()

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
        if steps.normalises {
            // First, so that what is canonically equivalent is mapped alike.
            mapEach(options: UTF8PROC_DECOMPOSE.rawValue)
            try points.putMarksInOrder()
        }
        mapCase(steps)
        if steps.normalises {
            try points.putMarksInOrder()
            points.compose()
        }
        points.changeWhiteSpace(steps)
        guard points.encodedBytes <= bytesMax else { throw .tooLong(bytesMax: bytesMax) }
        points.encode(to: &buffer)
    }

    /// Appends the form of a name that is compared: `forMatching`, trimmed and with single spaces.
    /// - Throws: `TextFault`.
    public mutating func appendFoldedForMatching(
        _ text: UnsafeRawBufferPointer, to buffer: inout ByteBuffer
    ) throws(TextFault) {
        try append(text, [.forMatching, .trim, .collapse], to: &buffer)
    }

    private mutating func decode(_ text: UnsafeRawBufferPointer) throws(TextFault) {
        points.clear()
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var offset = 0
        while offset < text.count {
            var point: Int32 = -1
            let length = utf8proc_iterate(start + offset, text.count - offset, &point)
            guard length > 0, point >= 0 else { throw .notUTF8(offset: offset) }
            points.append(point)
            offset += length
        }
    }

    private mutating func mapCase(_ steps: TextSteps) {
        if steps.contains(.forMatching) {
            mapEach(
                options: UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue | UTF8PROC_CASEFOLD.rawValue
                    | UTF8PROC_IGNORE.rawValue)
            points.foldLetters(into: &mapped)
            swap(&points, &mapped)
        } else if steps.contains(.caseFold) {
            mapEach(options: UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_CASEFOLD.rawValue)
        } else if steps.contains(.lowerCase) || steps.contains(.upperCase) {
            mapped.clear()
            let isLower = steps.contains(.lowerCase)
            for place in 0..<points.count { mapped.append(points[place], isLower: isLower) }
            swap(&points, &mapped)
        }
    }

    /// Replaces each code point by what utf8proc makes of it.
    private mutating func mapEach(options: UInt32) {
        mapped.clear()
        for place in 0..<points.count { mapped.append(points[place], options: options) }
        swap(&points, &mapped)
    }
}
