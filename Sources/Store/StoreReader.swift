public import Indicators
public import Primitives
public import SQLDatabase

/// Reads what a store holds, beside the process that writes it. It belongs to one thread.
public final class StoreReader {
    let database: SQLDatabase

    /// Opens a store that is there.
    public init(_ address: String) throws(SQLError) {
        database = try SQLDatabase(address, SQLOptions(access: .readOnly))
    }

    /// What indicators of some months are made of, all of one state of the store.
    public struct State {
        /// The aggregates; the days are those of all time up to the last month.
        public let aggregates: Aggregates
        /// The texts of the numbers.
        public let names: ByteInterner
        /// The first day of any outcome that connections had a part in or not.
        public let observedFrom: CivilDate?
        /// What became of all records.
        public let counts: TakenCounts
        /// How far each partition was read.
        public let positions: [Int32: Int64]
        /// The sequence number of the newest record.
        public let sequence: Int64
    }

    /// The state, with the sums of some months.
    /// - Parameter lookBack: the first month of which the cells by connections are there, too; the first one where
    ///   nothing is said.
    public func state(
        from first: MonthNumber, to last: MonthNumber, lookingBackTo lookBack: MonthNumber? = nil
    ) throws(SQLError) -> State {
        try database.snapshot { () throws(SQLError) in
            State(
                aggregates: try AggregateReading.aggregates(
                    from: first, to: last, lookingBackTo: lookBack ?? first, in: database),
                names: try StoredNames.load(database), observedFrom: try observedFrom(),
                counts: try StoredCounts.load(database), positions: try StoredPositions.load(database),
                sequence: try sequence())
        }
    }

    /// What became of all records since the store was made.
    public func counts() throws(SQLError) -> TakenCounts { try StoredCounts.load(database) }

    /// The sequence number of the newest record; 0 where there is none.
    public func sequence() throws(SQLError) -> Int64 { try StoreReader.sequence(database) }

    /// The same of a store that is open.
    static func sequence(_ database: SQLDatabase) throws(SQLError) -> Int64 {
        var sequence: Int64 = 0
        try database.query(
            SQLStatement("read the last sequence", "SELECT COALESCE(MAX(sequence), 0) FROM outcomes")
        ) { row throws(SQLError) in sequence = try row.integer(0) }
        return sequence
    }

    /// Shows records in the order in which they came to count, from behind a sequence number on.
    public func records(
        after sequence: Int64, limit: Int, _ body: (_ sequence: Int64, _ record: UnsafeRawBufferPointer) -> Void
    ) throws(SQLError) {
        try database.query(
            SQLStatement(
                "read records", "SELECT sequence, record FROM outcomes WHERE sequence > ? ORDER BY sequence LIMIT ?"),
            [.integer(sequence), .integer(Int64(limit))]
        ) { row throws(SQLError) in body(try row.integer(0), try row.bytes(1)) }
    }

    /// The first day of the first month that has an outcome.
    private func observedFrom() throws(SQLError) -> CivilDate? {
        var month: MonthNumber?
        try database.query(
            SQLStatement("read the first month", "SELECT month FROM cells WHERE outcomes > 0 ORDER BY month LIMIT 1")
        ) { row throws(SQLError) in month = MonthNumber(value: Int32(clamping: try row.integer(0))) }
        return month?.firstDay
    }
}
