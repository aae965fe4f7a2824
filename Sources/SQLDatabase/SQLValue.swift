/// A parameter of a statement. Many rows go into a `RowBatch` instead.
public enum SQLValue: Sendable {
    /// NULL.
    case null
    /// A truth value; 0 or 1 in SQLite.
    case bool(Bool)
    /// A 64-bit integer.
    case integer(Int64)
    /// A 64-bit floating-point number; SQLite keeps NaN as NULL.
    case double(Double)
    /// A text. PostgreSQL refuses one that holds U+0000.
    case text(String)
    /// A run of bytes.
    case bytes([UInt8])
    /// Integers for `= ANY(?)` and `unnest(?)`; PostgreSQL only, like the two that follow.
    case integers([Int64])
    /// Texts.
    case texts([String])
    /// Runs of bytes.
    case byteStrings([[UInt8]])

    /// The type as a column of a row buffer.
    var type: SQLType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .integer: .integer
        case .double: .double
        case .text: .text
        case .bytes: .bytes
        case .integers: .integers
        case .texts: .texts
        case .byteStrings: .byteStrings
        }
    }
}

/// The type of a column in a `RowBatch`.
public enum SQLType: UInt8, Sendable {
    /// Nothing but NULL.
    case null
    /// `BOOLEAN` in PostgreSQL, `INTEGER` in SQLite.
    case bool
    /// `BIGINT`.
    case integer
    /// `DOUBLE PRECISION` in PostgreSQL, `REAL` in SQLite, which keeps NaN as NULL.
    case double
    /// `TEXT`.
    case text
    /// `BYTEA` in PostgreSQL, `BLOB` in SQLite.
    case bytes
    /// `BIGINT[]`; PostgreSQL only, and as a parameter only, like the two that follow.
    case integers
    /// `TEXT[]`.
    case texts
    /// `BYTEA[]`.
    case byteStrings

    /// PostgreSQL's number of the type (`pg_type.oid`); 0 leaves it to the server.
    var postgresType: UInt32 {
        switch self {
        case .null: 0
        case .bool: PostgresType.bool
        case .integer: PostgresType.int8
        case .double: PostgresType.float8
        case .text: PostgresType.text
        case .bytes: PostgresType.bytea
        case .integers: 1016
        case .texts: 1009
        case .byteStrings: 1001
        }
    }
}

/// Numbers of PostgreSQL's built-in types, which never change (`pg_type.dat`).
enum PostgresType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
}
