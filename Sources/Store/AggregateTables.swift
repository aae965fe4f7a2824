import Indicators
import Primitives
import SQLDatabase

/// Puts changes of aggregates into their tables, and gets aggregates back.
struct AggregateTables: ~Copyable {
    private var cells = SumTable.cells.batch()
    private var credit = SumTable.credit.batch()
    private var groups = SumTable.groups.batch()
    private var days = SumTable.days.batch()
    private var evidence = SumTable.evidence.batch()
    private var versions = SumTable.versions.batch()

    private static let addCells = SumTable.cells.addition
    private static let addCredit = SumTable.credit.addition
    private static let addGroups = SumTable.groups.addition
    private static let addDays = SumTable.days.addition
    private static let addEvidence = SumTable.evidence.addition
    private static let addVersions = SumTable.versions.addition

    /// Adds a change to the tables, in the transaction that is open.
    mutating func add(_ change: Aggregates, to database: SQLDatabase) throws(SQLError) {
        clear()
        for (key, sums) in change.cells where sums != .zero { cells.append(key, sums) }
        for (key, sums) in change.credit where sums != .zero { credit.append(key, sums) }
        for (key, people) in change.groups where people != 0 {
            groups.append(key.part)
            groups.append(key.group, people)
        }
        for (key, outcomes) in change.days where outcomes != 0 {
            days.append(key.connection, Int64(key.department), Int64(key.day.daysSinceEpoch), outcomes)
        }
        for (key, outcomes) in change.evidence where outcomes != 0 {
            evidence.append(key.month.value, Int64(key.department), Int64(key.connection))
            evidence.append(key.kind, outcomes)
        }
        for (key, outcomes) in change.versions where outcomes != 0 {
            versions.append(key.month.value, Int64(key.versions), outcomes)
        }
        try database.executeEach(AggregateTables.addCells, cells)
        try database.executeEach(AggregateTables.addCredit, credit)
        try database.executeEach(AggregateTables.addGroups, groups)
        try database.executeEach(AggregateTables.addDays, days)
        try database.executeEach(AggregateTables.addEvidence, evidence)
        try database.executeEach(AggregateTables.addVersions, versions)
    }

    private mutating func clear() {
        cells.clear()
        credit.clear()
        groups.clear()
        days.clear()
        evidence.clear()
        versions.clear()
    }
}

extension RowBatch {
    fileprivate mutating func append(_ first: Int32, _ others: Int64...) {
        append(integer: Int64(first))
        for value in others { append(integer: value) }
    }

    fileprivate mutating func append(_ part: PartKey) {
        append(part.month.value, Int64(part.department), Int64(part.standing.rawValue))
    }

    fileprivate mutating func append(_ cell: CellKey, _ sums: CellSums) {
        append(cell.part)
        let (aspect, value) = cell.aspect.numbers
        append(aspect, Int64(value))
        append(integer: sums.outcomes)
        append(integer: sums.people)
        append(integer: sums.outcomesWithPeople)
        append(integer: sums.exposed)
        append(integer: sums.peopleWithGroups)
        append(integer: sums.usdCents)
        append(integer: sums.outcomesWithMoney)
        append(integer: sums.domesticBasisPoints)
    }

    fileprivate mutating func append(_ key: CreditKey, _ sums: CreditSums) {
        append(key.part)
        append(key.connections, Int64(key.connection))
        append(integer: sums.basisPoints)
        append(integer: sums.grantCents)
        append(integer: sums.inKindCents)
        append(integer: sums.onOneOrigin)
    }
}

/// Reading of aggregates.
enum AggregateReading {
    private static let months = "month BETWEEN ? AND ?"

    /// What the tables hold of some months, and of the days up to the last one of them; entries that are zero left out.
    ///
    /// - Parameter lookBack: the first month of which the cells by connections are read, too.
    static func aggregates(
        from first: MonthNumber, to last: MonthNumber, lookingBackTo lookBack: MonthNumber, in database: SQLDatabase
    ) throws(SQLError) -> Aggregates {
        var aggregates = Aggregates()
        let range: [SQLValue] = [.integer(Int64(first.value)), .integer(Int64(last.value))]
        let start = SQLValue.integer(Int64(min(first, lookBack).value))
        try database.query(
            SumTable.cells.reading(where: months + " AND (aspect = 2 OR month >= ?)"), [start, range[1], range[0]]
        ) { row throws(SQLError) in
            let value = try number(row, 4)
            guard let aspect = CellKey.Aspect(try number(row, 3), value) else {
                throw SQLError(.corrupt, statement: "read cells", reason: "column aspect: expected 0 to 2")
            }
            aggregates.cells[CellKey(try part(row), aspect)] = try cellSums(row)
        }
        try database.query(SumTable.credit.reading(where: months), range) { row throws(SQLError) in
            let key = CreditKey(
                try part(row), connections: try number(row, 3), connection: try number(row, 4))
            aggregates.credit[key] = try creditSums(row)
        }
        try database.query(SumTable.groups.reading(where: months), range) { row throws(SQLError) in
            aggregates.groups[GroupKey(try part(row), group: try number(row, 3))] = try row.integer(4)
        }
        try database.query(SumTable.evidence.reading(where: months), range) { row throws(SQLError) in
            let key = EvidenceKey(
                month: MonthNumber(value: try number(row, 0)), department: try number(row, 1),
                connection: try number(row, 2), kind: try number(row, 3))
            aggregates.evidence[key] = try row.integer(4)
        }
        try database.query(SumTable.versions.reading(where: months), range) { row throws(SQLError) in
            let key = VersionKey(month: MonthNumber(value: try number(row, 0)), versions: try number(row, 1))
            aggregates.versions[key] = try row.integer(2)
        }
        let end: [SQLValue] = [.integer(Int64(last.lastDay.daysSinceEpoch))]
        try database.query(SumTable.days.reading(where: "day <= ?"), end) { row throws(SQLError) in
            let key = DayKey(
                connection: try number(row, 0), department: try number(row, 1),
                day: CivilDate(daysSinceEpoch: try number(row, 2)))
            aggregates.days[key] = try row.integer(3)
        }
        aggregates.removeZeros()
        return aggregates
    }

    private static func number(_ row: borrowing SQLRow, _ column: Int) throws(SQLError) -> Int32 {
        Int32(clamping: try row.integer(column))
    }

    private static func part(_ row: borrowing SQLRow) throws(SQLError) -> PartKey {
        guard let standing = OutcomeStanding(rawValue: UInt8(clamping: try row.integer(2))) else {
            throw SQLError(.corrupt, statement: "read sums", reason: "column standing: expected 0 to 4")
        }
        return PartKey(
            month: MonthNumber(value: try number(row, 0)), department: try number(row, 1), standing: standing)
    }

    private static func cellSums(_ row: borrowing SQLRow) throws(SQLError) -> CellSums {
        var sums = CellSums()
        sums.outcomes = try row.integer(5)
        sums.people = try row.integer(6)
        sums.outcomesWithPeople = try row.integer(7)
        sums.exposed = try row.integer(8)
        sums.peopleWithGroups = try row.integer(9)
        sums.usdCents = try row.integer(10)
        sums.outcomesWithMoney = try row.integer(11)
        sums.domesticBasisPoints = try row.integer(12)
        return sums
    }

    private static func creditSums(_ row: borrowing SQLRow) throws(SQLError) -> CreditSums {
        var sums = CreditSums()
        sums.basisPoints = try row.integer(5)
        sums.grantCents = try row.integer(6)
        sums.inKindCents = try row.integer(7)
        sums.onOneOrigin = try row.integer(8)
        return sums
    }
}
