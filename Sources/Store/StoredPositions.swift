import SQLDatabase

/// How far each partition of the topic was read: the offset of the next record.
enum StoredPositions {
    private static let move = SQLStatement(
        "move positions",
        """
        INSERT INTO positions (topic_partition, next_offset) VALUES (?, ?)
        ON CONFLICT (topic_partition) DO UPDATE SET next_offset = excluded.next_offset
        """)

    /// All of them.
    static func load(_ database: SQLDatabase) throws(SQLError) -> [Int32: Int64] {
        var positions: [Int32: Int64] = [:]
        try database.query(
            SQLStatement("read positions", "SELECT topic_partition, next_offset FROM positions")
        ) { row throws(SQLError) in
            positions[Int32(clamping: try row.integer(0))] = try row.integer(1)
        }
        return positions
    }

    /// Notes new ones.
    static func move(_ positions: [Int32: Int64], in database: SQLDatabase) throws(SQLError) {
        for (partition, next) in positions {
            try database.execute(move, [.integer(Int64(partition)), .integer(next)])
        }
    }
}
