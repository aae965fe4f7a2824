import CSQLite
import JSON

/// The rows of one SQL query over a folder of CSV files, as JSON objects.
///
/// Each file is a table: its name without `.csv` is the table's, the names of its header are the columns. All columns
/// are TEXT, so that a number has to be CAST where it is to be compared as one; an empty field is NULL. Only the files
/// that the query names are read. The query is a single SELECT as SQLite knows it
/// (https://sqlite.org/lang_select.html); whatever does not only read these tables is refused: writing, PRAGMA,
/// ATTACH, extensions, and functions such as `random` whose value is another one each time.
///
///     var join = try CSVJoin(folder: "export", query: "SELECT c.PersonalID AS id, … ORDER BY id") { file, error in … }
///     while true {
///         switch try join.next() {
///         case .row: send(join.json)
///         case .bad(let error): report(error)
///         case .end: return
///         }
///     }
///
/// **Order** is that of the query. Without an ORDER BY that tells all rows apart the order is SQLite's choice, and
/// another version may choose differently; `Plan.warnings` says where there is none.
public struct CSVJoin: ~Copyable {
    /// What a query comes to.
    public struct Plan: Sendable, Hashable {
        /// The tables that it names, by name.
        public let tables: [String]
        /// The columns of its result, in order: the members of each object.
        public let columns: [String]
        /// What somebody should look at.
        public let warnings: [String]
    }

    /// What the query comes to.
    public let plan: Plan
    /// The number of the last row, from 1, bad ones counted too; 0 before the first.
    public private(set) var row = 0

    private let limits: Limits
    private let database: Database
    private let statement: Statement
    private let queryGuard: QueryGuard
    private let keys: ColumnKeys
    private var writer = JSONWriter()
    private var isAtEnd = false

    /// Reads the files that a query names, and starts it.
    /// - Parameters:
    ///   - folder: whose files are tables where their names end with `.csv`; folders in it are not looked into.
    ///   - format: of all files.
    ///   - onBadRow: is told of each row of a file that was left out.
    /// - Throws: where the query is wrong or not allowed, and where a file that it names cannot be read.
    public init(
        folder: String, query: String, format: CSVFormat = CSVFormat(), limits: Limits = Limits(),
        onBadRow: (_ file: String, _ error: RowError) -> Void
    ) throws(TableError) {
        let queryGuard = QueryGuard(stepsMax: limits.stepsMax, secondsMax: limits.secondsMax)
        let planner = JoinPlanner(
            folder: try CSVFolder(folder), query: QueryText(query), format: format, queryGuard: queryGuard)
        let database = try Database.scratch(limits, format)
        let tables = try planner.makeTables(in: database)
        for table in tables { try TableLoader(table: table, limits: limits).load(format, database, onBadRow) }
        let statement = try planner.statement(in: database, tables)
        let columns = try planner.columns(of: statement)
        // Last, since it makes SQLite compile the query once more, under the guard's eyes.
        queryGuard.engage(database)
        plan = CSVJoin.plan(tables, columns, planner.query)
        keys = ColumnKeys(columns)
        self.limits = limits
        self.queryGuard = queryGuard
        self.statement = statement
        self.database = database
    }

    /// Checks a query against the headers of the files in a folder, and reads nothing else of them.
    public static func check(
        folder: String, query: String, format: CSVFormat = CSVFormat()
    ) throws(TableError) -> Plan {
        let planner = JoinPlanner(
            folder: try CSVFolder(folder), query: QueryText(query), format: format,
            queryGuard: QueryGuard(stepsMax: 0, secondsMax: 0))
        let database = try Database.scratch(Limits(storage: .memory), format)
        let tables = try planner.makeTables(in: database)
        let statement = try planner.statement(in: database, tables)
        return plan(tables, try planner.columns(of: statement), planner.query)
    }

    private static func plan(_ tables: [JoinPlanner.Table], _ columns: [String], _ query: QueryText) -> Plan {
        let warning = "the query has no ORDER BY: the order of its rows may differ from run to run"
        return Plan(
            tables: tables.map(\.file.table), columns: columns, warnings: query.isOrdered ? [] : [warning])
    }

    /// The row that was reached last, as an object, until `next()` is called: INTEGER and REAL as numbers, TEXT as
    /// strings, NULL left out. `Extractor.padding` bytes behind it can be read.
    public var json: UnsafeRawBufferPointer { writer.bytes }

    /// Goes to the next row. A bad one is one with a BLOB, with a number that JSON does not have, or too long.
    /// - Throws: where the query fails or takes more than the limits allow; it is at its end then.
    public mutating func next() throws(TableError) -> TableStep {
        guard !isAtEnd else { return .end }
        queryGuard.begin()
        let code = sqlite3_step(statement.handle)
        queryGuard.end()
        switch code {
        case SQLITE_ROW:
            row += 1
            return writeRow().map { .bad($0) } ?? .row
        case SQLITE_DONE:
            isAtEnd = true
            return .end
        default:
            isAtEnd = true
            throw explained(database.failure())
        }
    }

    private mutating func writeRow() -> RowError? {
        writer.clear()
        writer.beginObject()
        for index in 0..<plan.columns.count {
            let place = Int32(truncatingIfNeeded: index)
            switch sqlite3_column_type(statement.handle, place) {
            case SQLITE_NULL: continue
            case SQLITE_INTEGER:
                writer.key(keys[index])
                writer.integer(sqlite3_column_int64(statement.handle, place))
            case SQLITE_FLOAT:
                let value = sqlite3_column_double(statement.handle, place)
                guard value.isFinite else { return bad(index, "expected a finite number") }
                writer.key(keys[index])
                try? writer.double(value)
            case SQLITE_TEXT:
                writer.key(keys[index])
                writer.string(statement.text(place))
            default: return bad(index, "expected a number or a text, not a BLOB; use CAST(… AS TEXT)")
            }
            if writer.count > limits.rowBytesMax {
                return bad(index, "expected a row of at most \(limits.rowBytesMax) bytes of JSON")
            }
        }
        writer.endObject()
        writer.pad(Extractor.padding)
        return nil
    }

    private func bad(_ index: Int, _ message: String) -> RowError {
        RowError(row: row, column: plan.columns[index], message: message)
    }

    private func explained(_ failure: SQLiteFailure) -> TableError {
        if failure.isInterrupted {
            return TableError(
                JoinPlanner.place,
                "the query took more than \(limits.stepsMax) steps or \(limits.secondsMax) s; see whether each table is"
                    + " joined by a condition, or raise the limit")
        }
        if failure.isFull { return TableError(JoinPlanner.place, limits.fullMessage) }
        // What a function says while it runs may quote a value of a row: that is cut off.
        let message = failure.message.prefix { $0 != "'" && $0 != "\"" }
        let rest = message.endIndex < failure.message.endIndex ? "…" : ""
        return TableError(JoinPlanner.place, "row \(row + 1): \(message)\(rest)")
    }
}
