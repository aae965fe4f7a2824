import Glibc

/// The text of a file as UTF-8, in memory of a fixed size: what is needed of it, and the next piece behind that.
struct TextInput: ~Copyable {
    /// Bytes of one read: enough to make the calls cheap, and little enough to stay in a core's cache.
    static let chunkBytes = 256 << 10
    /// Bytes of one read of a text that has to be decoded, and grows by that.
    private static let rawBytes = chunkBytes / TextDecoding.growthMax / 4 * 4

    /// Where the text stands that has not been taken yet, as offsets into `memory`.
    private(set) var start = 0
    private(set) var end = 0
    let memory: UnsafeMutablePointer<UInt8>
    /// How the file is encoded; settled with the first bytes.
    private(set) var encoding: TextEncoding
    /// Whether a byte order mark said so.
    private(set) var isDeclared = false

    private let source: ByteSource
    private let name: String
    private let capacity: Int
    /// Bytes of the file that are not decoded yet: the beginning of a character, except before the first piece.
    private let raw: UnsafeMutableRawPointer
    private var rawCount = 0
    private var isAtEnd = false
    private var isStarted = false

    /// - Parameters:
    ///   - name: of the file, for errors.
    ///   - heldMax: the most bytes that are held at a time, and not taken.
    init(_ source: ByteSource, name: String, encoding: TextEncoding?, heldMax: Int) {
        self.source = source
        self.name = name
        self.encoding = encoding ?? .utf8
        // Room for two pieces: what is left over is moved to the front every second time only.
        capacity = heldMax + 2 * TextInput.chunkBytes
        memory = .allocate(capacity: capacity)
        raw = .allocate(byteCount: TextInput.rawBytes, alignment: 16)
    }

    deinit {
        memory.deallocate()
        raw.deallocate()
    }

    /// The first byte that has not been taken.
    var first: UnsafeMutablePointer<UInt8> { memory + start }

    /// The bytes that are there and have not been taken.
    var count: Int { end - start }

    /// Takes bytes; they stay where they are until the next piece is read.
    mutating func take(_ count: Int) {
        start += min(count, self.count)
    }

    /// Reads the next piece behind what is held; false at the end of the file.
    mutating func fill() throws(TableError) -> Bool {
        if !isStarted { try begin() }
        if capacity - end < TextInput.chunkBytes {
            memory.update(from: memory + start, count: count)
            end -= start
            start = 0
        }
        while !isAtEnd || rawCount > 0 {
            let before = end
            if encoding == .utf8 { try fillDirectly() } else { try fillDecoding() }
            if end > before { return true }
        }
        return false
    }

    /// Reads as many bytes as a byte order mark has, and settles the encoding.
    private mutating func begin() throws(TableError) {
        isStarted = true
        while rawCount < 3, !isAtEnd { try readRaw() }
        let start = UnsafeRawBufferPointer(start: raw, count: rawCount)
        guard let (encoding, length) = TextEncoding.declared(by: start) else { return }
        (self.encoding, isDeclared) = (encoding, true)
        dropRaw(length)
    }

    private mutating func fillDirectly() throws(TableError) {
        if rawCount > 0 {
            UnsafeMutableRawPointer(memory + end).copyMemory(from: raw, byteCount: rawCount)
            end += rawCount
            rawCount = 0
        } else {
            end += try read(UnsafeMutableRawBufferPointer(start: memory + end, count: TextInput.chunkBytes))
        }
    }

    private mutating func fillDecoding() throws(TableError) {
        if !isAtEnd, rawCount < TextInput.rawBytes { try readRaw() }
        let (taken, written) = TextDecoding.decode(
            UnsafeRawBufferPointer(start: raw, count: rawCount), as: encoding, to: memory + end, isLast: isAtEnd)
        end += written
        dropRaw(taken)
    }

    private mutating func readRaw() throws(TableError) {
        rawCount += try read(UnsafeMutableRawBufferPointer(start: raw + rawCount, count: TextInput.rawBytes - rawCount))
    }

    private mutating func dropRaw(_ count: Int) {
        rawCount -= count
        raw.copyMemory(from: raw + count, byteCount: rawCount)
    }

    private mutating func read(_ target: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
        let count = source.read(target)
        if count <= 0 { isAtEnd = true }
        guard count >= 0 else {
            throw TableError(name, "the file cannot be read to its end: \(String(cString: strerror(Int32(-count))))")
        }
        return min(count, target.count)
    }
}
