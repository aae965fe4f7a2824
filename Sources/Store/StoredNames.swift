import Primitives
import SQLDatabase

/// The texts of a store: each stands once, under its number.
enum StoredNames {
    /// All of them.
    static func load(_ database: SQLDatabase) throws(SQLError) -> ByteInterner {
        var names = ByteInterner()
        try database.query(SQLStatement("read names", "SELECT id, text FROM names ORDER BY id")) {
            row throws(SQLError) in
            guard Int64(names.id(of: try row.bytes(1))) == (try row.integer(0)) else {
                throw SQLError(.corrupt, statement: "read names", reason: "expected numbers from 0 without a gap")
            }
        }
        return names
    }

    /// Adds those from a number on.
    static func add(_ names: ByteInterner, from first: Int, to database: SQLDatabase) throws(SQLError) {
        guard first < names.count else { return }
        var rows = RowBatch([.integer, .bytes])
        for id in first..<names.count {
            rows.append(integer: Int64(id))
            rows.append(bytes: Array(names.bytes(Int32(id))))
        }
        try database.insert(into: "names", ["id", "text"], rows)
    }
}
