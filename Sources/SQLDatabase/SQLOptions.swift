/// How a connection is opened and what it waits for.
public struct SQLOptions: Sendable {
    /// What a connection may do.
    public enum Access: Sendable {
        /// Reads and writes; creates an SQLite database that is not there.
        case readWrite
        /// Reads only: a write is refused by the database.
        case readOnly
    }

    /// What a commit has reached when it returns.
    public enum Durability: Sendable {
        /// The disk (SQLite `synchronous=FULL`, PostgreSQL's own setting of `synchronous_commit`).
        case full
        /// The operating system: a power cut may undo the last commits, never damage the database (SQLite
        /// `synchronous=NORMAL`, PostgreSQL `synchronous_commit=off`).
        case normal
    }

    /// What the connection may do.
    public var access: Access
    /// What a commit has reached when it returns.
    public var durability = Durability.full
    /// SQLite's page cache of this connection, in bytes. PostgreSQL has one of its own.
    public var cacheBytes = 64 << 20
    /// How long a statement waits for a lock, in milliseconds; 0 is not at all in SQLite and for ever in PostgreSQL.
    public var lockTimeoutMilliseconds = 5_000
    /// How long a statement may run, in milliseconds; 0 is without end. PostgreSQL only.
    public var statementTimeoutMilliseconds = 60_000
    /// How long a transaction may be open without anything being asked, in milliseconds; 0 is without end. Then the
    /// server ends it, so that a process that stands still locks nobody out. PostgreSQL only.
    public var idleTimeoutMilliseconds = 30_000
    /// How long opening may take, in milliseconds. PostgreSQL only.
    public var connectTimeoutMilliseconds = 10_000

    /// Makes options with the values that stand at each of them.
    public init(access: Access = .readWrite) {
        self.access = access
    }
}
