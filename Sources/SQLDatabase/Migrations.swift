import Primitives

/// A step from one version of a database's tables to the next.
public struct Migration: Sendable {
    /// The version that it leads to, greater than that of the migration before.
    public let version: Int64
    /// A name for people, such as "outcomes by day".
    public let name: String
    let sqlite: String
    let postgres: String

    /// Makes a migration of statements separated by `;`, without parameters, and none that begins or ends a
    /// transaction.
    public init(version: Int64, name: String, sqlite: String, postgres: String) {
        self.version = version
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }

    func script(for product: SQLDatabase.Product) -> String {
        product == .sqlite ? sqlite : postgres
    }

    /// SHA-256 of the statements, in hexadecimal digits.
    func checksum(for product: SQLDatabase.Product) -> String {
        Hexadecimal.text(SHA256.digest(of: Array(script(for: product).utf8)))
    }
}

/// All migrations of a database's tables in their order; they are applied forward only.
public struct Migrations: Sendable {
    private let steps: [Migration]

    /// Makes a list of migrations.
    ///
    /// - Throws: `SQLError.Kind.statement` where the versions do not ascend.
    public init(_ steps: [Migration]) throws(SQLError) {
        for (earlier, later) in zip(steps, steps.dropFirst()) where later.version <= earlier.version {
            throw Migrations.refused("version \(later.version) follows \(earlier.version): expected a greater one")
        }
        self.steps = steps
    }

    /// Applies what has not been applied, each migration in a transaction of its own, which records it in the table
    /// `schema_migrations`. Several processes may do so at once: each migration is applied by one of them.
    ///
    /// - Parameter timeMilliseconds: the time to record, in milliseconds since 1970.
    /// - Returns: the versions that were applied by this call.
    /// - Throws: `SQLError.Kind.statement` where the database has a version that is not in the list, or one of other
    ///   statements; nothing has been changed then. `.conflict` where another process holds SQLite's write lock for
    ///   longer than the lock time-out.
    public func apply(to database: SQLDatabase, timeMilliseconds: Int64) throws(SQLError) -> [Int64] {
        var applied: [Int64] = []
        while true {
            let step = try database.transaction { () throws(SQLError) in
                try Migrations.lock(database)
                let next = try self.next(in: database)
                if let next { try Migrations.apply(next, to: database, timeMilliseconds) }
                return next
            }
            guard let step else { return applied }
            applied.append(step.version)
        }
    }

    /// Makes other processes wait until the transaction ends; SQLite's transaction does so by itself.
    private static func lock(_ database: SQLDatabase) throws(SQLError) {
        let name = "lock the migrations"
        if database.product == .postgres {
            // A migration may take as long as it takes, and so may waiting for it. The lock's number is arbitrary.
            _ = try database.perform(name) { () throws(SQLError) in
                try database.run(
                    """
                    SET LOCAL statement_timeout = 0;
                    SET LOCAL lock_timeout = 0;
                    SELECT pg_advisory_xact_lock(7310579623061128557)
                    """, name)
            }
        }
        try database.execute(
            SQLStatement(
                "create schema_migrations",
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,
                    applied_milliseconds BIGINT NOT NULL)
                """))
    }

    /// The first migration that is not applied; the others must be the list's beginning.
    private func next(in database: SQLDatabase) throws(SQLError) -> Migration? {
        var index = 0
        let query = SQLStatement("read schema_migrations", "SELECT version, checksum FROM schema_migrations ORDER BY 1")
        try database.query(query) { row throws(SQLError) in
            let version = try row.integer(0)
            guard index < steps.count else {
                let newest = steps.last.map { "\($0.version)" } ?? "none"
                throw Migrations.refused(
                    "the database has version \(version), newest known is \(newest): run a newer program")
            }
            guard steps[index].version == version else {
                throw Migrations.refused(
                    "the database has version \(version) where \(steps[index].version) was expected")
            }
            guard steps[index].checksum(for: database.product) == (try row.text(1)) else {
                throw Migrations.refused("version \(version) was applied with other statements: restore them")
            }
            index += 1
        }
        return index < steps.count ? steps[index] : nil
    }

    private static func apply(
        _ step: Migration, to database: SQLDatabase, _ timeMilliseconds: Int64
    ) throws(SQLError) {
        let name = "migration \(step.version), \(step.name)"
        _ = try database.perform(name) { () throws(SQLError) in
            _ = try database.run(step.script(for: database.product), name)
            guard database.isInTransaction else {
                throw SQLError(.statement, statement: name, reason: "it ended the transaction: expected none that does")
            }
        }
        try database.execute(
            SQLStatement("record \(name)", "INSERT INTO schema_migrations VALUES (?, ?, ?, ?)"),
            [
                .integer(step.version), .text(step.name), .text(step.checksum(for: database.product)),
                .integer(timeMilliseconds),
            ])
    }

    private static func refused(_ reason: String) -> SQLError {
        SQLError(.statement, statement: "migrate the database", reason: reason)
    }
}
