import CSQLite

/// Owns a compiled statement of SQLite, which must go before its connection.
final class SQLiteStatement {
    let handle: OpaquePointer
    let name: String
    private let connection: OpaquePointer

    init(_ connection: OpaquePointer, _ text: String, name: String) throws(SQLError) {
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard code == SQLITE_OK else { throw SQLError(connection, statement: name, isCompiling: true) }
        guard let compiled else { throw SQLError(.statement, statement: name, reason: "the statement is empty") }
        handle = compiled
        self.name = name
        self.connection = connection
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func check(parameters: Int) throws(SQLError) {
        let expected = Int(sqlite3_bind_parameter_count(handle))
        guard parameters != expected else { return }
        throw SQLError(
            .statement, statement: name, reason: "expected \(expected) parameters, found \(parameters)")
    }

    /// Sets all parameters to the row in front of the reader, whose bytes must stay until `reset`.
    func bind(_ types: [SQLType], _ reader: inout TupleReader) throws(SQLError) {
        reader.beginRow()
        for index in types.indices {
            let code = bind(Int32(truncatingIfNeeded: index + 1), types[index], reader.next())
            guard code == SQLITE_OK else { throw SQLError(connection, statement: name) }
        }
    }

    private func bind(_ place: Int32, _ type: SQLType, _ field: UnsafeRawBufferPointer?) -> Int32 {
        guard let field, let start = field.baseAddress else { return sqlite3_bind_null(handle, place) }
        switch type {
        case .integer: return sqlite3_bind_int64(handle, place, field.bigEndian(Int64.self))
        case .bool: return sqlite3_bind_int64(handle, place, field[0] == 0 ? 0 : 1)
        case .double: return sqlite3_bind_double(handle, place, Double(bitPattern: field.bigEndian(UInt64.self)))
        case .text:
            let text = start.assumingMemoryBound(to: CChar.self)
            return sqlite3_bind_text64(handle, place, text, UInt64(field.count), nil, UInt8(SQLITE_UTF8))
        case .bytes: return sqlite3_bind_blob64(handle, place, start, UInt64(field.count), nil)
        case .null, .integers, .texts, .byteStrings: return sqlite3_bind_null(handle, place)
        }
    }

    /// Goes to the next row; whether there is one.
    func step() throws(SQLError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLError(connection, statement: name)
        }
    }

    /// Makes the statement ready to be run again.
    func reset() {
        sqlite3_reset(handle)
    }

    /// Forgets the parameters, which point to memory of the caller.
    func forget() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
