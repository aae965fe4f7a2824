import Primitives

extension SQLDatabase {
    /// Appends rows to a table: all or none. By a prepared statement in SQLite, by COPY in PostgreSQL, whose columns
    /// must then have exactly the types of the batch.
    ///
    /// - Parameter columns: the table's columns in the order of the batch's.
    public func insert(into table: String, _ columns: [String], _ rows: borrowing RowBatch) throws(SQLError) {
        let name = "insert into \(table)"
        try rows.check(columns: columns.count, statement: name)
        switch engine {
        case .sqlite:
            let list = columns.map(SQLStatement.quoted).joined(separator: ", ")
            let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            let text = "INSERT INTO \(SQLStatement.quoted(table)) (\(list)) VALUES (\(marks))"
            try executeEach(SQLStatement(name, text), rows)
        case .postgres(let postgres):
            guard rows.count > 0 else { return }
            try perform(name) { () throws(SQLError) in
                try postgres.copy(into: table, columns, rows.buffer.bytes, name: name)
            }
        }
    }

    /// Looks up rows by keys of 16 bytes and shows those that are there, in no promised order. A key that is given
    /// twice counts once.
    ///
    /// Keys are taken in sorted order, one prepared statement each in SQLite, thousands at once in PostgreSQL: in a
    /// `snapshot` all rows are of one state.
    ///
    /// - Parameters:
    ///   - columns: what to read; the row that is shown holds the key first and then these.
    ///   - key: the column that holds the key, of the type BLOB or BYTEA, with an index.
    ///   - keys: the keys, one behind the other.
    public func lookUp(
        _ columns: [String], from table: String, by key: String, _ keys: UnsafeRawBufferPointer,
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        let name = "look up in \(table)"
        guard keys.count.isMultiple(of: SortedKeys.length) else {
            throw SQLError(.statement, statement: name, reason: "expected keys of 16 bytes, found \(keys.count) bytes")
        }
        let list = ([key] + columns).map(SQLStatement.quoted).joined(separator: ", ")
        let text = "SELECT \(list) FROM \(SQLStatement.quoted(table)) WHERE \(SQLStatement.quoted(key)) = "
        let statement = SQLStatement(name, sqlite: text + "?", postgres: text + "ANY(?)")
        let sorted = SortedKeys(keys)
        try perform(name) { () throws(SQLError) in
            switch engine {
            case .sqlite(let sqlite): try sqlite.lookUp(statement, sorted, body)
            case .postgres(let postgres): try postgres.lookUp(statement, sorted, body)
            }
        }
    }
}
