import Indicators
import Primitives
import SQLDatabase

/// Writes the records of a batch into the table of outcomes: new rows in bulk, superseding ones in place of the old.
///
/// Each gets a sequence number above all before it, also where it supersedes, so that a reader who has seen everything
/// up to a number sees all that changed since.
struct OutcomeRows: ~Copyable {
    private static let types: [SQLType] = [.integer, .bytes, .integer, .integer, .integer, .bytes]
    private static let columns = [
        "sequence", "outcome_key", "revision", "topic_partition", "record_offset", "record",
    ]
    private static let update = SQLStatement(
        "supersede outcomes",
        """
        INSERT INTO outcomes (\(columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (outcome_key) DO UPDATE SET sequence = excluded.sequence, revision = excluded.revision,
            topic_partition = excluded.topic_partition, record_offset = excluded.record_offset, record = excluded.record
        """)

    private var new = RowBatch(types, capacity: 1 << 20)
    private var known = RowBatch(types)

    init() {}

    mutating func write(_ batch: ReceivedBatch, from first: Int64, to database: SQLDatabase) throws(SQLError) {
        new.clear()
        known.clear()
        // In the order of places, so that the same records get the same numbers.
        let winners = batch.winners.sorted {
            ($0.version.partition, $0.version.offset) < ($1.version.partition, $1.version.offset)
        }
        for (index, winner) in winners.enumerated() {
            if winner.isKnown {
                OutcomeRows.append(winner, first + Int64(index), to: &known)
            } else {
                OutcomeRows.append(winner, first + Int64(index), to: &new)
            }
        }
        try database.insert(into: "outcomes", OutcomeRows.columns, new)
        try database.executeEach(OutcomeRows.update, known)
    }

    private static func append(_ winner: ReceivedBatch.Winner, _ sequence: Int64, to rows: inout RowBatch) {
        rows.append(integer: sequence)
        winner.id.withBytes { rows.append(bytes: $0) }
        if let revision = winner.version.revision {
            rows.append(integer: Int64(bitPattern: revision))
        } else {
            rows.appendNull()
        }
        rows.append(integer: Int64(winner.version.partition))
        rows.append(integer: winner.version.offset)
        rows.append(bytes: winner.payload)
    }
}
