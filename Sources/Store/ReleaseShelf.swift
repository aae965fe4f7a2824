public import Indicators
public import Primitives
public import Releases
public import SQLDatabase

/// The releases of a store: added, and never changed. It belongs to one thread, and may be open beside the writer of
/// outcomes.
public final class ReleaseShelf {
    private let database: SQLDatabase

    /// Opens the shelf of a store, whose tables are brought to this program's version.
    public init(_ address: String, timeMilliseconds: Int64) throws(SQLError) {
        database = try SQLDatabase(address)
        _ = try StoreSchema.migrations().apply(to: database, timeMilliseconds: timeMilliseconds)
    }

    /// A release as it stands in a list.
    public struct Entry: Sendable, Hashable {
        /// The period.
        public let period: String
        /// Which release of the period.
        public let number: Int
        /// When it was made.
        public let closedAt: Timestamp
        /// SHA-256 over its JSON.
        public let digest: String
        /// Its name.
        public var id: String { "\(period).\(number)" }
    }

    /// All releases, the newest first.
    public func entries() throws(SQLError) -> [Entry] {
        var entries: [Entry] = []
        try database.query(
            SQLStatement(
                "list releases",
                """
                SELECT period, number, closed_microseconds, digest FROM releases
                ORDER BY closed_microseconds DESC, last_month DESC, period, number DESC
                """)
        ) { row throws(SQLError) in
            entries.append(
                Entry(
                    period: try row.text(0), number: Int(clamping: try row.integer(1)),
                    closedAt: Timestamp(microseconds: try row.integer(2)), digest: try row.text(3)))
        }
        return entries
    }

    /// The releases that were not published to the topic of indicators, in the order in which they were made.
    public func unpublished() throws(SQLError) -> [(period: String, number: Int)] {
        var found: [(period: String, number: Int)] = []
        try database.query(
            SQLStatement(
                "list unpublished releases",
                """
                SELECT period, number FROM releases WHERE published_microseconds IS NULL
                ORDER BY closed_microseconds, period, number
                """)
        ) { row throws(SQLError) in found.append((try row.text(0), Int(clamping: try row.integer(1)))) }
        return found
    }

    /// Notes that a release was published.
    public func notePublished(period: String, number: Int, at time: Timestamp) throws(SQLError) {
        try database.execute(
            SQLStatement(
                "note a published release",
                "UPDATE releases SET published_microseconds = ? WHERE period = ? AND number = ?"),
            [.integer(time.microseconds), .text(period), .integer(Int64(number))])
    }

    /// The JSON of a release, byte for byte as it was published; nil where there is none.
    public func body(period: String, number: Int) throws(SQLError) -> [UInt8]? {
        var body: [UInt8]?
        try database.query(
            SQLStatement("read a release", "SELECT body FROM releases WHERE period = ? AND number = ?"),
            [.text(period), .integer(Int64(number))]
        ) { row throws(SQLError) in body = [UInt8](try row.bytes(0)) }
        return body
    }

    /// What stands behind the releases that speak of a month between two, in the order in which they were made.
    public func snapshots(from first: MonthNumber, to last: MonthNumber) throws(SQLError) -> [[UInt8]] {
        var snapshots: [[UInt8]] = []
        try database.query(
            SQLStatement(
                "read snapshots",
                """
                SELECT snapshot FROM releases WHERE first_month <= ? AND last_month >= ?
                ORDER BY closed_microseconds, period, number
                """),
            [.integer(Int64(last.value)), .integer(Int64(first.value))]
        ) { row throws(SQLError) in snapshots.append([UInt8](try row.bytes(0))) }
        return snapshots
    }

    /// Adds a release.
    /// - Parameter known: how many releases there were when it was made: another one since may have told what this one
    ///   withholds.
    /// - Throws: `SQLError.Kind.conflict` where there are more by now; nothing is added then.
    public func add(_ release: Release, _ snapshot: ReleaseSnapshot, known: Int) throws(SQLError) {
        let body = release.json
        try database.transaction(.serializable) { () throws(SQLError) in
            guard try count() == known else {
                throw SQLError(
                    .conflict, statement: "add a release",
                    reason: "another release was made meanwhile, which this one has to heed: close the period again")
            }
            try database.execute(
                SQLStatement("add a release", "INSERT INTO releases VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)"),
                [
                    .text(release.period), .integer(Int64(release.number)),
                    .integer(Int64(PopulationTotals.lookBack(snapshot.period).value)),
                    .integer(Int64(snapshot.period.last.value)), .integer(release.closedAt.microseconds),
                    .text("sha256:" + Hexadecimal.text(SHA256.digest(of: body))), .bytes(body), .bytes(snapshot.json),
                ])
        }
    }

    private func count() throws(SQLError) -> Int {
        var count = 0
        try database.query(SQLStatement("count releases", "SELECT COUNT(*) FROM releases")) { row throws(SQLError) in
            count = Int(clamping: try row.integer(0))
        }
        return count
    }
}
