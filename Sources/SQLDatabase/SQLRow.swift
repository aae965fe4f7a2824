import CPostgres
import CSQLite

/// A row of a result, there for as long as the closure runs that it is given to.
///
/// Columns count from 0. A value is read as the type that the column has; PostgreSQL's other types (`NUMERIC`, which
/// `sum` of integers makes, `JSONB`, …) are for the statement to cast.
public struct SQLRow: ~Copyable {
    enum Source {
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, row: Int32)
    }

    let source: Source
    let statement: String

    /// The number of columns.
    public var count: Int {
        switch source {
        case .sqlite(let compiled): Int(sqlite3_column_count(compiled))
        case .postgres(let result, _): Int(PQnfields(result))
        }
    }

    /// Whether a column is NULL, or not there.
    public func isNull(_ column: Int) -> Bool {
        let index = Int32(truncatingIfNeeded: column)
        return switch source {
        case .sqlite(let compiled): sqlite3_column_type(compiled, index) == SQLITE_NULL
        case .postgres(let result, let row): PQgetisnull(result, row, index) != 0
        }
    }

    /// An integer.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func integer(_ column: Int) throws(SQLError) -> Int64 {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let compiled):
            guard sqlite3_column_type(compiled, index) == SQLITE_INTEGER else { throw mismatch(column, "an integer") }
            return sqlite3_column_int64(compiled, index)
        case .postgres(let result, let row):
            let field = SQLRow.field(result, row, index)
            switch PQftype(result, index) {
            case PostgresType.int8 where !field.isEmpty: return field.bigEndian(Int64.self)
            case PostgresType.int4 where !field.isEmpty: return Int64(field.bigEndian(Int32.self))
            case PostgresType.int2 where !field.isEmpty: return Int64(field.bigEndian(Int16.self))
            default: throw mismatch(column, "an integer")
            }
        }
    }

    /// A truth value.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func bool(_ column: Int) throws(SQLError) -> Bool {
        guard case .postgres(let result, let row) = source else { return try integer(column) != 0 }
        let index = Int32(truncatingIfNeeded: column)
        let field = SQLRow.field(result, row, index)
        guard PQftype(result, index) == PostgresType.bool, !field.isEmpty else {
            throw mismatch(column, "a truth value")
        }
        return field[0] != 0
    }

    /// A floating-point number.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func double(_ column: Int) throws(SQLError) -> Double {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let compiled):
            guard sqlite3_column_type(compiled, index) == SQLITE_FLOAT else { throw mismatch(column, "a double") }
            return sqlite3_column_double(compiled, index)
        case .postgres(let result, let row):
            let field = SQLRow.field(result, row, index)
            switch PQftype(result, index) {
            case PostgresType.float8 where !field.isEmpty: return Double(bitPattern: field.bigEndian(UInt64.self))
            case PostgresType.float4 where !field.isEmpty:
                return Double(Float(bitPattern: field.bigEndian(UInt32.self)))
            default: throw mismatch(column, "a double")
            }
        }
    }

    /// A text, copied.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func text(_ column: Int) throws(SQLError) -> String {
        String(decoding: try utf8(column), as: UTF8.self)
    }

    /// A text in UTF-8, where it lies.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func utf8(_ column: Int) throws(SQLError) -> UnsafeRawBufferPointer {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let compiled):
            guard sqlite3_column_type(compiled, index) == SQLITE_TEXT else { throw mismatch(column, "a text") }
            let start = sqlite3_column_text(compiled, index)
            return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(compiled, index)))
        case .postgres(let result, let row):
            let types = (PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name)
            let type = PQftype(result, index)
            guard type == types.0 || type == types.1 || type == types.2 || type == types.3, !isNull(column) else {
                throw mismatch(column, "a text")
            }
            return SQLRow.field(result, row, index)
        }
    }

    /// A run of bytes, where it lies.
    ///
    /// - Throws: `SQLError.Kind.statement` where the column is NULL or of another type.
    public func bytes(_ column: Int) throws(SQLError) -> UnsafeRawBufferPointer {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let compiled):
            guard sqlite3_column_type(compiled, index) == SQLITE_BLOB else { throw mismatch(column, "bytes") }
            let start = sqlite3_column_blob(compiled, index)
            return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(compiled, index)))
        case .postgres(let result, let row):
            guard PQftype(result, index) == PostgresType.bytea, !isNull(column) else {
                throw mismatch(column, "bytes")
            }
            return SQLRow.field(result, row, index)
        }
    }

    /// What a field holds; nothing where it is NULL.
    private static func field(_ result: OpaquePointer, _ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    private func mismatch(_ column: Int, _ expected: String) -> SQLError {
        let index = Int32(truncatingIfNeeded: column)
        let found: String
        if column < 0 || column >= count {
            found = "no such column"
        } else if isNull(column) {
            found = "NULL"
        } else {
            switch source {
            case .sqlite(let compiled):
                let names = ["an integer", "a double", "a text", "bytes"]
                let type = Int(sqlite3_column_type(compiled, index)) - 1
                found = names.indices.contains(type) ? names[type] : "another type"
            case .postgres(let result, _):
                found = "PostgreSQL's type \(PQftype(result, index)): cast it in the statement"
            }
        }
        return SQLError(
            .statement, statement: statement, reason: "column \(column): expected \(expected), found \(found)")
    }
}
