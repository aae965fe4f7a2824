import JSON

/// Claims drawn for people to review: stratified by rule and range of strength, proportionally, with a least number of
/// each stratum, without replacement.
///
/// Within a stratum those are drawn whose number, the hash of seed, outcome key and connection, is lowest (permanent
/// random numbers: E. Ohlsson, "Coordination of samples using permanent random numbers", in "Business Survey Methods",
/// 1995). So the sample does not depend on the order of the records, and more of a stratum are those and some more.
public struct ReviewSample: Sendable {
    /// A rule and a range of strength.
    public struct Stratum: Sendable, Hashable {
        /// Its name, such as `reference/funded-by 0.9-1.0`.
        public let name: String
        /// The claims drawn, of all.
        public let drawn: Proportion
    }

    /// The strata, by name.
    public let strata: [Stratum]
    /// The claims drawn, by outcome key and connection.
    public let rows: [ReviewRow]

    /// Draws a sample.
    ///
    /// - Parameters:
    ///   - claims: all claims.
    ///   - size: how many are to be drawn; fewer where there are no more, more where the least of each stratum come to
    ///     more.
    ///   - least: how many of each stratum at least, all of a smaller one.
    ///   - seed: the same seed draws the same claims.
    public init(of claims: [Claim], size: Int, atLeast least: Int, seed: UInt64) {
        let groups = Dictionary(grouping: claims, by: \.stratum).sorted { $0.key < $1.key }
        let sizes = SampleAllocation.sizes(of: groups.map(\.value.count), total: size, least: least)
        strata = zip(groups, sizes).map { Stratum(name: $0.key, drawn: Proportion($1, of: $0.value.count)) }
        let rows = zip(groups, sizes).flatMap { group, size in
            let numbered = group.value.map {
                (number: StableNumber.of("\(seed)\n\($0.outcome)\n\($0.connection)"), claim: $0)
            }
            let drawn = numbered.sorted {
                ($0.number, $0.claim.outcome, $0.claim.connection) < ($1.number, $1.claim.outcome, $1.claim.connection)
            }
            return drawn.prefix(size).map {
                ReviewRow($0.claim, probability: Double(size) / Double(group.value.count))
            }
        }
        self.rows = rows.sorted { ($0.claim.outcome, $0.claim.connection) < ($1.claim.outcome, $1.claim.connection) }
    }

    /// The rows as NDJSON, for people to fill in.
    public var lines: String { ReviewSample.lines(rows) }

    /// Rows as NDJSON.
    public static func lines(_ rows: [ReviewRow]) -> String {
        var writer = JSONWriter()
        for row in rows { row.write(to: &writer) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
