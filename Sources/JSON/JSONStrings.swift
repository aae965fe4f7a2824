public import Primitives

extension ByteBuffer {
    /// Appends a text as a JSON string in quotes, escaped; bytes that are no UTF-8 become U+FFFD.
    public mutating func append(jsonString text: UnsafeRawBufferPointer) {
        appendQuoted(text, isValid: false)
    }

    /// Appends a text as a JSON string in quotes, escaped.
    public mutating func append(jsonString text: String) {
        var text = text
        text.withUTF8 { appendQuoted(UnsafeRawBufferPointer($0), isValid: true) }
    }
}
