public import Primitives

/// Outcomes of a department and month that stand alike.
public struct PartKey: Hashable, Sendable {
    /// The month.
    public var month: MonthNumber
    /// The department.
    public var department: Int32
    /// How they stand.
    public var standing: OutcomeStanding

    /// Makes a key.
    public init(month: MonthNumber, department: Int32, standing: OutcomeStanding) {
        (self.month, self.department, self.standing) = (month, department, standing)
    }
}

/// A cell: outcomes of a part that are alike in one more respect.
///
/// Each outcome is in one cell of each respect. No indicator crosses two of them, so that neither are they stored
/// crossed: there would be many times as many cells.
public struct CellKey: Hashable, Sendable {
    /// What the outcomes of a part are told apart by.
    public enum Aspect: Hashable, Sendable {
        /// The kind of outcome.
        case type(Int32)
        /// The district; that of the empty text where it is not stated. Of attributed outcomes only.
        case district(Int32)
        /// The list of their connections, so that an outcome of two connections counts once wherever both are in
        /// question.
        case connections(Int32)
    }

    /// Month, department and standing.
    public var part: PartKey
    /// What they are told apart by.
    public var aspect: Aspect

    /// Makes a key.
    public init(_ part: PartKey, _ aspect: Aspect) {
        (self.part, self.aspect) = (part, aspect)
    }
}

extension CellKey.Aspect {
    /// The number of the aspect, and that of its value, as they are kept.
    public var numbers: (aspect: Int32, value: Int32) {
        switch self {
        case .type(let type): (0, type)
        case .district(let district): (1, district)
        case .connections(let connections): (2, connections)
        }
    }

    /// The aspect of two such numbers; nil where there is none.
    public init?(_ aspect: Int32, _ value: Int32) {
        switch aspect {
        case 0: self = .type(value)
        case 1: self = .district(value)
        case 2: self = .connections(value)
        default: return nil
        }
    }
}

/// Sums over the outcomes of a cell. All of them are additive, so that a correction is a subtraction and an addition.
public struct CellSums: Hashable, Sendable {
    /// Distinct outcome keys.
    public var outcomes: Int64 = 0
    /// People, over the outcomes that state them.
    public var people: Int64 = 0
    /// The outcomes that state people.
    public var outcomesWithPeople: Int64 = 0
    /// What small cells are told by: people where stated; otherwise what the outcome counts, each as one person.
    public var exposed: Int64 = 0
    /// People of the outcomes that state them and groups too.
    public var peopleWithGroups: Int64 = 0
    /// Money in US cents, over the outcomes that state it.
    public var usdCents: Int64 = 0
    /// The outcomes that state money.
    public var outcomesWithMoney: Int64 = 0
    /// The credit that no connection has, in basis points.
    public var domesticBasisPoints: Int64 = 0

    /// Makes sums over no outcome.
    public init() {}

    /// Nothing.
    public static let zero = CellSums()

    /// Member by member.
    public static func + (left: CellSums, right: CellSums) -> CellSums {
        var sums = CellSums()
        sums.outcomes = left.outcomes + right.outcomes
        sums.people = left.people + right.people
        sums.outcomesWithPeople = left.outcomesWithPeople + right.outcomesWithPeople
        sums.exposed = left.exposed + right.exposed
        sums.peopleWithGroups = left.peopleWithGroups + right.peopleWithGroups
        sums.usdCents = left.usdCents + right.usdCents
        sums.outcomesWithMoney = left.outcomesWithMoney + right.outcomesWithMoney
        sums.domesticBasisPoints = left.domesticBasisPoints + right.domesticBasisPoints
        return sums
    }

    /// Adds to it.
    public static func += (left: inout CellSums, right: CellSums) { left = left + right }
}

/// One connection's part in the outcomes of a part with the same list of connections.
public struct CreditKey: Hashable, Sendable {
    /// Month, department and standing.
    public var part: PartKey
    /// The list.
    public var connections: Int32
    /// The connection, one of the list.
    public var connection: Int32

    /// Makes a key.
    public init(_ part: PartKey, connections: Int32, connection: Int32) {
        (self.part, self.connections, self.connection) = (part, connections, connection)
    }
}

/// Sums over one connection's shares in the outcomes of a cell.
public struct CreditSums: Hashable, Sendable {
    /// Credit in basis points.
    public var basisPoints: Int64 = 0
    /// Money given as money, in US cents: what outcomes state, shared among the connections that gave it.
    public var grantCents: Int64 = 0
    /// Money's worth given in kind, in US cents, likewise.
    public var inKindCents: Int64 = 0
    /// The shares that rest on one origin.
    public var onOneOrigin: Int64 = 0

    /// Makes sums over no share.
    public init() {}

    /// Nothing.
    public static let zero = CreditSums()

    /// Member by member.
    public static func + (left: CreditSums, right: CreditSums) -> CreditSums {
        var sums = CreditSums()
        sums.basisPoints = left.basisPoints + right.basisPoints
        sums.grantCents = left.grantCents + right.grantCents
        sums.inKindCents = left.inKindCents + right.inKindCents
        sums.onOneOrigin = left.onOneOrigin + right.onOneOrigin
        return sums
    }

    /// Adds to it.
    public static func += (left: inout CreditSums, right: CreditSums) { left = left + right }
}

/// A group of people in the outcomes of a part.
public struct GroupKey: Hashable, Sendable {
    /// Month, department and standing.
    public var part: PartKey
    /// The department's code of the group.
    public var group: Int32

    /// Makes a key.
    public init(_ part: PartKey, group: Int32) {
        self.part = part
        self.group = group
    }
}

/// A day on which a department achieved something that a connection had a part in.
public struct DayKey: Hashable, Sendable {
    /// The connection.
    public var connection: Int32
    /// The department.
    public var department: Int32
    /// The day.
    public var day: CivilDate

    /// Makes a key.
    public init(connection: Int32, department: Int32, day: CivilDate) {
        (self.connection, self.department, self.day) = (connection, department, day)
    }
}

/// A kind of evidence (such as `T1 funded-by`) for a connection in a month.
public struct EvidenceKey: Hashable, Sendable {
    /// The month.
    public var month: MonthNumber
    /// The department.
    public var department: Int32
    /// The connection.
    public var connection: Int32
    /// Tier and mechanism.
    public var kind: Int32

    /// Makes a key.
    public init(month: MonthNumber, department: Int32, connection: Int32, kind: Int32) {
        (self.month, self.department, self.connection, self.kind) = (month, department, connection, kind)
    }
}

/// What decided outcomes of a month: rules, registry, profile and engine.
public struct VersionKey: Hashable, Sendable {
    /// The month.
    public var month: MonthNumber
    /// The list of versions.
    public var versions: Int32

    /// Makes a key.
    public init(month: MonthNumber, versions: Int32) {
        self.month = month
        self.versions = versions
    }
}

/// Everything that indicators are made of: sums over outcomes, of which each counts once.
///
/// A change is an aggregate too, with negative sums where something went: aggregates add up in any order. Entries that
/// have become zero are dropped by `removeZeros`.
public struct Aggregates: Sendable, Equatable {
    /// Outcomes by cell; each is in one of each aspect.
    public var cells: [CellKey: CellSums] = [:]
    /// Credit by cell and connection.
    public var credit: [CreditKey: CreditSums] = [:]
    /// People by cell and group, over the outcomes that state people too.
    public var groups: [GroupKey: Int64] = [:]
    /// Attributed outcomes by connection, department and day.
    public var days: [DayKey: Int64] = [:]
    /// Attributed outcomes by month, connection and kind of evidence.
    public var evidence: [EvidenceKey: Int64] = [:]
    /// Outcomes by month and what decided them.
    public var versions: [VersionKey: Int64] = [:]

    /// Makes an aggregate of nothing.
    public init() {}

    /// Counts an outcome.
    public mutating func add(_ content: OutcomeFact.Content) { count(content, 1) }

    /// Takes an outcome out that was counted.
    public mutating func remove(_ content: OutcomeFact.Content) { count(content, -1) }

    /// Adds a change, or another part.
    public mutating func add(_ other: Aggregates) {
        cells.merge(other.cells, uniquingKeysWith: +)
        credit.merge(other.credit, uniquingKeysWith: +)
        groups.merge(other.groups, uniquingKeysWith: +)
        days.merge(other.days, uniquingKeysWith: +)
        evidence.merge(other.evidence, uniquingKeysWith: +)
        versions.merge(other.versions, uniquingKeysWith: +)
    }

    /// Drops entries that are zero.
    public mutating func removeZeros() {
        cells = cells.filter { $0.value != .zero }
        credit = credit.filter { $0.value != .zero }
        groups = groups.filter { $0.value != 0 }
        days = days.filter { $0.value != 0 }
        evidence = evidence.filter { $0.value != 0 }
        versions = versions.filter { $0.value != 0 }
    }

    /// Forgets everything and keeps the memory.
    public mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        credit.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        days.removeAll(keepingCapacity: true)
        evidence.removeAll(keepingCapacity: true)
        versions.removeAll(keepingCapacity: true)
    }

    private mutating func count(_ content: OutcomeFact.Content, _ sign: Int64) {
        let part = PartKey(
            month: MonthNumber(content.day), department: content.department, standing: content.standing)
        cells[CellKey(part, .type(content.type)), default: .zero].count(content, sign)
        cells[CellKey(part, .connections(content.connections)), default: .zero].count(content, sign)
        if content.people != nil {
            for (group, people) in content.groups {
                groups[GroupKey(part, group: group), default: 0] += sign * people
            }
        }
        versions[VersionKey(month: part.month, versions: content.versions), default: 0] += sign
        guard content.standing.isAttributed else { return }
        cells[CellKey(part, .district(content.district)), default: .zero].count(content, sign)
        let money = MoneyShares(content)
        for (index, share) in content.shares.enumerated() {
            let key = CreditKey(part, connections: content.connections, connection: share.connection)
            credit[key, default: .zero].count(share, money.cents[index], sign)
            let day = DayKey(connection: share.connection, department: content.department, day: content.day)
            days[day, default: 0] += sign
        }
        for (connection, kind) in content.evidence {
            let key = EvidenceKey(
                month: part.month, department: content.department, connection: connection, kind: kind)
            evidence[key, default: 0] += sign
        }
    }
}

extension CellSums {
    fileprivate mutating func count(_ content: OutcomeFact.Content, _ sign: Int64) {
        outcomes += sign
        if let stated = content.people {
            people += sign * stated
            outcomesWithPeople += sign
            if !content.groups.isEmpty { peopleWithGroups += sign * stated }
        }
        exposed += sign * (content.people ?? max(1, content.count))
        if let cents = content.usdCents {
            usdCents += sign * cents
            outcomesWithMoney += sign
        }
        domesticBasisPoints += sign * content.domesticBasisPoints
    }
}

extension CreditSums {
    fileprivate mutating func count(_ share: ConnectionShare, _ cents: Int64, _ sign: Int64) {
        basisPoints += sign * share.basisPoints
        if share.hasFunded {
            grantCents += sign * cents
        } else if share.hasDonated {
            inKindCents += sign * cents
        }
        if share.origins == 1 { onOneOrigin += sign }
    }
}
