import CPostgres

/// A connection to PostgreSQL with the statements that it has prepared.
final class PostgresConnection {
    /// A statement that the server has parsed for parameters of certain types.
    private struct Prepared {
        let name: String
        let types: [SQLType]

        /// NULL fits whatever type was prepared.
        func fits(_ asked: [SQLType]) -> Bool {
            asked.count == types.count && zip(asked, types).allSatisfy { $0 == $1 || $0 == .null }
        }
    }

    private static let statementsMax = 256
    private static let binary: Int32 = 1

    let handle: OpaquePointer
    private var statements: [String: [Prepared]] = [:]
    private var preparedCount = 0
    private var preparedTotal = 0
    // The parameters of the statement at hand, as libpq takes them.
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(url: String, _ options: SQLOptions) throws(SQLError) {
        handle = try PostgresConnector.connect(url, options)
        var settings = """
            SET statement_timeout = \(max(options.statementTimeoutMilliseconds, 0));
            SET lock_timeout = \(max(options.lockTimeoutMilliseconds, 0));
            SET idle_in_transaction_session_timeout = \(max(options.idleTimeoutMilliseconds, 0));
            """
        if options.access == .readOnly { settings += "SET default_transaction_read_only = on;" }
        if options.durability == .normal { settings += "SET synchronous_commit = off;" }
        _ = try run(script: settings, named: "set up the connection")
    }

    deinit {
        PQfinish(handle)
    }

    var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// Takes a result that must be there and no error.
    func checked(_ result: OpaquePointer?, _ statement: String) throws(SQLError) -> PostgresResult {
        guard let result else { throw noResult(statement) }
        let owned = PostgresResult(owning: result)
        guard owned.isSuccess else { throw owned.error(statement: statement, connection: handle) }
        return owned
    }

    /// The error where libpq gives no result, or could not send.
    func noResult(_ statement: String) -> SQLError {
        guard PQstatus(handle) == CONNECTION_OK else { return .lost(statement: statement) }
        return SQLError(.unavailable, statement: statement, reason: "libpq could not send the statement")
    }

    /// Runs statements without parameters and results; what the server did last.
    func run(script: String, named name: String) throws(SQLError) -> String {
        try checked(PQexec(handle, script), name).command
    }

    /// The name of the prepared statement for parameters of these types.
    func prepared(_ statement: SQLStatement, _ types: [SQLType]) throws(SQLError) -> String {
        if let known = statements[statement.postgres]?.first(where: { $0.fits(types) }) { return known.name }
        if preparedCount >= PostgresConnection.statementsMax {
            _ = try run(script: "DEALLOCATE ALL", named: statement.name)
            statements.removeAll()
            preparedCount = 0
        }
        let name = "s\(preparedTotal)"
        let oids = types.map(\.postgresType)
        _ = try checked(
            PQprepare(handle, name, statement.postgres, Int32(clamping: oids.count), oids), statement.name)
        preparedTotal += 1
        preparedCount += 1
        statements[statement.postgres, default: []].append(Prepared(name: name, types: types))
        return name
    }

    /// Points at the fields of the row in front of the reader.
    func point(at reader: inout TupleReader, count: Int) {
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        while formats.count < count { formats.append(PostgresConnection.binary) }
        reader.beginRow()
        for _ in 0..<count {
            let field = reader.next()
            values.append(field?.baseAddress?.assumingMemoryBound(to: CChar.self))
            lengths.append(Int32(truncatingIfNeeded: field?.count ?? 0))
        }
    }

    /// Sends the statement with the parameters that were pointed at.
    func send(prepared name: String, statement: String) throws(SQLError) {
        let code = PQsendQueryPrepared(
            handle, name, Int32(truncatingIfNeeded: values.count), values, lengths, formats,
            PostgresConnection.binary)
        guard code == 1 else { throw noResult(statement) }
    }

    /// Runs a statement once; the number of rows that it changed.
    func execute(
        _ statement: SQLStatement, _ types: [SQLType], _ parameters: UnsafeRawBufferPointer
    ) throws(SQLError) -> Int {
        guard let start = parameters.baseAddress else { return 0 }
        let name = try prepared(statement, types)
        var reader = TupleReader(start)
        point(at: &reader, count: types.count)
        let result = PQexecPrepared(
            handle, name, Int32(truncatingIfNeeded: values.count), values, lengths, formats,
            PostgresConnection.binary)
        let owned = try checked(result, statement.name)
        return owned.status == PGRES_TUPLES_OK ? 0 : owned.changes
    }

    /// Runs a query and shows each row of its result as it comes, so that no result is held as a whole.
    func query(
        _ statement: SQLStatement, _ types: [SQLType], _ parameters: UnsafeRawBufferPointer,
        _ body: (borrowing SQLRow) throws(SQLError) -> Void
    ) throws(SQLError) {
        guard let start = parameters.baseAddress else { return }
        let name = try prepared(statement, types)
        var reader = TupleReader(start)
        point(at: &reader, count: types.count)
        try send(prepared: name, statement: statement.name)
        PQsetSingleRowMode(handle)
        // What is left after an error has to be taken before the connection can be used again.
        defer { drain() }
        while let next = PQgetResult(handle) {
            let result = try checked(next, statement.name)
            for row in 0..<PQntuples(result.handle) {
                try body(SQLRow(source: .postgres(result.handle, row: row), statement: statement.name))
            }
        }
    }

    /// Takes and drops results until there is none.
    func drain() {
        while let result = PQgetResult(handle) {
            PQclear(result)
            if PQstatus(handle) == CONNECTION_BAD { return }
        }
    }
}
