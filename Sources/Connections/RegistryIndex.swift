public import Primitives

/// What the method needs to know of a connection, ready for use; shared by all threads.
public final class ConnectionFacts: Sendable {
    /// The id.
    public let id: String
    /// The partner's name for people.
    public let partner: String
    /// The kind of tie.
    public let type: ConnectionType
    /// The times for which it held, in ascending order: more than one where it ended and was taken up again.
    public let terms: [ConnectionTerm]
    /// The day on which the registry came to know the row; nil for always.
    public let recordedOn: CivilDate?
    /// The partner's country (ISO 3166-1 alpha-2).
    public let country: String?
    /// The partner's names and then its aliases.
    public let names: [RegisteredName]
    /// The departments in scope, sorted; nil for all of them.
    public let departments: [String]?
    /// Its entries in the log, in ascending order of day.
    public let activities: [Activity]

    /// Makes the facts of the rows of one connection, of which the last speaks for what is not a matter of time.
    init(_ rows: [Connection], last row: Connection, activities: [Activity]) {
        id = row.id
        partner = row.partner
        type = row.type
        terms = rows.map { ConnectionTerm($0) }
        recordedOn = row.recordedOn
        country = row.country
        names = rows.reversed().flatMap { $0.names + $0.aliases }
        departments = row.departments
        self.activities = activities
    }

    /// How it stands now: the last term.
    public var status: ConnectionStatus { terms.last?.status ?? .unverified }

    /// Whether a department is in the connection's scope.
    public func includes(department: String) -> Bool {
        departments?.contains(department) ?? true
    }

    /// The term that a day lies in; where it lies in none, the one that had ended before it, else the first.
    public func term(on day: CivilDate) -> ConnectionTerm? {
        terms.last { term in
            if case .notStarted = term.period.validity(on: day) { return false }
            return true
        } ?? terms.first
    }

    /// Whether the connection held on a day.
    public func validity(on day: CivilDate) -> Validity {
        term(on: day)?.period.validity(on: day) ?? .valid
    }
}

/// A time for which a connection held: what one row of the registry says of it.
public struct ConnectionTerm: Sendable, Equatable {
    /// Its days.
    public let period: ValidityPeriod
    /// How the connection stands by this row.
    public let status: ConnectionStatus
    /// Whether it can give evidence better than circumstantial.
    public let isVerified: Bool

    init(_ row: Connection) {
        period = row.period
        status = row.status
        isVerified = row.isVerified
    }
}

/// What an identifier of a departmental record stands for; shared by all threads.
public final class IdentifierEntry: Sendable {
    /// The place of the connection in `RegistryIndex.connections`.
    public let connectionIndex: Int
    /// From when records can carry the identifier; nil for always.
    public let from: CivilDate?
    /// Until when records can carry the identifier; nil for no end.
    public let until: CivilDate?
    /// What it goes back to, in UTF-8; equal origins count once.
    public let origin: [UInt8]

    init(connectionIndex: Int, from: CivilDate?, until: CivilDate?, origin: [UInt8]) {
        self.connectionIndex = connectionIndex
        self.from = from
        self.until = until
        self.origin = origin
    }

    /// Whether records can carry the identifier on a day.
    public func validity(on day: CivilDate) -> Validity {
        ValidityPeriod(from: from, until: until).validity(on: day)
    }
}

/// A registry made ready for looking up: built once for a version, then only read, by any number of threads.
public final class RegistryIndex: Sendable {
    /// The connections in ascending order of id, by bytes; one for each id.
    public let connections: [ConnectionFacts]
    /// The version of the registry: `Registry.digest`.
    public let digest: String
    /// The city that the registry belongs to, where it says so.
    public let city: City?
    /// What evidence by name goes back to, one entry a connection: all its names in one event are one origin.
    public let names: [IdentifierEntry]
    private let identifiers: ByteTable<IdentifierEntry>
    private let longestKey: Int

    /// Makes the index of the rows that no other has superseded; give `registry.asOf(day)` for the view of a day.
    public init(_ registry: Registry) {
        let groups = RegistryIndex.groups(registry.latest.connections)
        let log = Dictionary(grouping: registry.activities.filter { $0.connection != nil }, by: \.connection)
        connections = groups.compactMap { rows in
            rows.last.map { ConnectionFacts(rows, last: $0, activities: log[$0.id] ?? []) }
        }
        digest = registry.digest
        city = registry.city
        names = connections.enumerated().map { index, facts in
            IdentifierEntry(connectionIndex: index, from: nil, until: nil, origin: Array("name:\(facts.id)".utf8))
        }
        let entries = RegistryIndex.entries(groups)
        identifiers = ByteTable(entries)
        longestKey = entries.map(\.key.count).max() ?? 0
    }

    /// The number of identifiers, the `connection` ones included.
    public var identifierCount: Int { identifiers.count }

    /// What an identifier stands for, or nil. The bytes are compared as they are; nothing is allocated.
    public func identifier(scheme: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer) -> IdentifierEntry? {
        let length = scheme.count + 1 + id.count
        guard length <= longestKey else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { key in
            UnsafeMutableRawBufferPointer(rebasing: key[..<scheme.count]).copyMemory(from: scheme)
            key[scheme.count] = RegistryIndex.separator
            UnsafeMutableRawBufferPointer(rebasing: key[(scheme.count + 1)...]).copyMemory(from: id)
            return identifiers[UnsafeRawBufferPointer(key)]
        }
    }

    /// What an identifier stands for, or nil; for use off the hot path.
    public func identifier(scheme: String, id: String) -> IdentifierEntry? {
        Array(scheme.utf8).withUnsafeBytes { scheme in
            Array(id.utf8).withUnsafeBytes { identifier(scheme: scheme, id: $0) }
        }
    }

    /// The place in `connections` of an id, or nil.
    public func connection(id: String) -> Int? {
        identifier(scheme: "connection", id: id)?.connectionIndex
    }

    /// For each connection, whether a department is in its scope: what a worker of one department looks up once.
    public func scope(of department: String) -> [Bool] {
        connections.map { $0.includes(department: department) }
    }

    /// The unit separator of ASCII, which neither a scheme nor an id can hold.
    private static let separator: UInt8 = 0x1f

    /// The rows of each connection, in the order of their start; ids in their order.
    private static func groups(_ rows: [Connection]) -> [[Connection]] {
        var groups: [[Connection]] = []
        for row in rows {
            if groups.last?.first?.id == row.id {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
        return groups.map { rows in
            rows.sorted { ($0.period.from?.daysSinceEpoch ?? .min) < ($1.period.from?.daysSinceEpoch ?? .min) }
        }
    }

    private static func entries(_ groups: [[Connection]]) -> [(key: [UInt8], value: IdentifierEntry)] {
        groups.enumerated().flatMap { index, rows in
            let ids = rows.prefix(1).map { ConnectionIdentifier(scheme: "connection", id: $0.id) }
            // Of an identifier that two rows of a connection have, that of the later one counts.
            return (ids + rows.reversed().flatMap(\.identifiers)).map { identifier in
                let entry = IdentifierEntry(
                    connectionIndex: index, from: identifier.from?.first, until: identifier.until?.last,
                    origin: Array(identifier.origin.utf8))
                return (key: Array(identifier.scheme.utf8) + [separator] + Array(identifier.id.utf8), value: entry)
            }
        }
    }
}
