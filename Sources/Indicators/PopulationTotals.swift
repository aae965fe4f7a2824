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
        var credit: [CellKey: [(connection: Int32, sums: CreditSums)]] = [:]
        for (key, value) in aggregates.credit { credit[key.cell, default: []].append((key.connection, value)) }
        var groups: [CellKey: [(group: Int32, people: Int64)]] = [:]
        for (key, value) in aggregates.groups { groups[key.cell, default: []].append((key.group, value)) }
        let lookBack = PopulationTotals.lookBack(period)
        for (cell, value) in aggregates.cells where lookBack <= cell.month && cell.month <= period.last {
            let list = lists.list(cell.connections)
            let shares = credit[cell] ?? []
            if cell.standing == .domestic, value.outcomes > 0 { departmentsThatStateAll.insert(cell.department) }
            for population in PopulationTotals.populations(
                of: cell, list, isInPeriod: period.contains(cell.month))
            {
                switch population.people {
                case .all, .counted:
                    sums[population, default: PopulationSums()].add(value, shares, population.tie, lists)
                case .grouped, .group: addPeople(population, value, groups[cell] ?? [])
                }
            }
        }
    }

    /// The first month that any figure of a period looks back to.
    public static func lookBack(_ period: ReportingPeriod) -> MonthNumber { period.last.adding(months: -23) }

    /// The sums of a population.
    public subscript(population: Population) -> PopulationSums { sums[population] ?? PopulationSums() }

    /// The populations that the indicators count a cell in. Those of some people stand for each group, too.
    public static func populations(of cell: CellKey, _ list: TieList, isInPeriod: Bool) -> [Population] {
        var all: [Population] = []
        if cell.standing.isAttributed, list.types.contains(TieLists.network) {
            all.append(Population(.attributed, tie: .type(TieLists.network), window: .twoYears))
        }
        guard isInPeriod else { return all }
        if cell.standing == .outbound {
            return all + [Population(.outbound), Population(.outbound, department: cell.department)]
        }
        all += plain(.received, cell)
        all.append(Population(.received, department: cell.department, people: .grouped))
        switch cell.standing {
        case .abstained:
            all += plain(.abstained, cell)
            all += list.connections.map { Population(.abstained, tie: .connection($0)) }
        case .enabled, .contributed:
            all += plain(.attributed, cell)
            all.append(Population(.attributed, department: cell.department, people: .grouped))
            let inDistrict = Population(.attributed, department: cell.department, district: cell.district)
            let ofType = Population(.attributed, department: cell.department, type: cell.type)
            all += [inDistrict, inDistrict.counted, ofType.counted]
            all.append(Population(.attributed, department: cell.department, people: .counted))
            for connection in list.connections {
                all.append(Population(.attributed, tie: .connection(connection)))
                all.append(Population(.attributed, department: cell.department, tie: .connection(connection)))
            }
            all += list.types.map { Population(.attributed, tie: .type($0)) }
            all += list.countries.map { Population(.attributed, tie: .country($0)) }
        default: break
        }
        return all
    }

    /// All, by department, and by department and type.
    private static func plain(_ part: Population.Part, _ cell: CellKey) -> [Population] {
        [
            Population(part), Population(part, department: cell.department),
            Population(part, department: cell.department, type: cell.type),
        ]
    }

    private mutating func addPeople(
        _ population: Population, _ value: CellSums, _ groups: [(group: Int32, people: Int64)]
    ) {
        guard value.peopleWithGroups != 0 || !groups.isEmpty else { return }
        sums[population, default: PopulationSums()].add(people: value.peopleWithGroups)
        for (group, people) in groups {
            var part = population
            part.people = .group(group)
            sums[part, default: PopulationSums()].add(people: people)
        }
    }
}

extension PopulationSums {
    fileprivate mutating func add(people: Int64) {
        cells.people += people
        cells.exposed += people
    }

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
