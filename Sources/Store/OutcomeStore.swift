import Indicators
import Primitives
public import SQLDatabase

/// The outcomes of a city, what they add up to, and how far the topic was read: one database, one writer.
///
/// Each batch is one transaction: rows, aggregates and offsets are there together or not at all. Whoever opens the
/// store is its writer from then on; one that was it before can write no more.
///
/// It belongs to one thread. After an error it is to be dropped, and another opened.
public final class OutcomeStore {
    /// How far each partition is stored: the offset of the next record.
    public private(set) var positions: [Int32: Int64]

    private let reader: RecordReader
    private let writer: BatchWriter
    private var underWay: BatchUnderWay?
    private var payloads = [Payloads(), Payloads()]
    /// How far each partition was read, of which not all needs to be stored.
    private var reached: [Int32: Int64]

    /// Opens a store, and brings its tables to this program's version.
    /// - Parameters:
    ///   - address: `sqlite:PATH`, a path, or a `postgresql://` URL.
    ///   - topic: the topic that its records come from.
    ///   - timeMilliseconds: the time to note for new tables, in milliseconds since 1970.
    public init(
        _ address: String, topic: String, _ options: SQLOptions = SQLOptions(), timeMilliseconds: Int64
    ) throws(StoreError) {
        let database: SQLDatabase
        do throws(SQLError) {
            database = try SQLDatabase(address, options)
            _ = try StoreSchema.migrations().apply(to: database, timeMilliseconds: timeMilliseconds)
        } catch {
            throw .database(error)
        }
        // All else is read with the claim taken: until then the writer before may add to it.
        let claim = try WriterClaim(database, topic: topic)
        do throws(SQLError) {
            reader = RecordReader(names: try StoredNames.load(database))
            positions = try StoredPositions.load(database)
            writer = BatchWriter(
                database, claim, namesKept: reader.names.count, nextSequence: try StoreReader.sequence(database) + 1)
        } catch {
            throw .database(error)
        }
        reached = positions
    }

    /// Sees whether this process still is the writer, for one that has nothing to take in and nothing under way.
    /// - Throws: `fenced` where another one is.
    public func checkClaim() throws(StoreError) {
        let holds: Bool
        do throws(SQLError) {
            holds = try writer.holdsClaim()
        } catch {
            throw .database(error)
        }
        if !holds { throw .fenced }
    }

    // MARK: Taking in

    /// Takes in records, those of one partition in their order, in one transaction.
    ///
    /// Records from before where the store stands are passed over. Of one outcome the record with the higher revision
    /// counts, and of equal ones, or where a revision is empty, the later one; of the same record again, the one that
    /// was there. One whose event was read again is later only where its event is.
    /// - Returns: what became of them, and of what was begun before.
    @discardableResult
    public func take(_ records: [ReceivedRecord]) throws(StoreError) -> TakenCounts {
        var counts = try begin(records)
        counts.add(try finish())
        return counts
    }

    /// Begins to take in records in the same way: they are read at once, while what was begun before is still being
    /// written, and then written by a thread of their own.
    /// - Returns: what became of what was begun before, which is stored now.
    public func begin(_ records: [ReceivedRecord]) throws(StoreError) -> TakenCounts {
        let batch = ReceivedBatch(records, from: reached, reader, in: payloads[0])
        let counts = try finish()
        if !batch.moved.isEmpty {
            reached.merge(batch.moved) { _, next in next }
            underWay = BatchUnderWay(writer, batch)
            payloads.swapAt(0, 1)
        }
        return counts
    }

    /// Waits until everything that was begun is stored.
    /// - Returns: what became of it.
    public func finish() throws(StoreError) -> TakenCounts {
        guard let batch = try underWay?.finish() else { return TakenCounts() }
        underWay = nil
        positions.merge(batch.moved) { _, next in next }
        return batch.counts
    }
}
