import CPostgres

/// Owns a result of libpq.
struct PostgresResult: ~Copyable {
    let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }

    /// Whether the server did what it was asked.
    var isSuccess: Bool {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_EMPTY_QUERY, PGRES_COPY_IN,
            PGRES_PIPELINE_SYNC:
            true
        default: false
        }
    }

    /// The number of rows that the statement changed, or found.
    var changes: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// What the server did, such as "COMMIT".
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// The error that it tells; the connection says whether it is still there.
    func error(statement: String, connection: OpaquePointer) -> SQLError {
        guard let state = field(CPOSTGRES_SQLSTATE) else {
            guard PQstatus(connection) == CONNECTION_OK else { return .lost(statement: statement) }
            return SQLError(.statement, statement: statement, reason: "libpq did not take the statement")
        }
        return SQLError(
            sqlState: state, message: field(CPOSTGRES_MESSAGE) ?? "", constraint: field(CPOSTGRES_CONSTRAINT),
            statement: statement)
    }

    private func field(_ code: Int) -> String? {
        PQresultErrorField(handle, Int32(truncatingIfNeeded: code)).map { String(cString: $0) }
    }
}
