/// A growable run of bytes that is written from front to back and used again for the next record.
///
/// It exists so that a record can be built without one allocation: `clear()` keeps the memory. A value that is not
/// copyable cannot be shared by accident, so no reference count is touched while it is written.
public struct ByteBuffer: ~Copyable {
    /// The number of bytes written since the last `clear()`.
    public private(set) var count: Int = 0
    private var storage: UnsafeMutableRawPointer
    private var capacity: Int

    /// Makes an empty buffer.
    /// - Parameter capacity: the bytes to reserve; the buffer doubles when they are full.
    public init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        storage = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    /// What has been written; valid until the buffer is next written to.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage, count: count)
    }

    /// Forgets the content and keeps the memory.
    public mutating func clear() {
        truncate(to: 0)
    }

    /// Forgets everything from the given length on.
    /// - Parameter length: at most `count`; a greater value changes nothing.
    public mutating func truncate(to length: Int) {
        count = min(count, max(length, 0))
    }

    /// Makes room for `extra` bytes after the last one written and returns where they go.
    public mutating func reserve(_ extra: Int) -> UnsafeMutableRawPointer {
        if count + extra > capacity {
            grow(to: count + extra)
        }
        return storage + count
    }

    /// Counts bytes that the caller wrote at the address that `reserve` returned.
    public mutating func advance(by written: Int) {
        count += written
    }

    /// Appends one byte.
    public mutating func append(_ byte: UInt8) {
        reserve(1).storeBytes(of: byte, as: UInt8.self)
        count += 1
    }

    /// Appends bytes as they are.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        reserve(bytes.count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// Appends the UTF-8 bytes of a literal.
    public mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the bytes of an array.
    public mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Appends the UTF-8 bytes of a string.
    public mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Appends an integer in decimal digits.
    public mutating func append(decimal value: Int64) {
        var magnitude = value.magnitude
        let start = reserve(20)
        var length = 0
        repeat {
            (start + length).storeBytes(of: UInt8(truncatingIfNeeded: 48 + magnitude % 10), as: UInt8.self)
            magnitude /= 10
            length += 1
        } while magnitude > 0
        if value < 0 {
            (start + length).storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            length += 1
        }
        let digits = UnsafeMutableRawBufferPointer(start: start, count: length)
        for index in 0..<(length / 2) { digits.swapAt(index, length - 1 - index) }
        count += length
    }

    /// Appends an integer in decimal digits, padded with zeros on the left to a width of at most 20.
    public mutating func append(decimal value: Int64, width: Int) {
        var digits = 1
        var rest = value.magnitude / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        if value < 0 { append(UInt8(ascii: "-")) }
        for _ in 0..<max(0, min(width, 20) - digits) { append(UInt8(ascii: "0")) }
        append(decimal: value < 0 ? 0 &- value : value)
    }

    /// Appends bytes as lower-case hexadecimal digits, two for each byte.
    public mutating func append(hex bytes: UnsafeRawBufferPointer) {
        var target = reserve(bytes.count * 2)
        for byte in bytes {
            target.storeBytes(of: Hexadecimal.digit(byte >> 4), as: UInt8.self)
            (target + 1).storeBytes(of: Hexadecimal.digit(byte & 15), as: UInt8.self)
            target += 2
        }
        count += bytes.count * 2
    }

    /// The content as an array, for tests and for output that is not on the hot path.
    public func array() -> [UInt8] {
        [UInt8](bytes)
    }

    /// The content as text; bytes that are no UTF-8 become U+FFFD.
    public func text() -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private mutating func grow(to needed: Int) {
        var doubled = capacity * 2
        while doubled < needed { doubled *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: doubled, alignment: 16)
        larger.copyMemory(from: storage, byteCount: count)
        storage.deallocate()
        storage = larger
        capacity = doubled
    }
}

/// Lower-case hexadecimal digits.
public enum Hexadecimal {
    /// The digit of a value below 16.
    static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 48 + nibble : 87 + nibble
    }

    /// Bytes as lower-case hexadecimal text.
    public static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }
}
