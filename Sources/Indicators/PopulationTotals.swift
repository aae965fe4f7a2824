public import Primitives

/// The sums of all populations that the indicators of a period speak of, made in one pass over the cells.
public struct PopulationTotals: Sendable {
    /// The sums by population; a population that is not there has no outcome.
    public private(set) var sums: [Population: PopulationSums] = [:]
    /// The departments whose records are of all their outcomes: in the 24 months that end with the period they
    /// published a domestic one.
    private(set) var departmentsThatStateAll: Set<Int32> = []

    /// Sums up.
    /// - Parameters:
    ///   - aggregates: with the cells of the period and of the 24 months that end with it.
    ///   - names: the texts of its numbers.
    ///   - ties: what the registry says of connections.
    ///   - period: the months.
    public init(_ aggregates: Aggregates, _ names: ByteInterner, _ ties: Ties, _ period: ReportingPeriod) {
        var lists = TieLists(names, ties)
        let lookBack = PopulationTotals.lookBack(period)
        var credit: [CellKey: [(connection: Int32, sums: CreditSums)]] = [:]
        for (key, value) in aggregates.credit where period.contains(key.part.month) {
            credit[CellKey(key.part, .connections(key.connections)), default: []].append((key.connection, value))
        }
        for (cell, value) in aggregates.cells where lookBack <= cell.part.month && cell.part.month <= period.last {
            var list = TieList()
            if case .connections(let number) = cell.aspect { list = lists.list(number) }
            let shares = credit[cell] ?? []
            if cell.part.standing == .domestic, value.outcomes > 0 {
                departmentsThatStateAll.insert(cell.part.department)
            }
            for population in PopulationTotals.populations(
                of: cell, list, isInPeriod: period.contains(cell.part.month))
            {
                switch population.people {
                case .all, .counted:
                    sums[population, default: PopulationSums()].add(value, shares, population.tie, lists)
                case .grouped where value.peopleWithGroups != 0: addPeople(population, value.peopleWithGroups)
                case .grouped, .group: break
                }
            }
        }
        for (key, people) in aggregates.groups where period.contains(key.part.month) {
            for population in PopulationTotals.populations(of: key) { addPeople(population, people) }
        }
    }

    /// The first month that any figure of a period looks back to.
    public static func lookBack(_ period: ReportingPeriod) -> MonthNumber { period.last.adding(months: -23) }

    /// The sums of a population.
    public subscript(population: Population) -> PopulationSums { sums[population] ?? PopulationSums() }

    /// The populations that the indicators count a cell in, but for those of a group. Each is made of cells of one
    /// aspect.
    public static func populations(of cell: CellKey, _ list: TieList, isInPeriod: Bool) -> [Population] {
        let (department, standing) = (cell.part.department, cell.part.standing)
        var parts: [Population.Part] = [.received]
        if standing.isAttributed { parts.append(.attributed) }
        if standing == .abstained { parts.append(.abstained) }
        if standing == .outbound { parts = [.outbound] }
        switch cell.aspect {
        case .type(let type):
            guard isInPeriod, standing != .outbound else { return [] }
            let all = parts.map { Population($0, department: department, type: type) }
            return all + all.filter { $0.part == .attributed }.map(\.counted)
        case .district(let district):
            guard isInPeriod else { return [] }
            let all = Population(.attributed, department: department, district: district)
            return [all, all.counted]
        case .connections:
            return ofConnections(parts, department, list, isInPeriod: isInPeriod)
        }
    }

    private static func ofConnections(
        _ parts: [Population.Part], _ department: Int32, _ list: TieList, isInPeriod: Bool
    ) -> [Population] {
        var all: [Population] = []
        if parts.contains(.attributed), list.types.contains(TieLists.network) {
            all.append(Population(.attributed, tie: .type(TieLists.network), window: .twoYears))
        }
        guard isInPeriod else { return all }
        for part in parts { all += [Population(part), Population(part, department: department)] }
        for part in parts where part == .received || part == .attributed {
            all.append(Population(part, department: department, people: .grouped))
        }
        if parts.contains(.abstained) {
            all += list.connections.map { Population(.abstained, tie: .connection($0)) }
        }
        guard parts.contains(.attributed) else { return all }
        all.append(Population(.attributed, department: department, people: .counted))
        for connection in list.connections {
            all.append(Population(.attributed, tie: .connection(connection)))
            all.append(Population(.attributed, department: department, tie: .connection(connection)))
        }
        all += list.types.map { Population(.attributed, tie: .type($0)) }
        all += list.countries.map { Population(.attributed, tie: .country($0)) }
        return all
    }

    /// The populations of a group, of outcomes in the period.
    public static func populations(of group: GroupKey) -> [Population] {
        guard group.part.standing != .outbound else { return [] }
        let received = Population(.received, department: group.part.department, people: .group(group.group))
        return group.part.standing.isAttributed ? [received, received.with(.attributed)] : [received]
    }

    private mutating func addPeople(_ population: Population, _ people: Int64) {
        sums[population, default: PopulationSums()].cells.people += people
        sums[population, default: PopulationSums()].cells.exposed += people
    }
}

extension PopulationSums {
    fileprivate mutating func add(
        _ value: CellSums, _ shares: [(connection: Int32, sums: CreditSums)], _ tie: Population.Tie, _ lists: TieLists
    ) {
        cells += value
        for (connection, share) in shares where lists.belongs(connection, to: tie) {
            credit += share
            switch lists.isPaidAbroad(connection) {
            case true:
                grantCentsAbroad += share.grantCents
                inKindCentsAbroad += share.inKindCents
            case nil:
                grantCentsOfUnknownOrigin += share.grantCents
                inKindCentsOfUnknownOrigin += share.inKindCents
            default: break
            }
        }
    }
}
