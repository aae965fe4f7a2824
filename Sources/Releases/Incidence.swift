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
        /// The people of a group, in the outcomes of a department and month.
        case group(GroupPlace, Int64)
        /// The people of those outcomes that are not in the group.
        case others(GroupPlace, Int64)
    }

    /// A group of people in the attributed or the other outcomes of a department and month.
    struct GroupPlace: Hashable {
        let month: MonthNumber
        let department: Int32
        let isAttributed: Bool
        let group: Int32
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
    /// Sums that are known to be 0: people with groups, less those of a group, less the others.
    private(set) var identities: [(added: [Int], subtracted: [Int])] = []

    init(_ snapshot: ReleaseSnapshot, _ incidence: inout Incidence) {
        var grouped: [GroupedPart: (places: [Int], people: Int64)] = [:]
        for cell in snapshot.cells {
            let with = incidence.place(of: .grouped(cell.key, cell.grouped))
            let counted = [with, incidence.place(of: .ungrouped(cell.key, cell.people - cell.grouped))]
            var all = counted
            // Whether a department states people at all is no secret.
            if cell.exposed > cell.people {
                all.append(incidence.place(of: .uncounted(cell.key, cell.exposed - cell.people)))
            }
            let list = snapshot.lists[cell.key.connections] ?? TieList()
            let isInPeriod = snapshot.period.contains(cell.key.month)
            for population in PopulationTotals.populations(of: cell.key, list, isInPeriod: isInPeriod) {
                switch population.people {
                case .all: members[population, default: []] += all
                case .counted: members[population, default: []] += counted
                case .grouped, .group: members[population, default: []].append(with)
                }
            }
            guard isInPeriod, cell.key.standing != .outbound else { continue }
            let part = GroupedPart(
                month: cell.key.month, department: cell.key.department,
                isAttributed: cell.key.standing.isAttributed)
            grouped[part, default: ([], 0)].places.append(with)
            grouped[part, default: ([], 0)].people += cell.grouped
        }
        for group in snapshot.groups { add(group, grouped, &incidence) }
    }

    private struct GroupedPart: Hashable {
        let month: MonthNumber
        let department: Int32
        let isAttributed: Bool
    }

    private mutating func add(
        _ group: ReleaseSnapshot.Group, _ grouped: [GroupedPart: (places: [Int], people: Int64)],
        _ incidence: inout Incidence
    ) {
        let place = Incidence.GroupPlace(
            month: group.month, department: group.department, isAttributed: group.isAttributed, group: group.group)
        let variable = incidence.place(of: .group(place, group.people))
        let part = Population(.received, department: group.department, people: .group(group.group))
        members[part, default: []].append(variable)
        if group.isAttributed { members[part.with(.attributed), default: []].append(variable) }
        let whole = GroupedPart(
            month: group.month, department: group.department, isAttributed: group.isAttributed)
        // A department may count a person in a group more often than in all; then nothing follows from the sum.
        guard let whole = grouped[whole], whole.people >= group.people else { return }
        let others = incidence.place(of: .others(place, whole.people - group.people))
        identities.append((whole.places, [variable, others]))
    }
}
