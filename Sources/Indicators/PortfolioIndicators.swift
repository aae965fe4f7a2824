import Connections
import Primitives

/// K10 to K15: the connections themselves.
struct PortfolioIndicators {
    private let inputs: IndicatorInputs
    private let ties: Ties
    private let days: OutcomeDays
    private let end: CivilDate
    private(set) var figures: [Figure] = []

    init(_ inputs: IndicatorInputs, _ ties: Ties, _ days: OutcomeDays, _ totals: PopulationTotals) {
        (self.inputs, self.ties, self.days) = (inputs, ties, days)
        end = inputs.period.lastDay
        addBuilt()
        addMaintained()
        addManaged()
        addCoordinated()
        addDormant()
        addNetworks(totals)
    }

    /// The first day of the so many months that end with the period.
    private func start(months: Int) -> CivilDate { inputs.period.last.adding(months: 1 - months).firstDay }

    /// The figures for all and by a dimension: so many that hold, of so many.
    private func shares(
        _ indicator: Indicator, of connections: [Connection], by dimension: Dimension,
        _ value: (Connection) -> String, missing: MissingInput? = nil, listsThoseThatHold: Bool = false,
        holds: (Connection) -> Bool
    ) -> [Figure] {
        func figure(_ part: [Connection], _ slice: Slice) -> Figure {
            if let missing { return Figure(indicator, slice, .notStated(missing), n: Int64(part.count)) }
            let held = part.filter(holds)
            return .ratio(
                indicator, slice, Int64(held.count), over: Int64(part.count),
                listed: listsThoseThatHold ? held.map(\.id) : [])
        }
        return [figure(connections, Slice())]
            + Dictionary(grouping: connections, by: value).map { figure($0.value, Slice([dimension: $0.key])) }
    }

    // MARK: K10

    private mutating func addBuilt() {
        let built = ties.rows.values.filter { row in
            guard row.status != .proposed, row.status != .unverified else { return false }
            guard let from = row.period.from, inputs.period.contains(from), ties.firstDays[row.id] == from else {
                return false
            }
            return row.agreement?.reference != nil
        }
        func append(_ rows: [Connection], _ slice: Slice) {
            let count = Int64(rows.count)
            figures.append(
                Figure(
                    .connectionsBuilt, slice, .stated(Quantity(count)), n: count, listed: rows.map(\.id).sorted()))
        }
        append(built, Slice())
        for (type, rows) in Dictionary(grouping: built, by: \.type.rawValue) {
            append(rows, Slice([.connectionType: type]))
        }
    }

    // MARK: K11 and K12

    private mutating func addMaintained() {
        let from = start(months: 12)
        let noted = inputs.registry.activities.filter { from <= $0.on && $0.on <= end && $0.isTwoWay != nil }
        let met = Set(noted.filter { $0.isTwoWay == true }.compactMap(\.connection))
        figures += shares(
            .connectionsMaintained, of: ties.active, by: .connectionType, \.type.rawValue,
            missing: noted.isEmpty ? .log : nil
        ) { met.contains($0.id) }
    }

    private mutating func addManaged() {
        figures += shares(.connectionsManaged, of: ties.active, by: .holder, { $0.holder ?? "" }) { row in
            guard row.holder != nil, row.statesScope, let review = row.reviewOn else { return false }
            return review >= end
        }
    }

    // MARK: K13

    private mutating func addCoordinated() {
        var pairs: [Slice: Int64] = [:]
        var (withAny, withSeveral) = (Int64(0), Int64(0))
        for connection in days.departments.keys {
            let departments = days.departments(of: connection, from: inputs.period.firstDay)
            if departments.isEmpty { continue }
            withAny += 1
            if departments.count > 1 { withSeveral += 1 }
            for (index, first) in departments.enumerated() {
                for second in departments[(index + 1)...] {
                    pairs[Slice([.department: first, .otherDepartment: second]), default: 0] += 1
                }
            }
        }
        figures.append(.ratio(.connectionsCoordinated, Slice(), withSeveral, over: withAny))
        for (slice, count) in pairs {
            figures.append(.ratio(.connectionsCoordinated, slice, count, over: withAny))
        }
    }

    // MARK: K14

    private mutating func addDormant() {
        let from = start(months: 24)
        let contacts = inputs.registry.activities.filter { from <= $0.on && $0.on <= end && $0.kind != .need }
        let met = Set(contacts.compactMap(\.connection))
        let old = ties.active.filter { ($0.period.from).map { $0 <= from } ?? false }
        figures += shares(
            .dormantConnections, of: old, by: .connectionType, \.type.rawValue,
            missing: contacts.isEmpty ? .log : nil, listsThoseThatHold: true
        ) { !met.contains($0.id) && !days.hasAny(of: $0.id, from: from) }
    }

    // MARK: K15

    private mutating func addNetworks(_ totals: PopulationTotals) {
        let from = start(months: 24)
        let memberships = ties.active.filter { $0.type == .network }
        let live = memberships.filter { days.hasAny(of: $0.id, from: from) }
        figures.append(
            .ratio(
                .networkActivity, Slice([.measure: "active memberships"]), Int64(live.count),
                over: Int64(memberships.count), listed: memberships.filter { row in !live.contains(row) }.map(\.id)))
        let population = Population(
            .attributed, tie: .type(ConnectionType.network.rawValue), window: .twoYears)
        let outcomes = totals[population].cells.outcomes
        let slice = Slice([.measure: "fee per outcome"])
        let fees = memberships.compactMap(\.annualFeeUSD)
        // Two years of what is paid a year.
        let cents = Int64(exactly: min((fees.reduce(0, +) * 200).rounded(), 9e15)) ?? 0
        guard !fees.isEmpty, fees.count == memberships.count else {
            figures.append(
                Figure(.networkActivity, slice, .notStated(.fees), n: outcomes, populations: [population]))
            return
        }
        let value = Quantity(cents, over: 100 * outcomes)
        figures.append(
            Figure(
                .networkActivity, slice, value.map { .stated($0) } ?? .notStated(.denominator),
                numerator: Quantity(cents, over: 100), denominator: Quantity(outcomes), n: outcomes,
                populations: [population]))
    }
}
