import Primitives

/// A connection to a database, SQLite or PostgreSQL, on which one set of statements runs.
///
/// It belongs to one thread, and does one thing at a time: inside the closure that is shown the rows of a query no
/// other statement may run. Who wants to read while another writes opens a second connection. After an error of the
/// kind `.unavailable` the connection is to be dropped and another opened.
public final class SQLDatabase {
    /// Which of the two databases it is.
    public enum Product: Sendable {
        /// SQLite.
        case sqlite
        /// PostgreSQL.
        case postgres
    }

    enum Engine {
        case sqlite(SQLiteConnection)
        case postgres(PostgresConnection)
    }

    enum TransactionState {
        case none
        case open
        /// A statement of it failed: nothing but its end is possible.
        case failed
    }

    let engine: Engine
    let isReader: Bool
    var transactionState = TransactionState.none
    private var isBusy = false
    private var parameters = ByteBuffer(capacity: 256)

    /// Opens a connection.
    ///
    /// - Parameter address: `sqlite:PATH`, a bare path, `:memory:`, or `postgresql://…` as libpq reads it
    ///   (PostgreSQL's manual, section 34.1.1), with its settings of TLS and its password file. The password is in no
    ///   error.
    public init(_ address: String, _ options: SQLOptions = SQLOptions()) throws(SQLError) {
        isReader = options.access == .readOnly
        if address.hasPrefix("postgresql://") || address.hasPrefix("postgres://") {
            engine = .postgres(try PostgresConnection(url: address, options))
            return
        }
        let path = address.hasPrefix("sqlite:") ? String(address.dropFirst("sqlite:".count)) : address
        // Another scheme may carry a password too, and is no name for a file.
        guard !path.isEmpty, !path.contains("://") else {
            throw SQLError(
                .statement, statement: "open the database",
                reason: "expected sqlite:PATH, a path, or postgresql://USER@HOST/DATABASE")
        }
        engine = .sqlite(try SQLiteConnection(path: path, options))
    }

    /// Which of the two databases it is.
    public var product: Product {
        switch engine {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// Runs a statement that gives no rows.
    ///
    /// - Returns: the number of rows that it inserted, updated or deleted.
    @discardableResult
    public func execute(_ statement: SQLStatement, _ values: [SQLValue] = []) throws(SQLError) -> Int {
        try perform(statement.name) { () throws(SQLError) in
            let types = try encode(values, for: statement.name)
            return switch engine {
            case .sqlite(let sqlite): try sqlite.execute(statement, types, parameters.bytes, count: 1)
            case .postgres(let postgres): try postgres.execute(statement, types, parameters.bytes)
            }
        }
    }

    /// Runs a statement that gives no rows once for each row of a batch, whose columns are its parameters: all or
    /// none, in a transaction of its own where none is open. In PostgreSQL the statements go out in a pipeline.
    ///
    /// - Returns: the number of rows that it inserted, updated or deleted.
    @discardableResult
    public func executeEach(_ statement: SQLStatement, _ rows: borrowing RowBatch) throws(SQLError) -> Int {
        try rows.check(statement: statement.name)
        guard rows.count > 0 else { return 0 }
        let opens = transactionState == .none
        if opens { try begin(.readCommitted) }
        do throws(SQLError) {
            let changed = try perform(statement.name) { () throws(SQLError) in
                switch engine {
                case .sqlite(let sqlite):
                    try refuseArrays(rows.types, statement.name)
                    return try sqlite.execute(statement, rows.types, rows.buffer.bytes, count: rows.count)
                case .postgres(let postgres):
                    return try postgres.executeEach(statement, rows.types, rows.buffer.bytes, count: rows.count)
                }
            }
            if opens { try commit() }
            return changed
        } catch {
            if opens { rollBack() }
            throw error
        }
    }

    /// Runs a query and shows each row of its result, as it is found: no result is held as a whole.
    ///
    /// An error that the closure throws ends the query.
    public func query(
        _ statement: SQLStatement, _ values: [SQLValue] = [],
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        try perform(statement.name) { () throws(SQLError) in
            let types = try encode(values, for: statement.name)
            switch engine {
            case .sqlite(let sqlite): try sqlite.query(statement, types, parameters.bytes, body)
            case .postgres(let postgres): try postgres.query(statement, types, parameters.bytes, body)
            }
        }
    }

    private func encode(_ values: [SQLValue], for statement: String) throws(SQLError) -> [SQLType] {
        let types = values.map(\.type)
        if case .sqlite = engine { try refuseArrays(types, statement) }
        parameters.setTuple(values)
        return types
    }

    private func refuseArrays(_ types: [SQLType], _ statement: String) throws(SQLError) {
        guard types.contains(where: { $0.rawValue >= SQLType.integers.rawValue }) else { return }
        throw SQLError(.statement, statement: statement, reason: "SQLite has no arrays: run it once for each value")
    }

    /// Does one thing at a time, and holds both databases to PostgreSQL's rule that a failed transaction is over.
    func perform<Result>(_ statement: String, _ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
        guard !isBusy else {
            throw SQLError(.statement, statement: statement, reason: "the rows of another query are being read")
        }
        guard transactionState != .failed else {
            throw SQLError(
                .statement, statement: statement, reason: "an earlier statement of the transaction has failed")
        }
        isBusy = true
        defer { isBusy = false }
        do throws(SQLError) {
            return try body()
        } catch {
            if transactionState == .open { transactionState = .failed }
            throw error
        }
    }
}
