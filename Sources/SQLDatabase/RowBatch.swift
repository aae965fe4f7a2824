import Primitives

/// Rows on their way into a table, in one run of bytes that is used again for the next batch.
///
/// Values are appended from the first column of a row to the last, row by row. A value that does not fit its column
/// is remembered, and the whole batch refused where it is used.
public struct RowBatch: ~Copyable {
    /// The types of the columns.
    public let types: [SQLType]
    /// The number of whole rows.
    public private(set) var count = 0
    /// The bytes that the rows take.
    public var byteCount: Int { buffer.count }
    /// What was appended wrongly first.
    private(set) var fault: String?
    private(set) var buffer: ByteBuffer
    private var column = 0

    /// Makes an empty batch.
    ///
    /// - Parameter capacity: the bytes to reserve; the buffer doubles when they are full.
    public init(_ types: [SQLType], capacity: Int = 1 << 16) {
        self.types = types
        buffer = ByteBuffer(capacity: capacity)
        if types.isEmpty || types.count > Int(Int16.max) { fault = "expected 1 to 32767 columns" }
    }

    /// Forgets the rows and keeps the memory.
    public mutating func clear() {
        buffer.clear()
        count = 0
        column = 0
        if !types.isEmpty, types.count <= Int(Int16.max) { fault = nil }
    }

    /// Appends NULL, which fits every column.
    public mutating func appendNull() {
        begin(nil)
        buffer.appendNull()
        end()
    }

    /// Appends a truth value.
    public mutating func append(bool value: Bool) {
        begin(.bool)
        buffer.append(field: UInt8(value ? 1 : 0))
        end()
    }

    /// Appends an integer.
    public mutating func append(integer value: Int64) {
        begin(.integer)
        buffer.append(field: value)
        end()
    }

    /// Appends a floating-point number.
    public mutating func append(double value: Double) {
        begin(.double)
        buffer.append(field: value.bitPattern)
        end()
    }

    /// Appends a text.
    public mutating func append(text: String) {
        begin(.text)
        buffer.append(field: text)
        end()
    }

    /// Appends a text given in UTF-8.
    public mutating func append(utf8 text: UnsafeRawBufferPointer) {
        begin(.text)
        buffer.append(field: text)
        end()
    }

    /// Appends a run of bytes.
    public mutating func append(bytes: UnsafeRawBufferPointer) {
        begin(.bytes)
        buffer.append(field: bytes)
        end()
    }

    /// Appends a run of bytes.
    public mutating func append(bytes: [UInt8]) {
        begin(.bytes)
        buffer.append(field: bytes)
        end()
    }

    private mutating func begin(_ type: SQLType?) {
        if column == 0 { buffer.append(bigEndian: Int16(truncatingIfNeeded: types.count)) }
        guard let type, column < types.count, types[column] != type, fault == nil else { return }
        fault = "row \(count + 1), column \(column + 1): expected \(types[column]), found \(type)"
    }

    private mutating func end() {
        column += 1
        if column >= types.count {
            column = 0
            count += 1
        }
    }

    /// Throws where the batch cannot be used as it is.
    func check(columns: Int? = nil, statement: String) throws(SQLError) {
        var reason = fault
        if column != 0 { reason = reason ?? "row \(count + 1) ends after \(column) of \(types.count) columns" }
        if let columns, columns != types.count {
            reason = reason ?? "expected \(columns) columns, found \(types.count)"
        }
        guard let reason else { return }
        throw SQLError(.statement, statement: statement, reason: reason)
    }
}
