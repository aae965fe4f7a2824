/// A streamed body on its way: pulls chunks, compresses them where that was agreed, and fills buffers with them.
final class ChunkSource {
    /// Bytes handed out.
    private(set) var bytesTaken = 0
    private let next: () throws -> [UInt8]?
    private let encoder: GzipEncoder?
    private var chunk: [UInt8] = []
    private var offset = 0
    private var isAtEnd = false

    init(_ next: @escaping () throws -> [UInt8]?, encoder: GzipEncoder?) {
        self.next = next
        self.encoder = encoder
    }

    /// Fills a buffer as far as the body goes.
    /// - Returns: the bytes written; zero at the end.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            if offset == chunk.count {
                guard !isAtEnd else { break }
                try pull()
                continue
            }
            let taken = min(chunk.count - offset, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + taken])
                .copyBytes(from: chunk[offset..<offset + taken])
            offset += taken
            filled += taken
        }
        bytesTaken += filled
        return filled
    }

    private func pull() throws {
        offset = 0
        let pulled = try next()
        isAtEnd = pulled == nil
        guard let encoder else {
            chunk = pulled ?? []
            return
        }
        chunk = (pulled ?? []).withUnsafeBytes { encoder.encode($0, isLast: pulled == nil) }
    }
}
