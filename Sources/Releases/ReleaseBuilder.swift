import Connections
public import Indicators
public import Primitives

/// Closes a period: computes its figures, decides what is withheld, and sets it against the release before.
public struct ReleaseBuilder {
    /// What the figures are made of.
    public var inputs: IndicatorInputs
    /// The name of the city.
    public var city: String
    /// The time of the closing.
    public var closedAt: Timestamp
    /// Up to how many people nothing is shown, at least 10.
    public var threshold: Int
    /// All records that had been read, and those that are none.
    public var records: (received: Int64, refused: Int64)
    /// The newest release of the same period; nil where it was not closed before.
    public var previous: Release?
    /// What stands behind each release that speaks of some of the same months, that of `previous` included.
    public var earlier: [ReleaseSnapshot]

    /// Makes a builder.
    public init(
        inputs: IndicatorInputs, city: String, closedAt: Timestamp, threshold: Int = 10,
        records: (received: Int64, refused: Int64), previous: Release? = nil, earlier: [ReleaseSnapshot] = []
    ) {
        (self.inputs, self.city, self.closedAt, self.threshold) = (inputs, city, closedAt, threshold)
        (self.records, self.previous, self.earlier) = (records, previous, earlier)
    }

    /// Makes the release, and what has to be kept beside it.
    public func build() throws(ReleaseError) -> (release: Release, snapshot: ReleaseSnapshot) {
        guard inputs.period.lastDay < closedAt.date else { throw .periodIsOpen(inputs.period.name) }
        return try build(number: (previous?.number ?? 0) + 1)
    }

    /// Makes the figures of a period that was not closed, as they stand: suppressed like a release after what is public
    /// already, but not after earlier provisional figures. Who looks often could tell residents apart by what changed
    /// in between: they are for people who may see the records.
    public func provisional() throws(ReleaseError) -> Release { try build(number: 0).release }

    private func build(number: Int) throws(ReleaseError) -> (release: Release, snapshot: ReleaseSnapshot) {
        let period = inputs.period
        let table = IndicatorTable(inputs)
        let populations = populations(of: table.figures)
        var snapshot = self.snapshot(table.ties)
        let (withheld, counts) = try ReleaseProblem.solve(
            snapshot, populations, after: earlier, threshold: threshold)
        snapshot.withheld = populations.filter { withheld.contains($0) }
        snapshot.published = populations.filter { !withheld.contains($0) }
        let figures = table.figures.map { ReleasedFigure($0, withheld) }
        let release = Release(
            period: period.name, firstDay: period.firstDay, lastDay: period.lastDay,
            number: number, restates: previous?.id, city: city, closedAt: closedAt,
            threshold: threshold, registry: "sha256:" + inputs.registry.digest, versions: versions,
            records: RecordCounts(
                received: records.received, refused: records.refused,
                outcomes: versions.reduce(0) { $0 + $1.outcomes }),
            figures: figures, connections: ReleasedConnection.all(inputs, table.ties, withheld: withheld),
            changes: previous.map { FigureChange.all(from: $0.figures, to: figures) } ?? [],
            suppression: counts)
        return (release, snapshot)
    }

    /// What figures are about, each once, in the order of names.
    private func populations(of figures: [Indicators.Figure]) -> [Population] {
        var populations: Set<Population> = []
        for figure in figures {
            populations.formUnion(figure.populations)
            if let abstention = figure.abstention { populations.insert(abstention) }
        }
        return populations.map { (text: $0.text(inputs.names), population: $0) }.sorted { $0.text < $1.text }
            .map(\.population)
    }

    /// What decided the outcomes of the period, by digests.
    private var versions: [DecidingVersions] {
        var outcomes: [Int32: Int64] = [:]
        for (key, count) in inputs.aggregates.versions where inputs.period.contains(key.month) {
            outcomes[key.versions, default: 0] += count
        }
        return outcomes.map { number, count in
            let lines = inputs.names.text(number).split(separator: "\n", omittingEmptySubsequences: false).map(
                String.init)
            func line(_ place: Int) -> String { place < lines.count ? lines[place] : "" }
            return DecidingVersions(
                rules: line(0), registry: line(1), profile: line(2), engine: line(3), outcomes: count)
        }.sorted {
            ($0.rules, $0.registry, $0.profile, $0.engine) < ($1.rules, $1.registry, $1.profile, $1.engine)
        }
    }

    private func snapshot(_ ties: Ties) -> ReleaseSnapshot {
        let period = inputs.period
        var lists = TieLists(inputs.names, ties)
        var snapshot = ReleaseSnapshot(
            period: period, cells: [], groups: [], lists: [:], published: [], withheld: [])
        let lookBack = PopulationTotals.lookBack(period)
        for (cell, sums) in inputs.aggregates.cells
        where lookBack <= cell.part.month && cell.part.month <= period.last {
            var list = TieList()
            if case .connections(let number) = cell.aspect { list = lists.list(number) }
            let isInPeriod = period.contains(cell.part.month)
            guard !PopulationTotals.populations(of: cell, list, isInPeriod: isInPeriod).isEmpty else { continue }
            if case .connections(let number) = cell.aspect { snapshot.lists[number] = list }
            snapshot.cells.append(
                ReleaseSnapshot.Cell(
                    key: cell, exposed: sums.exposed, people: sums.people, grouped: sums.peopleWithGroups))
        }
        let ranks = inputs.names.ranks
        snapshot.cells.sort { $0.key.place(ranks).lexicographicallyPrecedes($1.key.place(ranks)) }
        snapshot.groups = inputs.aggregates.groups.compactMap { key, people in
            guard period.contains(key.part.month), key.part.standing != .outbound else { return nil }
            return ReleaseSnapshot.Group(part: key.part, group: key.group, people: people)
        }.sorted { $0.place(ranks).lexicographicallyPrecedes($1.place(ranks)) }
        return snapshot
    }
}

extension PartKey {
    /// Its members, with the place of the department's name in place of its number.
    fileprivate func place(_ ranks: [Int32]) -> [Int32] {
        [month.value, ranks[Int(department)], Int32(standing.rawValue)]
    }
}

extension CellKey {
    /// Likewise.
    fileprivate func place(_ ranks: [Int32]) -> [Int32] {
        let (aspect, value) = aspect.numbers
        return part.place(ranks) + [aspect, ranks[Int(value)]]
    }
}

extension ReleaseSnapshot.Group {
    /// Likewise.
    fileprivate func place(_ ranks: [Int32]) -> [Int32] { part.place(ranks) + [ranks[Int(group)]] }
}

extension ReleasedFigure {
    /// What may be shown of a figure.
    init(_ figure: Indicators.Figure, _ withheld: Set<Population>) {
        indicator = figure.indicator
        slice = figure.slice
        abstained = figure.abstention.map { withheld.contains($0) } ?? false ? nil : figure.abstained
        guard figure.populations.allSatisfy({ !withheld.contains($0) }) else {
            value = .withheld
            return
        }
        n = figure.n
        listed = figure.listed
        switch figure.value {
        case .stated(let quantity):
            value = .stated(figure.unit.text(quantity))
            numerator = figure.numerator.map(ReleasedFigure.text)
            denominator = figure.denominator.map(ReleasedFigure.text)
            lower = figure.interval.map { figure.unit.text($0.lower) }
            upper = figure.interval.map { figure.unit.text($0.upper) }
        case .notStated(let missing): value = .notStated(missing.rawValue)
        case .withheld: value = .withheld
        }
    }

    /// A part of a ratio: whole, or with four decimals.
    private static func text(_ quantity: Quantity) -> String {
        quantity.numerator % quantity.denominator == 0
            ? quantity.decimal(places: 0) : quantity.decimal(places: 4)
    }
}
