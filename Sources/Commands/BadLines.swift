import JSON

/// Lines that were not sent: written to a file as they come, or the first ones kept.
struct BadLines: ~Copyable {
    private static let keptMax = 20

    /// The file that they are written to.
    let path: String?
    /// How many there are.
    private(set) var count = 0
    /// The first ones, where there is no file.
    private(set) var first: [(line: Int64, reason: String)] = []
    private var output: OutputBuffer?

    init(path: String?) {
        self.path = path
    }

    mutating func add(line: Int64, reason: String) {
        count += 1
        guard let path else {
            if first.count < BadLines.keptMax { first.append((line, reason)) }
            return
        }
        // Not before there is something to write: a run without a bad line leaves the file alone.
        if count == 1 { output = OutputBuffer(path: path) }
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("line")
        writer.integer(line)
        writer.key("reason")
        writer.string(reason)
        writer.endObject()
        output?.appendLine(writer.bytes)
    }

    /// Writes what is left; false where not all could be written.
    mutating func finish() -> Bool {
        output?.flush()
        return output?.isWritten ?? false
    }
}
