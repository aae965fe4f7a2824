import CSQLite

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension SQLError.Kind {
    /// The kind of an extended result code of SQLite.
    ///
    /// - Parameter systemError: `errno` of the call of the system that failed, of a file that could not be opened.
    init(sqlite code: Int32, systemError: Int32 = 0) {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .conflict
        case SQLITE_CONSTRAINT:
            let unique = [SQLiteCode.unique, SQLiteCode.primaryKey, SQLiteCode.rowIdentifier]
            self = unique.contains(code) ? .conflict : .statement
        case SQLITE_FULL: self = .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
        case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH: self = .refused
        case SQLITE_CANTOPEN:
            self = [EACCES, EPERM, EROFS].contains(systemError) ? .refused : .unavailable
        case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL, SQLITE_SCHEMA: self = .unavailable
        default: self = .statement
        }
    }
}

/// Extended result codes, which are macros with arithmetic in SQLite's header.
private enum SQLiteCode {
    static let primaryKey = SQLITE_CONSTRAINT | 6 << 8
    static let unique = SQLITE_CONSTRAINT | 8 << 8
    static let rowIdentifier = SQLITE_CONSTRAINT | 10 << 8
}

extension SQLError {
    /// The error of the last call on a connection to SQLite.
    ///
    /// - Parameter isCompiling: whether a text of ours is to blame, which may be quoted. An error of a function while
    ///   a statement runs may quote a value, so that of it only the general wording is told.
    init(_ connection: OpaquePointer?, statement: String, isCompiling: Bool = false) {
        let code = sqlite3_extended_errcode(connection)
        let isTold = isCompiling || code & 0xff != SQLITE_ERROR
        let message: UnsafePointer<CChar>? = isTold ? sqlite3_errmsg(connection) : sqlite3_errstr(code)
        self.init(
            Kind(sqlite: code, systemError: sqlite3_system_errno(connection)), code: .sqlite(code),
            statement: statement, reason: message.map { String(cString: $0) } ?? "unknown error")
    }
}
