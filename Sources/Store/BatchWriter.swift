import Indicators
import Primitives
import SQLDatabase

/// Writes batches into the database, each in one transaction: rows, sums, names and offsets.
///
/// One thread at a time; which one it is may change from batch to batch.
final class BatchWriter {
    private let database: SQLDatabase
    private let claim: WriterClaim
    /// Reads the records that are superseded. Their names are in the database, and so in those of every batch.
    private let reader = RecordReader()
    private var namesKept: Int
    private var nextSequence: Int64
    private var tables = AggregateTables()
    private var change = Aggregates()
    private var rows = OutcomeRows()
    private var keys = ByteBuffer(capacity: 1 << 16)

    /// Makes a writer for the holder of a claim.
    /// - Parameters:
    ///   - namesKept: the number of names in the database.
    ///   - nextSequence: the number of the next record.
    init(_ database: SQLDatabase, _ claim: WriterClaim, namesKept: Int, nextSequence: Int64) {
        (self.database, self.claim) = (database, claim)
        (self.namesKept, self.nextSequence) = (namesKept, nextSequence)
    }

    /// Whether this process still is the writer.
    func holdsClaim() throws(SQLError) -> Bool {
        try database.transaction { () throws(SQLError) in try claim.holds(database) }
    }

    /// Weighs a batch against what is there and writes what counts.
    func write(_ batch: inout ReceivedBatch) throws(StoreError) {
        reader.names = batch.names
        var isFenced = false
        do throws(SQLError) {
            try database.transaction { () throws(SQLError) in
                isFenced = try !claim.holds(database)
                if isFenced { throw SQLError(.conflict, statement: "take records", reason: "another writer came") }
                try merge(&batch)
                try put(batch)
            }
        } catch {
            throw isFenced ? .fenced : .database(error)
        }
        namesKept = batch.names.count
        nextSequence += Int64(batch.winners.count)
    }

    /// Sets the batch against what is there: takes out what it supersedes, and drops what is outweighed.
    private func merge(_ batch: inout ReceivedBatch) throws(SQLError) {
        change.removeAll()
        keys.clear()
        for id in batch.outcomes { id.withBytes { keys.append($0) } }
        try database.lookUp(
            ["revision", "topic_partition", "record_offset", "record"], from: "outcomes", by: "outcome_key", keys.bytes
        ) { row throws(SQLError) in
            guard let id = OutcomeID(bytes: try row.bytes(0)) else { return }
            let version = RecordVersion(
                revision: row.isNull(1) ? nil : UInt64(bitPattern: try row.integer(1)),
                partition: Int32(clamping: try row.integer(2)), offset: try row.integer(3))
            let record = try row.bytes(4)
            guard batch.weigh(id, against: version, record) else { return }
            if let content = try content(of: record) { change.remove(content) }
        }
        batch.weighRest()
        for winner in batch.winners {
            if let content = batch.content(of: winner) { change.add(content) }
        }
    }

    private func content(of record: UnsafeRawBufferPointer) throws(SQLError) -> OutcomeFact.Content? {
        do throws(RecordFault) {
            return try reader.read(record).content
        } catch {
            throw SQLError(.corrupt, statement: "read outcomes", reason: "a record is damaged: \(error)")
        }
    }

    private func put(_ batch: ReceivedBatch) throws(SQLError) {
        guard reader.names.count == batch.names.count else {
            throw SQLError(.corrupt, statement: "read outcomes", reason: "a record has names that are not in the table")
        }
        try StoredNames.add(batch.names, from: namesKept, to: database)
        try rows.write(batch, from: nextSequence, to: database)
        try tables.add(change, to: database)
        try StoredCounts.add(batch.counts, to: database)
        try StoredRefusals.add(batch.refusals, to: database)
        try StoredPositions.move(batch.moved, in: database)
    }
}
