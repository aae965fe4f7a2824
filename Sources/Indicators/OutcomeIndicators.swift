public import Primitives

/// K01 to K05 and K17: outcomes, people, shares and credit.
struct OutcomeIndicators {
    private let totals: PopulationTotals
    private let names: ByteInterner
    private(set) var figures: [Figure] = []

    init(_ totals: PopulationTotals, _ names: ByteInterner) {
        self.totals = totals
        self.names = names
        // The loop says it where anything was received.
        if totals.sums[Population(.received)] == nil { addOutcomes(Population(.attributed)) }
        if totals.sums[Population(.outbound)] == nil {
            figures.append(Figure(.outboundContribution, Slice(), .notStated(.outbound), n: 0))
        }
        for population in totals.sums.keys where population.people == .all && population.window == .period {
            switch population.part {
            case .attributed: addOutcomes(population)
            case .received:
                addShare(population)
                // A department without an attributed outcome has none, which is a figure too.
                let attributed = population.with(.attributed)
                if totals.sums[attributed] == nil { addOutcomes(attributed) }
            case .outbound: addOutbound(population)
            case .abstained: break
            }
        }
    }

    private mutating func addOutcomes(_ population: Population) {
        let (sums, slice) = (totals[population].cells, population.slice(names))
        let abstention = population.abstention
        let abstained = abstention.map { totals[$0].cells.outcomes }
        figures.append(
            Figure(
                .attributedOutcomes, slice, .stated(Quantity(sums.outcomes)), n: sums.outcomes, abstained: abstained,
                populations: [population], abstention: abstention))
        addPeople(population, slice, sums)
        if population.type < 0, population.district < 0 {
            addCredit(population, slice)
        }
        if population.tie == .any, population.type < 0, population.district < 0 {
            figures.append(
                .ratio(
                    .domesticShare, slice, sums.domesticBasisPoints, over: 10_000 * sums.outcomes, n: sums.outcomes,
                    populations: [population]))
        }
    }

    /// People of a department only: those of several may be the same.
    private mutating func addPeople(_ population: Population, _ slice: Slice, _ sums: CellSums) {
        guard population.department >= 0, population.tie == .any else { return }
        let isStated = sums.outcomesWithPeople > 0 || sums.outcomes == 0
        figures.append(
            Figure(
                .residentsReached, slice, isStated ? .stated(Quantity(sums.people)) : .notStated(.people),
                n: sums.outcomesWithPeople, populations: [population.counted]))
        guard population.type < 0, population.district < 0 else { return }
        for part in totals.groups(of: population.department, .attributed) {
            figures.append(
                Figure(
                    .residentsReached, part.slice(names), .stated(Quantity(totals[part].cells.people)),
                    n: sums.outcomesWithPeople, populations: [part, population.counted]))
        }
    }

    private mutating func addCredit(_ population: Population, _ slice: Slice) {
        let sums = totals[population]
        guard let credit = Quantity(sums.credit.basisPoints, over: 10_000) else { return }
        figures.append(
            Figure(
                .creditedOutcomes, slice, .stated(credit), numerator: Quantity(sums.credit.basisPoints),
                denominator: Quantity(10_000), n: sums.cells.outcomes, populations: [population]))
    }

    private mutating func addShare(_ population: Population) {
        guard population.department >= 0 else { return }
        let attributed = population.with(.attributed)
        let (part, whole) = (totals[attributed].cells.outcomes, totals[population].cells.outcomes)
        let abstained = totals[population.with(.abstained)].cells.outcomes
        let slice = population.slice(names)
        guard totals.statesAllOutcomes(population.department) else {
            figures.append(
                Figure(
                    .shareOfSuccess, slice, .notStated(.allOutcomes), n: nil, populations: [attributed]))
            return
        }
        figures.append(
            .ratio(
                .shareOfSuccess, slice, part, over: whole, abstained: abstained,
                populations: [attributed, population], abstention: population.with(.abstained)))
    }

    private mutating func addOutbound(_ population: Population) {
        let outcomes = totals[population].cells.outcomes
        figures.append(
            Figure(
                .outboundContribution, population.slice(names), .stated(Quantity(outcomes)), n: outcomes,
                populations: [population]))
    }
}

extension Population {
    /// The same slice of other outcomes.
    public func with(_ part: Part) -> Population {
        var population = self
        population.part = part
        return population
    }

    /// The people that its outcomes state.
    var counted: Population {
        var population = self
        population.people = .counted
        return population
    }

    /// The outcomes of the slice that were abstained from, where they are counted for it.
    var abstention: Population? {
        switch tie {
        case .any: district < 0 ? with(.abstained) : nil
        case .connection: department < 0 ? with(.abstained) : nil
        default: nil
        }
    }

    /// The population in a line, for an order that is the same wherever names have other numbers.
    public func text(_ names: ByteInterner) -> String {
        let kind =
            switch people {
            case .all: "all"
            case .counted: "counted"
            case .grouped, .group: "grouped"
            }
        return "\(part) \(window) \(kind) \(slice(names).text)"
    }

    /// What the population is, in words.
    func slice(_ names: ByteInterner) -> Slice {
        var parts: [Slice.Part] = []
        if department >= 0 { parts.append(Slice.Part(dimension: .department, value: names.text(department))) }
        if type >= 0 { parts.append(Slice.Part(dimension: .type, value: names.text(type))) }
        if district >= 0 { parts.append(Slice.Part(dimension: .district, value: names.text(district))) }
        if case .group(let group) = people { parts.append(Slice.Part(dimension: .group, value: names.text(group))) }
        switch tie {
        case .any: break
        case .connection(let connection):
            parts.append(Slice.Part(dimension: .connection, value: names.text(connection)))
        case .type(let type): parts.append(Slice.Part(dimension: .connectionType, value: type))
        case .country(let country): parts.append(Slice.Part(dimension: .country, value: country))
        }
        return Slice(parts)
    }
}

extension PopulationTotals {
    /// Whether a department's records are of all its outcomes.
    func statesAllOutcomes(_ department: Int32) -> Bool { departmentsThatStateAll.contains(department) }

    /// The populations of a department's groups.
    func groups(of department: Int32, _ part: Population.Part) -> [Population] {
        sums.keys.filter { population in
            guard case .group = population.people else { return false }
            return population.department == department && population.part == part
        }
    }
}
