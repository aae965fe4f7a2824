import Indicators
import Primitives
public import SQLDatabase

/// The outcomes of a city, what they add up to, and how far the topic was read: one database, one writer.
///
/// Each batch is one transaction: rows, aggregates and offsets are there together or not at all. Whoever opens the
/// store is its writer from then on; one that was it before can write no more.
///
/// It belongs to one thread. After an error of the kind `unavailable` it is to be dropped, and another opened.
public final class OutcomeStore {
    /// How far each partition was read: the offset of the next record.
    public private(set) var positions: [Int32: Int64] = [:]

    let database: SQLDatabase
    private let reader: RecordReader
    private var namesKept = 0
    private var nextSequence: Int64 = 1
    private var tables = AggregateTables()
    private var change = Aggregates()
    private var rows = OutcomeRows()
    private var keys = ByteBuffer(capacity: 1 << 16)
    private let claim: WriterClaim

    /// Opens a store, and brings its tables to this program's version.
    /// - Parameters:
    ///   - address: `sqlite:PATH`, a path, or a `postgresql://` URL.
    ///   - topic: the topic that its records come from.
    ///   - timeMilliseconds: the time to note for new tables, in milliseconds since 1970.
    public init(
        _ address: String, topic: String, _ options: SQLOptions = SQLOptions(), timeMilliseconds: Int64
    ) throws(StoreError) {
        do throws(SQLError) {
            database = try SQLDatabase(address, options)
            _ = try StoreSchema.migrations().apply(to: database, timeMilliseconds: timeMilliseconds)
        } catch {
            throw .database(error)
        }
        // All else is read with the claim taken: until then the writer before may add to it.
        claim = try WriterClaim(database, topic: topic)
        do throws(SQLError) {
            reader = RecordReader(names: try StoredNames.load(database))
            namesKept = reader.names.count
            (positions, nextSequence) = (try StoredPositions.load(database), try StoreReader.sequence(database) + 1)
        } catch {
            throw .database(error)
        }
    }

    /// Sees whether this process still is the writer, for one that has nothing to take in.
    /// - Throws: `fenced` where another one is.
    public func checkClaim() throws(StoreError) {
        let holds: Bool
        do throws(SQLError) {
            holds = try database.transaction { () throws(SQLError) in try claim.holds(database) }
        } catch {
            throw .database(error)
        }
        if !holds { throw .fenced }
    }

    // MARK: Taking in

    /// Takes in records, those of one partition in their order, in one transaction.
    ///
    /// Records from before where the store stands are passed over. Of one outcome the record with the higher revision
    /// counts, and of equal ones, or where a revision is empty, the later one.
    public func take(_ records: [ReceivedRecord]) throws(StoreError) -> TakenCounts {
        var batch = ReceivedBatch(positions: positions)
        for record in records { batch.take(record, reader) }
        guard !batch.moved.isEmpty else { return batch.counts }
        var isFenced = false
        do throws(SQLError) {
            try database.transaction { () throws(SQLError) in
                isFenced = try !claim.holds(database)
                if isFenced { throw SQLError(.conflict, statement: "take records", reason: "another writer came") }
                try merge(&batch)
                try write(batch)
            }
        } catch {
            throw isFenced ? .fenced : .database(error)
        }
        namesKept = reader.names.count
        nextSequence += Int64(batch.winners.count)
        positions.merge(batch.moved) { _, next in next }
        return batch.counts
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
            guard batch.weigh(id, against: version) else { return }
            if let content = try content(of: try row.bytes(4)) { change.remove(content) }
        }
        batch.weighRest()
        for winner in batch.winners {
            if let content = winner.fact.content { change.add(content) }
        }
    }

    private func content(of record: UnsafeRawBufferPointer) throws(SQLError) -> OutcomeFact.Content? {
        do throws(RecordFault) {
            return try reader.read(record).content
        } catch {
            throw SQLError(.corrupt, statement: "read outcomes", reason: "a record is damaged: \(error)")
        }
    }

    private func write(_ batch: ReceivedBatch) throws(SQLError) {
        try StoredNames.add(reader.names, from: namesKept, to: database)
        try rows.write(batch, from: nextSequence, to: database)
        try tables.add(change, to: database)
        try StoredCounts.add(batch.counts, to: database)
        try StoredRefusals.add(batch.refusals, to: database)
        try StoredPositions.move(batch.moved, in: database)
    }
}
