import CSQLite

/// A connection to SQLite with the statements that it has compiled.
final class SQLiteConnection {
    private static let statementsMax = 256

    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]

    init(path: String, _ options: SQLOptions) throws(SQLError) {
        let isReader = options.access == .readOnly
        if path != ":memory:" { try SQLiteFile.protect(path, isCreating: !isReader) }
        var opened: OpaquePointer?
        // Without SQLITE_OPEN_CREATE: the file is there by now, with the rights that it must have.
        let access = isReader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw SQLError(opened, statement: "open the database")
        }
        handle = opened
        sqlite3_busy_timeout(handle, Int32(clamping: options.lockTimeoutMilliseconds))
        // The file may come from elsewhere: its schema must not make this program run what it did not ask for.
        _ = csqlite_set_switch(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        _ = csqlite_set_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
        // Random keys touch most pages of an index in every transaction: the fewer checkpoints, the fewer times each is
        // written, and the fewer times the disk is waited for. 65,536 pages are 256 MB.
        let journal = isReader ? "" : "PRAGMA journal_mode=WAL;"
        try run(
            script: """
                \(journal)
                PRAGMA synchronous=\(options.durability == .full ? "FULL" : "NORMAL");
                PRAGMA foreign_keys=ON;
                PRAGMA wal_autocheckpoint=65536;
                PRAGMA cache_size=-\(max(options.cacheBytes, 1 << 20) / 1024);
                """, named: "set up the connection")
        // A page must be read for a file that is no database to be noticed now.
        try run(script: "SELECT count(*) FROM sqlite_schema", named: "open the database")
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs statements without parameters and results.
    func run(script: String, named name: String) throws(SQLError) {
        guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else {
            throw SQLError(handle, statement: name)
        }
    }

    private func compiled(_ statement: SQLStatement) throws(SQLError) -> SQLiteStatement {
        if let known = statements[statement.sqlite] { return known }
        if statements.count >= SQLiteConnection.statementsMax { statements.removeAll() }
        let compiled = try SQLiteStatement(handle, statement.sqlite, name: statement.name)
        statements[statement.sqlite] = compiled
        return compiled
    }

    /// Runs a statement with each of a run of rows as its parameters; the number of rows that it changed.
    func execute(
        _ statement: SQLStatement, _ types: [SQLType], _ rows: UnsafeRawBufferPointer, count: Int
    ) throws(SQLError) -> Int {
        var changed = 0
        let compiled = try compiled(statement)
        guard let start = rows.baseAddress, count > 0 else { return 0 }
        try compiled.check(parameters: types.count)
        var reader = TupleReader(start)
        defer { compiled.forget() }
        for _ in 0..<count {
            try compiled.bind(types, &reader)
            let before = sqlite3_total_changes64(handle)
            while try compiled.step() {}
            compiled.reset()
            // The number of changes is that of the last statement that made any.
            if sqlite3_total_changes64(handle) != before { changed += Int(sqlite3_changes64(handle)) }
        }
        return changed
    }

    /// Runs a query and shows each row of its result.
    func query(
        _ statement: SQLStatement, _ types: [SQLType], _ parameters: UnsafeRawBufferPointer,
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        let compiled = try compiled(statement)
        guard let start = parameters.baseAddress else { return }
        try compiled.check(parameters: types.count)
        var reader = TupleReader(start)
        defer { compiled.forget() }
        try compiled.bind(types, &reader)
        while try compiled.step() {
            try body(SQLRow(source: .sqlite(compiled.handle), statement: statement.name))
        }
    }

    /// Runs a query of one parameter with each key and shows the rows that it finds.
    func lookUp(
        _ statement: SQLStatement, _ keys: borrowing SortedKeys,
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        let compiled = try compiled(statement)
        try compiled.check(parameters: 1)
        defer { compiled.forget() }
        for index in 0..<keys.count {
            let key = keys[index]
            guard sqlite3_bind_blob64(compiled.handle, 1, key.baseAddress, UInt64(key.count), nil) == SQLITE_OK else {
                throw SQLError(handle, statement: statement.name)
            }
            while try compiled.step() {
                try body(SQLRow(source: .sqlite(compiled.handle), statement: statement.name))
            }
            compiled.reset()
        }
    }
}
