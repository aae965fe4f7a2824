import CSimdJSON
public import Primitives

/// A number that JSON has no text for: an infinity or not a number.
public struct NumberNotFinite: Error, Sendable, Hashable, CustomStringConvertible {
    /// Makes the error.
    public init() {}

    /// What was expected.
    public var description: String { "expected a finite number: JSON has no infinities and no not-a-number" }
}

/// Writes JSON (RFC 8259) into a buffer that is used again for the next document, without white space.
///
/// Commas are set by the writer. The order of calls is up to the caller: a name before each member's value, and an end
/// for each beginning. Debug builds stop where a document is closed more often than opened. No allocation once the
/// buffer has grown to its size.
public struct JSONWriter: ~Copyable {
    private var buffer: ByteBuffer
    private var needsComma = false
    /// The objects and arrays that are open.
    public private(set) var depth = 0

    /// Makes a writer.
    /// - Parameter capacity: the bytes to reserve.
    public init(capacity: Int = 4096) {
        buffer = ByteBuffer(capacity: capacity)
    }

    /// Makes a writer that goes on behind what a buffer holds, as the beginning of a document.
    public init(appendingTo buffer: consuming ByteBuffer) {
        self.buffer = buffer
    }

    /// What has been written; valid until the writer is next used.
    public var bytes: UnsafeRawBufferPointer { buffer.bytes }

    /// The number of bytes written.
    public var count: Int { buffer.count }

    /// Sees to it that bytes of any content can be read behind what has been written.
    /// - Parameter extra: how many: `Extractor.padding`, where the document is to be extracted from in place.
    public mutating func pad(_ extra: Int) { _ = buffer.reserve(extra) }

    /// Gives the buffer back.
    public consuming func finish() -> ByteBuffer { buffer }

    /// Forgets what was written and keeps the memory.
    public mutating func clear() {
        buffer.clear()
        needsComma = false
        depth = 0
    }

    // MARK: Structure

    /// Begins an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends an object.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Begins an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends an array.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Ends a line, so that the next document stands on its own one (NDJSON).
    public mutating func newLine() {
        buffer.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func begin(_ bracket: UInt8) {
        comma()
        buffer.append(bracket)
        needsComma = false
        depth += 1
    }

    private mutating func end(_ bracket: UInt8) {
        assert(depth > 0, "an object or array ends that did not begin")
        buffer.append(bracket)
        needsComma = true
        depth -= 1
    }

    @inline(__always)
    private mutating func comma() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    // MARK: Names

    /// Writes the name of a member; a value must follow.
    /// - Parameter name: printable ASCII without quote and backslash, which is written as it stands.
    public mutating func key(_ name: StaticString) {
        comma()
        buffer.append(UInt8(ascii: "\""))
        buffer.append(name)
        buffer.append("\":")
        needsComma = false
    }

    /// Writes the name of a member; a value must follow.
    /// - Parameter name: UTF-8; what is not becomes U+FFFD.
    public mutating func key(_ name: UnsafeRawBufferPointer) {
        string(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes the name of a member; a value must follow.
    public mutating func key(_ name: String) {
        string(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Members

    /// Writes a member that is a string.
    /// - Parameter name: as in `key`.
    public mutating func member(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    /// Writes a member that is an integer.
    /// - Parameter name: as in `key`.
    public mutating func member(_ name: StaticString, _ value: Int64) {
        key(name)
        integer(value)
    }

    /// Writes a member that is an integer.
    /// - Parameter name: as in `key`.
    public mutating func member(_ name: StaticString, _ value: Int) { member(name, Int64(value)) }

    // MARK: Values

    /// Writes a string.
    /// - Parameter text: UTF-8; what is not becomes U+FFFD, as in the standard library's decoding.
    public mutating func string(_ text: UnsafeRawBufferPointer) {
        comma()
        buffer.appendQuoted(text, isValid: false)
    }

    /// Writes a string.
    public mutating func string(_ text: String) {
        comma()
        var text = text
        text.withUTF8 { buffer.appendQuoted(UnsafeRawBufferPointer($0), isValid: true) }
    }

    /// Writes an integer.
    public mutating func integer(_ value: Int64) {
        comma()
        buffer.append(decimal: value)
    }

    /// Writes an integer.
    public mutating func integer(_ value: Int) { integer(Int64(value)) }

    /// Writes an integer.
    public mutating func unsigned(_ value: UInt64) {
        comma()
        if value > UInt64(Int64.max) { buffer.append(decimal: Int64(value / 10)) }
        buffer.append(decimal: Int64(value > UInt64(Int64.max) ? value % 10 : value))
    }

    /// Writes a number with the fewest digits that read back as the same double, in the form of ECMAScript and RFC 8785
    /// (section 3.2.2.3): `1`, `0.1`, `1e+21`, and `0` for -0.
    /// - Throws: `NumberNotFinite`, and nothing is written.
    public mutating func double(_ value: Double) throws(NumberNotFinite) {
        guard value.isFinite else { throw NumberNotFinite() }
        comma()
        buffer.append(shortest: value)
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) {
        comma()
        buffer.append(value ? "true" : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        comma()
        buffer.append("null")
    }

    /// Writes a value that is JSON already, as it stands.
    public mutating func raw(_ json: UnsafeRawBufferPointer) {
        comma()
        buffer.append(json)
    }
}
