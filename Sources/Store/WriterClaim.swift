import SQLDatabase

/// The right to write to a store: each process that opens it takes the right from the one before.
///
/// As a producer of Kafka fences the one before it with the same transactional id: a process that was cut off for a
/// while and comes back cannot write what another one has written since.
struct WriterClaim {
    private let number: Int64

    /// Takes the right, and sees to it that the database belongs to a topic: the one given, where it had none.
    init(_ database: SQLDatabase, topic: String) throws(StoreError) {
        var held = topic
        let taken: Int64
        do throws(SQLError) {
            taken = try database.transaction { () throws(SQLError) in
                try WriterClaim.setDefault("topic", topic, in: database)
                try WriterClaim.setDefault("writer", "0", in: database)
                held = try WriterClaim.fact("topic", in: database)
                guard held == topic else { return 0 }
                // The update first: it waits for a writer that is at work, and only then one reads.
                try database.execute(
                    SQLStatement("lock the writer", "UPDATE facts SET value = value WHERE name = 'writer'"))
                let next = (Int64(try WriterClaim.fact("writer", in: database)) ?? 0) + 1
                try database.execute(
                    SQLStatement("claim the store", "UPDATE facts SET value = ? WHERE name = 'writer'"),
                    [.text(String(next))])
                return next
            }
        } catch {
            throw .database(error)
        }
        guard held == topic else { throw .otherTopic(held) }
        number = taken
    }

    /// Whether the right still is this process's; in the transaction that is open, until it ends.
    func holds(_ database: SQLDatabase) throws(SQLError) -> Bool {
        try database.execute(
            SQLStatement("check the claim", "UPDATE facts SET value = value WHERE name = 'writer' AND value = ?"),
            [.text(String(number))]) == 1
    }

    private static func setDefault(_ name: String, _ value: String, in database: SQLDatabase) throws(SQLError) {
        try database.execute(
            SQLStatement("set a fact", "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"),
            [.text(name), .text(value)])
    }

    private static func fact(_ name: String, in database: SQLDatabase) throws(SQLError) -> String {
        var value = ""
        try database.query(
            SQLStatement("read a fact", "SELECT value FROM facts WHERE name = ?"), [.text(name)]
        ) { row throws(SQLError) in value = try row.text(0) }
        return value
    }
}
