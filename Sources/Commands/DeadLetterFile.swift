import FoundationEssentials
import JSON
import Kafka
import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// Dead letters in a file, one a line, as they were received: for the department whose they are.
struct DeadLetterFile: ~Copyable {
    private let path: String
    private var output: OutputBuffer

    /// Makes a file that only its owner can read.
    /// - Throws: where there is one already: who could read it before could read what is written now.
    init(_ path: String) throws(CommandFailure) {
        guard let output = OutputBuffer(newPath: path, mode: 0o600) else {
            throw CommandFailure(
                errno == EEXIST
                    ? "\(path): there is a file already, which others may read; name another one"
                    : "\(path): the file cannot be made; check its folder and its permissions")
        }
        self.path = path
        self.output = output
    }

    mutating func add(_ message: Message, _ entry: DeadLetterEntry) throws(CommandFailure) {
        var writer = JSONWriter()
        writer.beginObject()
        entry.writeMembers(into: &writer)
        if let milliseconds = message.timestampMilliseconds { writer.member("timestampMilliseconds", milliseconds) }
        writer.key("key")
        DeadLetterFile.write(message.key, into: &writer)
        writer.key("value")
        DeadLetterFile.write(message.payload, into: &writer)
        writer.key("headers")
        writer.beginArray()
        message.forEachHeader { name, value in
            writer.beginObject()
            writer.key("name")
            writer.string(name)
            writer.key("value")
            DeadLetterFile.write(value, into: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        output.appendLine(writer.bytes)
        try check()
    }

    mutating func finish() throws(CommandFailure) {
        output.flush()
        try check()
    }

    private func check() throws(CommandFailure) {
        guard output.isWritten else {
            throw CommandFailure("\(path): the file cannot be written to its end; check the space on its disk")
        }
    }

    /// Base64 (RFC 4648, section 4), or null.
    private static func write(_ bytes: UnsafeRawBufferPointer?, into writer: inout JSONWriter) {
        guard let bytes else { return writer.null() }
        writer.string(Data(bytes).base64EncodedString())
    }
}
