import JSON
import Primitives

/// An object on a line of its own.
enum JSONLine {
    /// Its text, with the line's end.
    static func text(_ members: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        members(&writer)
        writer.endObject()
        writer.newLine()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
