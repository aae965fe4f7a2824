public import Connections
import Indicators
public import Primitives

/// What the registry said of a connection when a period was closed, and what the office did with it in the period.
///
/// A release holds it, so that its pages say the same for ever, whatever becomes of the registry.
public struct ReleasedConnection: Sendable, Hashable {
    /// The connection's id.
    public var id: String
    /// The partner's name.
    public var partner: String
    /// The kind of tie.
    public var type: ConnectionType
    /// The partner's country (ISO 3166-1 alpha-2).
    public var country: String?
    /// How it stands.
    public var status: ConnectionStatus
    /// When it began, as far as it is known.
    public var since: String?
    /// When it ended.
    public var until: String?
    /// Who is in charge.
    public var holder: String?
    /// When the office means to look at it again.
    public var reviewOn: CivilDate?
    /// The document that it rests on.
    public var agreement: String?
    /// What the city pays a year, in US dollars.
    public var annualFeeUSD: Double?
    /// The entries of the log in the period, by kind, those that there are.
    public var activities: [ActivityCount] = []
    /// The last contact of any kind up to the end of the period.
    public var lastContact: CivilDate?
    /// The last one in which both sides acted.
    public var lastTwoWayContact: CivilDate?
    /// Hours of the city's staff in the period; nil where none are logged.
    public var staffHours: Double?
    /// Cash spent in the period, in US dollars; nil where none is logged.
    public var costUSD: Double?
    /// The kinds of evidence of its outcomes in the period, such as `T1 funded-by`, the commonest first; none where its
    /// outcomes are withheld.
    public var evidence: [String] = []

    /// So many entries of a kind.
    public struct ActivityCount: Sendable, Hashable {
        /// The kind.
        public var kind: ActivityKind
        /// How many.
        public var count: Int

        /// Makes a count.
        public init(kind: ActivityKind, count: Int) { (self.kind, self.count) = (kind, count) }
    }

    /// What the registry says of a connection.
    public init(_ row: Connection) {
        (id, partner, type, country, status) = (row.id, row.partner, row.type, row.country, row.status)
        since = (row.since ?? row.attestedFrom)?.description
        until = row.until?.description
        (holder, reviewOn, annualFeeUSD) = (row.holder, row.reviewOn, row.annualFeeUSD)
        agreement = row.agreement?.reference
    }
}

extension ReleasedConnection {
    /// All connections of a registry that had begun by the end of the period, by id.
    static func all(
        _ inputs: IndicatorInputs, _ ties: Ties, withheld: Set<Population>
    ) -> [ReleasedConnection] {
        var names = inputs.names
        let period = inputs.period
        let log = Dictionary(
            grouping: inputs.registry.activities.filter { $0.on <= period.lastDay }, by: { $0.connection ?? "" })
        var evidence: [Int32: [Int32: Int64]] = [:]
        for (key, count) in inputs.aggregates.evidence where period.contains(key.month) {
            evidence[key.connection, default: [:]][key.kind, default: 0] += count
        }
        return ties.rows.values.filter { row in
            (row.period.from).map { $0 <= period.lastDay } ?? true
        }.map { row in
            var connection = ReleasedConnection(row)
            connection.take(log[row.id] ?? [], period)
            let number = names.id(of: row.id)
            if !withheld.contains(Population(.attributed, tie: .connection(number))) {
                let kinds = (evidence[number] ?? [:]).map { (name: inputs.names.text($0.key), count: $0.value) }
                connection.evidence = kinds.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.map(\.name)
            }
            return connection
        }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    private mutating func take(_ log: [Activity], _ period: ReportingPeriod) {
        let contacts = log.filter { $0.kind != .need }
        lastContact = contacts.map(\.on).max()
        lastTwoWayContact = contacts.filter { $0.isTwoWay == true }.map(\.on).max()
        let within = log.filter { period.contains($0.on) }
        for kind in ActivityKind.allCases {
            let count = within.count { $0.kind == kind }
            if count > 0 { activities.append(ActivityCount(kind: kind, count: count)) }
        }
        let (hours, cash) = (within.compactMap(\.staffHours), within.compactMap(\.costUSD))
        staffHours = hours.isEmpty ? nil : hours.reduce(0, +)
        costUSD = cash.isEmpty ? nil : cash.reduce(0, +)
    }
}
