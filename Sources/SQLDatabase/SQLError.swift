/// What a database says of a call that failed: never a value of a parameter or of a row.
public struct SQLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What a caller may do about an error.
    public enum Kind: Sendable {
        /// The database cannot be reached or did not answer in time: open a new connection, and try again later.
        case unavailable
        /// Another connection or a row that is there was in the way (unique key, serialisation, deadlock, lock).
        case conflict
        /// There is no room left.
        case full
        /// The file is damaged, or no database of this program.
        case corrupt
        /// The database does not let this user or this connection do that.
        case refused
        /// The statement, its parameters or the configuration are wrong: this program's or the operator's fault.
        case statement
    }

    /// Which error, as the database numbers them.
    public enum Code: Equatable, Sendable {
        /// PostgreSQL's SQLSTATE (appendix A of its manual): five characters.
        case sqlState(String)
        /// SQLite's extended result code (https://sqlite.org/rescode.html).
        case sqlite(Int32)
        /// Found by this module before the database was asked.
        case none
    }

    /// What a caller may do about it.
    public let kind: Kind
    /// Which error.
    public let code: Code
    /// The name of the statement, or what was being done.
    public let statement: String
    /// What went wrong, with names of tables and constraints at most.
    public let reason: String

    /// Makes an error; a caller does so for what it finds wrong in a row, to undo the transaction.
    public init(_ kind: Kind, code: Code = .none, statement: String, reason: String) {
        self.kind = kind
        self.code = code
        self.statement = statement
        self.reason = reason
    }

    /// One line: which statement, why, and the code.
    public var description: String {
        switch code {
        case .sqlState(let state): "\(statement): \(reason) (\(kind), SQLSTATE \(state))"
        case .sqlite(let number): "\(statement): \(reason) (\(kind), SQLite code \(number))"
        // Found before the database was asked: the reason says what to do.
        case .none where kind == .statement: "\(statement): \(reason)"
        case .none: "\(statement): \(reason) (\(kind))"
        }
    }
}
