import Primitives

/// K16: whether a group has its share of what connections made possible.
struct EquityIndicator {
    private(set) var figures: [Figure] = []

    init(_ totals: PopulationTotals, _ names: ByteInterner) {
        for population in totals.sums.keys where population.part == .received {
            var grouped = population
            grouped.people = .grouped
            if population.people == .all, population.department >= 0, population.type < 0, totals.sums[grouped] == nil {
                figures.append(Figure(.equityLens, population.slice(names), .notStated(.groups), n: 0))
            }
            guard case .group = population.people else { continue }
            let department = population.department
            var whole = population
            whole.people = .grouped
            // (reached group / reached) / (clients of the group / clients), over people of outcomes that state groups.
            let reached = totals[population.with(.attributed)].cells.people
            let allReached = totals[whole.with(.attributed)].cells.people
            let clients = totals[population].cells.people
            let allClients = totals[whole].cells.people
            let slice = population.slice(names)
            let populations = [population.with(.attributed), whole.with(.attributed), population, whole]
            guard totals.statesAllOutcomes(department) else {
                figures.append(Figure(.equityLens, slice, .notStated(.allOutcomes), n: nil, populations: populations))
                continue
            }
            let (above, isLarge) = reached.multipliedReportingOverflow(by: allClients)
            let (below, isLarger) = allReached.multipliedReportingOverflow(by: clients)
            guard !isLarge, !isLarger, let ratio = Quantity(above, over: below) else {
                figures.append(Figure(.equityLens, slice, .notStated(.denominator), n: nil, populations: populations))
                continue
            }
            figures.append(
                Figure(
                    .equityLens, slice, .stated(ratio), numerator: Quantity(reached, over: max(1, allReached)),
                    denominator: Quantity(clients, over: max(1, allClients)), n: allReached,
                    populations: populations))
        }
    }
}
