import Indicators
import SQLDatabase

/// The messages of the topic that are no records: where they stand and what was expected, and nothing of them.
enum StoredRefusals {
    private static let addition = SQLStatement(
        "note a refusal",
        """
        INSERT INTO refusals (topic_partition, record_offset, path, expectation) VALUES (?, ?, ?, ?)
        ON CONFLICT (topic_partition, record_offset) DO NOTHING
        """)

    /// Notes those of a batch.
    static func add(_ refusals: [ReceivedBatch.Refusal], to database: SQLDatabase) throws(SQLError) {
        for refusal in refusals {
            try database.execute(
                addition,
                [
                    .integer(Int64(refusal.partition)), .integer(refusal.offset), .text(refusal.fault.path),
                    .text(refusal.fault.expectation),
                ])
        }
    }
}
