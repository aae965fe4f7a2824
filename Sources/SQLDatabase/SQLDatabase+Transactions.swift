/// What a transaction sees of others, from the loosest to the strictest. SQLite's are serialisable always.
public enum SQLIsolation: String, Sendable {
    /// Each statement sees what was committed before it.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions came one after another; a conflict ends one of them.
    case serializable = "SERIALIZABLE"
}

extension SQLDatabase {
    /// Runs a closure in a transaction: commits what it did, or undoes it where it throws.
    ///
    /// In SQLite the write lock is taken at once (`BEGIN IMMEDIATE`), so that no two writers wait for each other.
    /// Where the connection is lost while it commits, the commit may have happened: the caller finds out from what it
    /// wrote, such as its offsets.
    public func transaction<Result>(
        _ isolation: SQLIsolation = .readCommitted, _ body: () throws(SQLError) -> Result
    ) throws(SQLError) -> Result {
        try begin(isolation)
        return try finish(body)
    }

    /// Runs a closure whose queries all see the database as it was at the first of them. It cannot write.
    public func snapshot<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
        switch engine {
        case .sqlite: try begin("BEGIN DEFERRED; PRAGMA query_only=ON")
        case .postgres: try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        }
        defer {
            if case .sqlite(let sqlite) = engine {
                try? sqlite.run(script: "PRAGMA query_only=OFF", named: "end the snapshot")
            }
        }
        return try finish(body)
    }

    private func finish<Result>(_ body: () throws(SQLError) -> Result) throws(SQLError) -> Result {
        do throws(SQLError) {
            let result = try body()
            try commit()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    func begin(_ isolation: SQLIsolation) throws(SQLError) {
        switch engine {
        case .sqlite: try begin(isReader ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE")
        case .postgres: try begin("BEGIN ISOLATION LEVEL \(isolation.rawValue)")
        }
    }

    private func begin(_ text: String) throws(SQLError) {
        guard transactionState == .none else {
            throw SQLError(.statement, statement: "begin a transaction", reason: "another transaction is open")
        }
        _ = try perform("begin a transaction") { () throws(SQLError) in try run(text, "begin a transaction") }
        transactionState = .open
    }

    func commit() throws(SQLError) {
        let command = try perform("commit") { () throws(SQLError) in try run("COMMIT", "commit") }
        // PostgreSQL answers to COMMIT of a transaction that had failed that it has undone it.
        if command == "ROLLBACK" {
            throw SQLError(.statement, statement: "commit", reason: "a statement of the transaction had failed")
        }
        transactionState = .none
    }

    /// Undoes the open transaction. What comes of it does not matter: the error that led here is the one to tell.
    func rollBack() {
        transactionState = .none
        switch engine {
        case .sqlite(let sqlite) where sqlite.isInTransaction:
            try? sqlite.run(script: "ROLLBACK", named: "roll back")
        case .postgres(let postgres) where postgres.isInTransaction:
            _ = try? postgres.run(script: "ROLLBACK", named: "roll back")
        default: break
        }
    }

    /// Whether the database itself has a transaction open.
    var isInTransaction: Bool {
        switch engine {
        case .sqlite(let sqlite): sqlite.isInTransaction
        case .postgres(let postgres): postgres.isInTransaction
        }
    }

    /// Runs statements without parameters and results; PostgreSQL's word for what was done last.
    func run(_ script: String, _ name: String) throws(SQLError) -> String {
        switch engine {
        case .sqlite(let sqlite):
            try sqlite.run(script: script, named: name)
            return ""
        case .postgres(let postgres): return try postgres.run(script: script, named: name)
        }
    }
}
