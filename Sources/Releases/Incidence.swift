import Indicators
import Suppression

/// Which people of a snapshot belong to which populations: the numbers of variables in a suppression problem.
///
/// A variable is a cell (or a group of a month) with the count that a snapshot gives it: where two snapshots agree on a
/// count it is one variable, and where they differ, since records came late, there are two.
struct Incidence {
    /// Something that is counted, with its count.
    enum Variable: Hashable {
        /// The people of a cell whose outcomes state groups.
        case grouped(CellKey, Int64)
        /// The people of its outcomes that state people and no groups.
        case ungrouped(CellKey, Int64)
        /// What its other outcomes count, each as one person.
        case uncounted(CellKey, Int64)
        /// The people of a group.
        case group(GroupKey, Int64)
        /// The other people of the outcomes that state groups.
        case others(GroupKey, Int64)
    }

    /// The counts of the variables.
    private(set) var counts: [Int] = []
    private var places: [Variable: Int] = [:]

    /// The place of a variable.
    mutating func place(of variable: Variable) -> Int {
        if let known = places[variable] { return known }
        let count: Int64 =
            switch variable {
            case .grouped(_, let count), .ungrouped(_, let count), .uncounted(_, let count), .group(_, let count),
                .others(_, let count):
                count
            }
        places[variable] = counts.count
        counts.append(Int(clamping: count))
        return counts.count - 1
    }
}

/// The variables of the populations of one snapshot.
struct SnapshotIncidence {
    /// The places of the variables by population.
    private(set) var members: [Population: [Int]] = [:]
    /// Sums that are known to be 0: what is told apart by type, or by district, less the same told apart by
    /// connections; people with groups, less those of a group, less the others.
    private(set) var identities: [(added: [Int], subtracted: [Int])] = []

    /// The variables of the cells of one part and aspect.
    private struct AspectCells {
        var grouped: [Int] = []
        var ungrouped: [Int] = []
        var uncounted: [Int] = []
        var groupedPeople: Int64 = 0
    }

    private enum AspectKind: Hashable {
        case type, district, connections

        init(_ aspect: CellKey.Aspect) {
            switch aspect {
            case .type: self = .type
            case .district: self = .district
            case .connections: self = .connections
            }
        }
    }

    private struct AspectKey: Hashable {
        let part: PartKey
        let kind: AspectKind
    }

    init(_ snapshot: ReleaseSnapshot, _ incidence: inout Incidence) {
        var aspects: [AspectKey: AspectCells] = [:]
        var order: [AspectKey] = []
        for cell in snapshot.cells {
            let key = AspectKey(part: cell.key.part, kind: AspectKind(cell.key.aspect))
            if snapshot.period.contains(key.part.month), order.last != key { order.append(key) }
            add(cell, snapshot, &aspects[key, default: AspectCells()], &incidence)
        }
        // In the order of the cells, which is always the same.
        for key in order where key.kind != .connections {
            let cells = aspects[key] ?? AspectCells()
            guard let whole = aspects[AspectKey(part: key.part, kind: .connections)] else { continue }
            identities.append((cells.grouped + cells.ungrouped, whole.grouped + whole.ungrouped))
            if !cells.uncounted.isEmpty { identities.append((cells.uncounted, whole.uncounted)) }
        }
        for group in snapshot.groups {
            add(group, aspects[AspectKey(part: group.part, kind: .connections)] ?? AspectCells(), &incidence)
        }
    }

    private mutating func add(
        _ cell: ReleaseSnapshot.Cell, _ snapshot: ReleaseSnapshot, _ cells: inout AspectCells,
        _ incidence: inout Incidence
    ) {
        let grouped = incidence.place(of: .grouped(cell.key, cell.grouped))
        let ungrouped = incidence.place(of: .ungrouped(cell.key, cell.people - cell.grouped))
        // Whether a department states people at all is no secret.
        let uncounted =
            cell.exposed > cell.people ? [incidence.place(of: .uncounted(cell.key, cell.exposed - cell.people))] : []
        var list = TieList()
        if case .connections(let number) = cell.key.aspect { list = snapshot.lists[number] ?? TieList() }
        let isInPeriod = snapshot.period.contains(cell.key.part.month)
        for population in PopulationTotals.populations(of: cell.key, list, isInPeriod: isInPeriod) {
            switch population.people {
            case .all: members[population, default: []] += [grouped, ungrouped] + uncounted
            case .counted: members[population, default: []] += [grouped, ungrouped]
            case .grouped: members[population, default: []].append(grouped)
            case .group: break
            }
        }
        guard isInPeriod else { return }
        cells.grouped.append(grouped)
        cells.ungrouped.append(ungrouped)
        cells.uncounted += uncounted
        cells.groupedPeople += cell.grouped
    }

    private mutating func add(
        _ group: ReleaseSnapshot.Group, _ whole: AspectCells, _ incidence: inout Incidence
    ) {
        let key = GroupKey(group.part, group: group.group)
        let variable = incidence.place(of: .group(key, group.people))
        for population in PopulationTotals.populations(of: key) { members[population, default: []].append(variable) }
        // A department may count a person in a group more often than in all; then nothing follows from the sum.
        guard whole.groupedPeople >= group.people else { return }
        let others = incidence.place(of: .others(key, whole.groupedPeople - group.people))
        identities.append((whole.grouped, [variable, others]))
    }
}
