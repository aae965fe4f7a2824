import SQLDatabase
import TestDatabases

extension TestDatabase {
    /// A connection to a database with the table `item` (key, number, amount, label, seen).
    func openWithTable() throws(SQLError) -> SQLDatabase {
        let database = try open()
        try database.execute(
            SQLStatement(
                "create item",
                sqlite: """
                    CREATE TABLE item (key BLOB PRIMARY KEY, number INTEGER, amount REAL, label TEXT, seen INTEGER)
                    """,
                postgres: """
                    CREATE TABLE item (
                        key BYTEA PRIMARY KEY, number BIGINT, amount DOUBLE PRECISION, label TEXT, seen BOOLEAN)
                    """))
        return database
    }
}

extension SQLDatabase {
    /// The integer that a query of one row and column finds.
    func number(_ text: String, _ values: [SQLValue] = []) throws(SQLError) -> Int64? {
        var number: Int64?
        try query(SQLStatement("number", text), values) { row throws(SQLError) in number = try row.integer(0) }
        return number
    }
}

/// The error of a call that must fail.
func failure<Result>(_ body: () throws(SQLError) -> Result) -> SQLError? {
    do throws(SQLError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// A row of the table `item`.
struct Item: Equatable {
    static let types: [SQLType] = [.bytes, .integer, .double, .text, .bool]
    static let columns = ["key", "number", "amount", "label", "seen"]
    static let insert = SQLStatement("insert item", "INSERT INTO item VALUES (?, ?, ?, ?, ?)")

    var key: [UInt8]
    var number: Int64?
    var amount: Double?
    var label: String?
    var seen: Bool?

    init(_ number: Int64, label: String? = nil) {
        key = Item.key(number)
        self.number = number
        self.label = label
    }

    init(_ row: borrowing SQLRow) throws(SQLError) {
        key = Array(try row.bytes(0))
        number = row.isNull(1) ? nil : try row.integer(1)
        amount = row.isNull(2) ? nil : try row.double(2)
        label = row.isNull(3) ? nil : try row.text(3)
        seen = row.isNull(4) ? nil : try row.bool(4)
    }

    /// A key of 16 bytes.
    static func key(_ number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) } + [UInt8](repeating: 7, count: 8)
    }

    var values: [SQLValue] {
        [
            .bytes(key), number.map { .integer($0) } ?? .null, amount.map { .double($0) } ?? .null,
            label.map { .text($0) } ?? .null, seen.map { .bool($0) } ?? .null,
        ]
    }

    func append(to batch: inout RowBatch) {
        batch.append(bytes: key)
        if let number { batch.append(integer: number) } else { batch.appendNull() }
        if let amount { batch.append(double: amount) } else { batch.appendNull() }
        if let label { batch.append(text: label) } else { batch.appendNull() }
        if let seen { batch.append(bool: seen) } else { batch.appendNull() }
    }

    static func all(in database: SQLDatabase) throws(SQLError) -> [Item] {
        var items: [Item] = []
        let query = SQLStatement("read items", "SELECT key, number, amount, label, seen FROM item ORDER BY key")
        try database.query(query) { row throws(SQLError) in items.append(try Item(row)) }
        return items
    }

    static func batch(_ items: [Item]) -> RowBatch {
        var batch = RowBatch(types)
        for item in items { item.append(to: &batch) }
        return batch
    }
}
