import Primitives

#if canImport(Glibc)
    import Glibc
#endif

/// Collects output and hands it on in large pieces.
struct OutputBuffer: ~Copyable {
    private static let pieceBytes = 1 << 20

    /// False from the first piece on that could not be written.
    private(set) var isWritten = true
    private var buffer = ByteBuffer(capacity: OutputBuffer.pieceBytes + (64 << 10))
    private let sink: ByteSink
    private let descriptor: Int32

    /// Makes a buffer before a sink.
    init(_ sink: @escaping ByteSink) {
        self.sink = sink
        descriptor = -1
    }

    /// Makes a buffer before a file, which is written anew; nil where it cannot be, for the reason that `errno` gives.
    init?(path: String) {
        self.init(path, O_TRUNC, 0o666)
    }

    /// Makes a buffer before a file with these permissions at most; nil where there is one, or it cannot be made, for
    /// the reason that `errno` gives.
    init?(newPath path: String, mode: mode_t) {
        self.init(path, O_EXCL, mode)
    }

    private init?(_ path: String, _ flags: Int32, _ mode: mode_t) {
        let opened = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode)
        guard opened >= 0 else { return nil }
        descriptor = opened
        sink = Descriptor.sink(opened)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Appends a line.
    mutating func appendLine(_ line: UnsafeRawBufferPointer) {
        buffer.append(line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= OutputBuffer.pieceBytes { flush() }
    }

    /// Hands on what is left.
    mutating func flush() {
        if isWritten, buffer.count > 0 { isWritten = sink(buffer.bytes) }
        buffer.clear()
    }
}
