import Primitives

/// Writes rows in the layout of PostgreSQL's binary COPY, which this module uses for all rows and parameters: a 16-bit
/// number of fields, then for each a 32-bit length, -1 for NULL, and the value; numbers with the high byte first
/// (PostgreSQL's manual, COPY, "Tuples").
extension ByteBuffer {
    mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(bigEndian value: Number) {
        let size = MemoryLayout<Number>.size
        reserve(size).storeBytes(of: value.bigEndian, as: Number.self)
        advance(by: size)
    }

    mutating func appendNull() {
        append(bigEndian: Int32(-1))
    }

    mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(field value: Number) {
        append(bigEndian: Int32(MemoryLayout<Number>.size))
        append(bigEndian: value)
    }

    mutating func append(field bytes: UnsafeRawBufferPointer) {
        append(bigEndian: Int32(truncatingIfNeeded: bytes.count))
        append(bytes)
    }

    mutating func append(field bytes: [UInt8]) {
        append(bigEndian: Int32(truncatingIfNeeded: bytes.count))
        append(bytes)
    }

    mutating func append(field text: String) {
        append(bigEndian: Int32(truncatingIfNeeded: text.utf8.count))
        append(utf8: text)
    }

    /// Begins a one-dimensional array (`array_recv` in PostgreSQL's arrayfuncs.c); its elements follow as fields.
    ///
    /// - Parameter size: the bytes of all elements with their lengths.
    mutating func appendArrayHeader(of type: UInt32, count: Int, size: Int) {
        // An empty array has no dimension.
        append(bigEndian: Int32(truncatingIfNeeded: count == 0 ? 12 : 20 + size))
        append(bigEndian: Int32(count == 0 ? 0 : 1))
        append(bigEndian: Int32(0))
        append(bigEndian: type)
        guard count > 0 else { return }
        append(bigEndian: Int32(truncatingIfNeeded: count))
        append(bigEndian: Int32(1))
    }

    mutating func append(field value: SQLValue) {
        switch value {
        case .null: appendNull()
        case .bool(let value): append(field: UInt8(value ? 1 : 0))
        case .integer(let value): append(field: value)
        case .double(let value): append(field: value.bitPattern)
        case .text(let text): append(field: text)
        case .bytes(let bytes): append(field: bytes)
        case .integers(let values):
            appendArrayHeader(of: PostgresType.int8, count: values.count, size: values.count * 12)
            for value in values { append(field: value) }
        case .texts(let texts):
            let size = texts.reduce(0) { $0 + 4 + $1.utf8.count }
            appendArrayHeader(of: PostgresType.text, count: texts.count, size: size)
            for text in texts { append(field: text) }
        case .byteStrings(let strings):
            let size = strings.reduce(0) { $0 + 4 + $1.count }
            appendArrayHeader(of: PostgresType.bytea, count: strings.count, size: size)
            for string in strings { append(field: string) }
        }
    }

    /// Writes the parameters of one statement over what the buffer held.
    mutating func setTuple(_ values: [SQLValue]) {
        clear()
        append(bigEndian: Int16(truncatingIfNeeded: values.count))
        for value in values { append(field: value) }
    }
}

/// Walks over the fields of rows that lie one behind the other.
struct TupleReader {
    private var place: UnsafeRawPointer

    /// Begins in front of a row.
    init(_ place: UnsafeRawPointer) {
        self.place = place
    }

    /// Goes over the number of fields.
    mutating func beginRow() {
        place += 2
    }

    /// The next field; nil for NULL.
    mutating func next() -> UnsafeRawBufferPointer? {
        let count = Int(Int32(bigEndian: place.loadUnaligned(as: Int32.self)))
        place += 4
        guard count >= 0 else { return nil }
        defer { place += count }
        return UnsafeRawBufferPointer(start: place, count: count)
    }
}

extension UnsafeRawBufferPointer {
    /// A number with the high byte first; 0 where the length is not its own.
    func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number {
        guard let baseAddress, count == MemoryLayout<Number>.size else { return 0 }
        return Number(bigEndian: baseAddress.loadUnaligned(as: Number.self))
    }
}
