import CSQLite

extension CSVJoin {
    /// What a query may use up.
    public struct Limits: Sendable, Hashable {
        /// Where the tables are kept.
        public enum Storage: Sendable, Hashable {
            /// In memory, and what is sorted too: for tables that are known to be small.
            case memory
            /// In memory as far as the cache goes, and beyond that in a file without a name, in the folder that
            /// `SQLITE_TMPDIR` or `TMPDIR` says, otherwise /var/tmp. It is readable to this user only, and nothing of
            /// it is left when the process ends, in whatever way.
            case temporaryFile
        }

        /// Where the tables are kept.
        public var storage: Storage
        /// The memory for pages of tables, and as much again for sorting; in KiB.
        public var cacheKibibytes: Int
        /// How large the tables may become, in bytes.
        public var tablesBytesMax: Int
        /// The steps of SQLite's machine that the query may take, to the next thousand: the same on every computer.
        public var stepsMax: Int64
        /// The time that the query may take, in seconds, not counting what is done with its rows.
        public var secondsMax: Int
        /// The longest row of the result, in bytes of JSON, and the longest value on the way there.
        public var rowBytesMax: Int

        /// Makes limits. 10¹¹ steps are about a quarter of an hour.
        public init(
            storage: Storage = .temporaryFile, cacheKibibytes: Int = 64 << 10, tablesBytesMax: Int = 16 << 30,
            stepsMax: Int64 = 100_000_000_000, secondsMax: Int = 3600, rowBytesMax: Int = 10 << 20
        ) {
            self.storage = storage
            self.cacheKibibytes = cacheKibibytes
            self.tablesBytesMax = tablesBytesMax
            self.stepsMax = stepsMax
            self.secondsMax = secondsMax
            self.rowBytesMax = rowBytesMax
        }

        /// What to say where there is no more room.
        var fullMessage: String {
            "the tables need more than \(tablesBytesMax) bytes, or the disk for temporary files is full"
        }
    }
}

extension Database {
    private static let pageBytes = 4096

    /// Opens an empty database that keeps to limits.
    static func scratch(_ limits: CSVJoin.Limits, _ format: CSVFormat) throws(TableError) -> Database {
        do throws(SQLiteFailure) {
            let database = try Database(path: limits.storage == .memory ? ":memory:" : "")
            try database.restrict(limits, format)
            return database
        } catch {
            throw TableError(JoinPlanner.place, "SQLite cannot be started: \(error.message)")
        }
    }

    private func restrict(_ limits: CSVJoin.Limits, _ format: CSVFormat) throws(SQLiteFailure) {
        let cache = min(max(limits.cacheKibibytes, 64), 1 << 30)
        let pages = min(max(limits.tablesBytesMax / Database.pageBytes, 16), 0xffff_fffe)
        let temporary = limits.storage == .memory ? "MEMORY" : "FILE"
        // Nothing is ever rolled back, and nothing is left after a crash: no journal, no waiting for the disk.
        try execute(
            """
            PRAGMA page_size = \(Database.pageBytes); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            PRAGMA temp_store = \(temporary); PRAGMA cache_size = -\(cache); PRAGMA temp.cache_size = -\(cache);
            PRAGMA max_page_count = \(pages);
            """)
        // A name in quotes that is not known would otherwise be taken for a text.
        for (option, value) in [
            (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DEFENSIVE, 1),
            (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
        ] as [(Int32, Int32)] {
            csqlite_set_switch(handle, option, value)
        }
        // A row of a table is a value too: of a file's row and the lengths of its fields.
        let longest = max(limits.rowBytesMax, format.rowBytesMax + 16 * format.columnsMax)
        for (limit, value) in [
            (SQLITE_LIMIT_LENGTH, longest), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_WORKER_THREADS, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 0),
        ] as [(Int32, Int)] {
            sqlite3_limit(handle, limit, Int32(clamping: value))
        }
    }
}

/// Fills a table from its file.
struct TableLoader {
    let table: JoinPlanner.Table
    let limits: CSVJoin.Limits

    func load(
        _ format: CSVFormat, _ database: borrowing Database, _ onBadRow: (_ file: String, _ error: RowError) -> Void
    ) throws(TableError) {
        let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
        let insert: Statement
        do throws(SQLiteFailure) {
            try database.execute("BEGIN")
            insert = try database.prepare("INSERT INTO \(Database.quoted(table.file.table)) VALUES (\(places))")
        } catch {
            throw explained(error)
        }
        try insertRows(insert, format, database, onBadRow)
        do throws(SQLiteFailure) {
            try database.execute("COMMIT")
        } catch {
            throw explained(error)
        }
    }

    private func insertRows(
        _ insert: borrowing Statement, _ format: CSVFormat, _ database: borrowing Database,
        _ onBadRow: (_ file: String, _ error: RowError) -> Void
    ) throws(TableError) {
        var reader = try CSVReader(try table.file.open(), name: table.file.name, format: format)
        guard reader.columns == table.columns else {
            throw TableError(table.file.name, "the header has changed while the file was read; try again")
        }
        while true {
            switch try reader.next() {
            case .end: return
            case .bad(let error): onBadRow(table.file.name, error)
            case .row:
                var code = SQLITE_OK
                for index in 0..<reader.fieldCount where code == SQLITE_OK {
                    code = insert.bind(index, reader.field(index))
                }
                if code == SQLITE_OK { code = insert.run() }
                guard code == SQLITE_DONE else { throw explained(database.failure()) }
            }
        }
    }

    private func explained(_ failure: SQLiteFailure) -> TableError {
        let message = failure.isFull ? limits.fullMessage : failure.message
        return TableError(table.file.name, "the rows cannot be stored: \(message)")
    }
}
