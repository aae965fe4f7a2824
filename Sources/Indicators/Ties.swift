public import Connections
public import Primitives

/// What the registry says of connections, as indicators ask for it: one row for each connection, on one day.
public struct Ties: Sendable {
    /// The rows by connection id: the one that holds on the day, else the last one.
    public let rows: [String: Connection]
    /// The day.
    public let day: CivilDate
    /// The first day of any row of a connection, by connection id.
    let firstDays: [String: CivilDate]
    private let home: String?

    /// Makes the view of a registry on a day.
    public init(_ registry: Registry, on day: CivilDate) {
        var rows: [String: Connection] = [:]
        for row in registry.latest.connections {
            guard let known = rows[row.id] else {
                rows[row.id] = row
                continue
            }
            if Ties.holds(known, day) { continue }
            if Ties.holds(row, day) || Ties.begins(row, after: known) { rows[row.id] = row }
        }
        self.rows = rows
        self.day = day
        firstDays = Dictionary(
            registry.latest.connections.compactMap { row in row.period.from.map { (row.id, $0) } },
            uniquingKeysWith: min)
        home = registry.city?.country
    }

    private static func holds(_ row: Connection, _ day: CivilDate) -> Bool { row.validity(on: day) == .valid }

    private static func begins(_ row: Connection, after other: Connection) -> Bool {
        (row.period.from?.daysSinceEpoch ?? .min) >= (other.period.from?.daysSinceEpoch ?? .min)
    }

    /// The connections that are in force on the day, by id: a dormant one is, and one that ended later; a proposed or
    /// unconfirmed one is not.
    public var active: [Connection] {
        rows.values.filter { row in
            switch row.status {
            case .active, .dormant: Ties.holds(row, day)
            case .ended: row.until != nil && Ties.holds(row, day)
            case .proposed, .unverified: false
            }
        }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    /// Whether what comes through a connection is paid for abroad; nil where nobody knows.
    ///
    /// The row's `funds_from` says it, otherwise the partner's country: but not that of a network, a business or a
    /// society, through which money of this country may come.
    public func isPaidAbroad(_ connection: String) -> Bool? {
        guard let row = rows[connection], let home else { return nil }
        let mayBeLocal: [ConnectionType] = [.network, .foreignOwnedBusiness, .diasporaOrganisation]
        guard let payer = row.fundsFrom ?? (mayBeLocal.contains(row.type) ? nil : row.country) else { return nil }
        return payer != home
    }
}
