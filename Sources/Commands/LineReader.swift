import JSON

#if canImport(Glibc)
    import Glibc
#endif

/// Reads the lines of a file one after the other, in large pieces and bounded memory.
///
/// A line that is longer than allowed is given as its beginning, one byte longer than allowed, and never held whole.
struct LineReader: ~Copyable {
    /// Bytes of one read: enough to make the calls cheap, and little enough to stay in a core's cache.
    static let chunkBytes = 256 << 10

    /// The number of the last line, from 0.
    private(set) var index: Int64
    /// The error number of the read that failed; 0 where none did.
    private(set) var failure: Int32 = 0

    private let descriptor: Int32
    private let lineBytesMax: Int
    private let buffer: UnsafeMutableRawPointer
    private var start = 0
    private var end = 0
    private var isInsideLongLine = false
    private var isAtEnd = false

    /// Makes a reader; the descriptor stays the caller's.
    /// - Parameters:
    ///   - descriptor: what is read, from where it stands.
    ///   - lineBytesMax: the longest line that is given whole.
    ///   - first: the number of the first line.
    init(_ descriptor: Int32, lineBytesMax: Int, first: Int64 = 0) {
        self.descriptor = descriptor
        self.lineBytesMax = lineBytesMax
        index = first - 1
        buffer = .allocate(
            byteCount: lineBytesMax + 1 + LineReader.chunkBytes + Extractor.padding, alignment: 4096)
    }

    deinit {
        buffer.deallocate()
    }

    /// The next line without its line end, or nil at the end and after a failure.
    ///
    /// It holds until the next call, and `Extractor.padding` bytes behind it can be read.
    mutating func next() -> UnsafeRawBufferPointer? {
        if isInsideLongLine, !passLongLine() { return nil }
        var searched = start
        while true {
            if let lineEnd = lineEnd(from: searched) { return take(to: lineEnd, next: lineEnd + 1) }
            if end - start > lineBytesMax {
                isInsideLongLine = true
                return take(to: start + lineBytesMax + 1, next: end)
            }
            searched = end - start
            if !fill() { return start < end ? take(to: end, next: end) : nil }
        }
    }

    private mutating func take(to lineEnd: Int, next: Int) -> UnsafeRawBufferPointer {
        let line = UnsafeRawBufferPointer(start: buffer + start, count: lineEnd - start)
        start = next
        index += 1
        return line
    }

    private mutating func passLongLine() -> Bool {
        while true {
            if let lineEnd = lineEnd(from: start) {
                start = lineEnd + 1
                isInsideLongLine = false
                return true
            }
            start = end
            if !fill() { return false }
        }
    }

    private func lineEnd(from position: Int) -> Int? {
        guard position < end, let found = memchr(buffer + position, 10, end - position) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(buffer)
    }

    /// Moves the rest of the last piece to the front and reads the next piece behind it.
    private mutating func fill() -> Bool {
        if start > 0 {
            buffer.copyMemory(from: buffer + start, byteCount: end - start)
            end -= start
            start = 0
        }
        while !isAtEnd {
            let count = read(descriptor, buffer + end, LineReader.chunkBytes)
            if count < 0, errno == EINTR { continue }
            if count < 0 { failure = errno }
            if count <= 0 {
                isAtEnd = true
                break
            }
            end += count
            return true
        }
        return false
    }
}

/// A file that is open for reading.
struct InputFile: ~Copyable {
    /// Its descriptor.
    let descriptor: Int32
    /// Its name without folders, for provenance.
    let name: String
    private let isOwned: Bool

    /// Opens a file; `-` is the given descriptor. Nil where it cannot be opened, for the reason that `errno` gives.
    init?(_ path: String, standardInput: Int32) {
        if path == "-" {
            (descriptor, name, isOwned) = (standardInput, "stdin", false)
            return
        }
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        (descriptor, isOwned) = (opened, true)
        name = path.split(separator: "/").last.map(String.init) ?? path
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// True for a folder.
    var isFolder: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// How far the file has been read: from 0 to 1; nil for what has no size, such as a pipe.
    var share: Double? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            return nil
        }
        let place = lseek(descriptor, 0, SEEK_CUR)
        return place < 0 ? nil : min(1, Double(place) / Double(status.st_size))
    }

    /// All that there is to read, or one byte more than is allowed; nil where reading fails, for the reason that
    /// `errno` gives.
    func contents(atMost bytesMax: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: LineReader.chunkBytes)
        while bytes.count <= bytesMax {
            let count = read(descriptor, &chunk, min(chunk.count, bytesMax + 1 - bytes.count))
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// What the last system call of this thread failed of.
    static var reason: String { String(cString: strerror(errno)) }
}

extension UnsafeRawBufferPointer {
    /// White space alone (RFC 8259, section 2).
    var isBlank: Bool {
        if let first, first > 0x20 { return false }
        return allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
    }
}
