import SQLDatabase

/// What became of all records since the store was made.
enum StoredCounts {
    private static let addition = SumTable(name: "counts", keys: ["name"], sums: ["value"]).addition

    /// Adds those of a batch.
    static func add(_ counts: TakenCounts, to database: SQLDatabase) throws(SQLError) {
        for (name, value) in counts.named where value != 0 {
            try database.execute(addition, [.text(name), .integer(value)])
        }
    }

    /// All of them.
    static func load(_ database: SQLDatabase) throws(SQLError) -> TakenCounts {
        var values: [String: Int64] = [:]
        try database.query(SQLStatement("read counts", "SELECT name, value FROM counts")) { row throws(SQLError) in
            values[try row.text(0)] = try row.integer(1)
        }
        var counts = TakenCounts()
        counts.received = values["received"] ?? 0
        counts.new = values["new"] ?? 0
        counts.superseding = values["superseding"] ?? 0
        counts.superseded = values["superseded"] ?? 0
        counts.refused = values["refused"] ?? 0
        counts.tombstones = values["tombstones"] ?? 0
        return counts
    }
}
