/// A growable run of bytes that is written from front to back and used again for the next record.
///
/// It exists so that a record can be built without one allocation: `clear()` keeps the memory. A value that is not
/// copyable cannot be shared by accident, so no reference count is touched while it is written.
public struct ByteBuffer: ~Copyable {
    /// The number of bytes written since the last `clear()`.
    @inlinable public var count: Int { length }
    // Open to inlining: records are written a few bytes at a time, from other modules.
    @usableFromInline var length = 0
    @usableFromInline var storage: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int

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
    @inlinable public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage, count: length)
    }

    /// Forgets the content and keeps the memory.
    public mutating func clear() {
        truncate(to: 0)
    }

    /// Forgets everything from the given length on.
    /// - Parameter length: at most `count`; a greater value changes nothing.
    public mutating func truncate(to length: Int) {
        self.length = min(count, max(length, 0))
    }

    /// Makes room for `extra` bytes after the last one written and returns where they go.
    @inlinable
    public mutating func reserve(_ extra: Int) -> UnsafeMutableRawPointer {
        if length + extra > capacity {
            grow(to: length + extra)
        }
        return storage + length
    }

    /// Counts bytes that the caller wrote at the address that `reserve` returned.
    @inlinable
    public mutating func advance(by written: Int) {
        length += written
    }

    /// Appends one byte.
    @inlinable
    public mutating func append(_ byte: UInt8) {
        reserve(1).storeBytes(of: byte, as: UInt8.self)
        length += 1
    }

    /// Appends bytes as they are.
    @inlinable
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        reserve(bytes.count).copyMemory(from: source, byteCount: bytes.count)
        length += bytes.count
    }

    /// Appends the UTF-8 bytes of a literal.
    @inlinable
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
        if value < 0 { append(UInt8(ascii: "-")) }
        append(digits: value.magnitude, width: Digits.count(value.magnitude))
    }

    /// Appends an amount that is not negative, given in hundredths, with its two decimals where it has any: `12000.50`.
    public mutating func append(cents: Int64) {
        append(decimal: cents / 100)
        if cents % 100 != 0 {
            append(UInt8(ascii: "."))
            append(decimal: cents % 100, width: 2)
        }
    }

    /// Appends an integer in decimal digits, padded with zeros on the left to a width of at most 20.
    public mutating func append(decimal value: Int64, width: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(digits: value.magnitude, width: max(Digits.count(value.magnitude), min(width, 20)))
    }

    /// Writes the digits from the last to the first, to where they belong.
    private mutating func append(digits value: UInt64, width: Int) {
        let start = reserve(width)
        var rest = value
        var place = width
        while place > 0 {
            place -= 1
            (start + place).storeBytes(of: UInt8(truncatingIfNeeded: 48 + rest % 10), as: UInt8.self)
            rest /= 10
        }
        length += width
    }

    /// Appends bytes as lower-case hexadecimal digits, two for each byte.
    public mutating func append(hex bytes: UnsafeRawBufferPointer) {
        var target = reserve(bytes.count * 2)
        for byte in bytes {
            target.storeBytes(of: Hexadecimal.digit(byte >> 4), as: UInt8.self)
            (target + 1).storeBytes(of: Hexadecimal.digit(byte & 15), as: UInt8.self)
            target += 2
        }
        length += bytes.count * 2
    }

    /// The content as an array, for tests and for output that is not on the hot path.
    public func array() -> [UInt8] {
        [UInt8](bytes)
    }

    /// The content as text; bytes that are no UTF-8 become U+FFFD.
    public func text() -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    @usableFromInline
    mutating func grow(to needed: Int) {
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
