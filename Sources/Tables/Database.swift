import CSQLite

/// What SQLite says of a call that failed.
struct SQLiteFailure: Error {
    /// The result code (https://sqlite.org/rescode.html).
    let code: Int32
    let message: String
    /// The byte of the statement's text that is to blame; -1 where SQLite does not say.
    let offset: Int

    /// Whether the database is as large as it may become.
    var isFull: Bool { code & 0xff == SQLITE_FULL }
    /// Whether the progress handler stopped a query.
    var isInterrupted: Bool { code & 0xff == SQLITE_INTERRUPT }
}

/// Owns a connection of SQLite to a database of its own, which goes with it.
struct Database: ~Copyable {
    let handle: OpaquePointer

    /// Opens an empty database.
    ///
    /// - Parameter path: `:memory:`, or empty for a temporary file, which SQLite makes when its cache is full, readable
    ///   to this user only, and removes from its folder at once.
    init(path: String) throws(SQLiteFailure) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)), offset: -1)
        }
        handle = opened
    }

    deinit {
        // Waits for statements that are still there.
        sqlite3_close_v2(handle)
    }

    /// What the last call failed of.
    func failure() -> SQLiteFailure {
        SQLiteFailure(
            code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)),
            offset: Int(sqlite3_error_offset(handle)))
    }

    /// Runs statements without results.
    func execute(_ sql: String) throws(SQLiteFailure) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    /// Compiles a statement of this program's own.
    func prepare(_ sql: String) throws(SQLiteFailure) -> Statement {
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, 0, &compiled, nil)
        guard code == SQLITE_OK, let compiled else { throw failure() }
        return Statement(owning: compiled)
    }

    /// A name as SQL writes it.
    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// Owns a compiled statement.
struct Statement: ~Copyable {
    let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// The names of the columns of its result.
    var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// Sets a parameter to a text, which must stay where it is until the statement has been run; to NULL where it is
    /// empty.
    func bind(_ index: Int, _ text: UnsafeRawBufferPointer) -> Int32 {
        let place = Int32(truncatingIfNeeded: index + 1)
        guard !text.isEmpty, let start = text.baseAddress else { return sqlite3_bind_null(handle, place) }
        return sqlite3_bind_text(
            handle, place, start.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: text.count), nil)
    }

    /// Runs a statement without results, and makes it ready to be run again.
    func run() -> Int32 {
        let code = sqlite3_step(handle)
        sqlite3_reset(handle)
        return code
    }

    /// A text of the row that was reached last.
    func text(_ index: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_text(handle, index)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
    }
}
