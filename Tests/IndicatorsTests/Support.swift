import Connections
import Evaluation
import Primitives
import Testing

@testable import Indicators

/// A day that is one.
func day(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CivilDate {
    try #require(CivilDate(text), sourceLocation: sourceLocation)
}

/// A connection's part in an outcome as a test writes it.
struct Part: Sendable {
    var id: String
    var basisPoints: Int64
    var gives: Gift?
    var origins = 1

    enum Gift: Sendable { case money, goods }

    init(_ id: String, _ basisPoints: Int64, gives: Gift? = nil, origins: Int = 1) {
        (self.id, self.basisPoints, self.gives, self.origins) = (id, basisPoints, gives, origins)
    }
}

/// An outcome as a test writes it: a domestic one of housing in February 2026, unless the change says otherwise.
struct Fact: Sendable {
    var department = "housing"
    var type = "placement"
    var district = ""
    var day = "2026-02-10"
    var standing = OutcomeStanding.domestic
    var count: Int64 = 1
    var people: Int64?
    var usdCents: Int64?
    var groups: [String: Int64] = [:]
    var parts: [Part] = []

    init(_ change: (inout Fact) -> Void = { _ in }) { change(&self) }

    /// An attributed outcome of connections.
    init(_ parts: Part..., change: (inout Fact) -> Void = { _ in }) {
        (standing, self.parts) = (.enabled, parts)
        change(&self)
    }

    /// What the reader would make of its record.
    func content(_ names: inout ByteInterner) -> OutcomeFact.Content {
        var content = OutcomeFact.Content()
        content.department = names.id(of: department)
        content.type = names.id(of: type)
        content.district = names.id(of: district)
        content.day = CivilDate(day) ?? CivilDate(daysSinceEpoch: 0)
        (content.standing, content.count) = (standing, count)
        (content.people, content.usdCents) = (people, usdCents)
        content.groups = groups.sorted { $0.key < $1.key }.map { (names.id(of: $0.key), $0.value) }
        let parts = parts.sorted { $0.id < $1.id }
        content.shares = parts.map { part in
            var share = ConnectionShare(connection: names.id(of: part.id), basisPoints: part.basisPoints)
            (share.hasFunded, share.hasDonated) = (part.gives == .money, part.gives == .goods)
            share.origins = part.origins
            return share
        }
        content.connections = names.id(of: parts.map(\.id).joined(separator: "\n"))
        content.domesticBasisPoints = 10_000 - parts.reduce(0) { $0 + $1.basisPoints }
        content.evidence = parts.map { (names.id(of: $0.id), names.id(of: "T1 funded-by")) }
        content.versions = names.id(of: "rules\nregistry\nprofile\nengine")
        return content
    }
}

/// An active connection since 2001 with all that the office can state, unless the change says otherwise.
func connection(
    _ id: String, _ type: ConnectionType = .sisterCity, _ change: (inout Connection) -> Void = { _ in }
) -> Connection {
    var connection = Connection(id: id, type: type, partner: "Partner of \(id)")
    connection.since = PartialDate("2001")
    connection.country = "MX"
    change(&connection)
    return connection
}

/// An entry of the log.
func activity(
    _ kind: ActivityKind, on date: String, _ connection: String? = nil, _ change: (inout Activity) -> Void = { _ in }
) throws -> Activity {
    var activity = Activity(id: "\(kind) \(date)", connection: connection, kind: kind, on: try day(date))
    change(&activity)
    return activity
}

/// A city of the United States with its outcomes and its registry.
struct Bench {
    var facts: [Fact] = []
    var connections: [Connection] = []
    var activities: [Activity] = []
    var homeCountry: String? = "US"
    var observedFrom: String?
    var staffCentsPerHour: Int64?
    var reviewed: Proportion?

    init(_ facts: [Fact] = [], _ connections: [Connection] = [], _ activities: [Activity] = []) {
        (self.facts, self.connections, self.activities) = (facts, connections, activities)
    }

    var registry: Registry {
        Registry(
            city: City(name: "San Antonio", country: homeCountry), connections: connections, activities: activities,
            digest: "test")
    }

    /// The figures of a period.
    func table(
        _ name: String = "2026-Q1", sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> IndicatorTable {
        var (names, aggregates) = (ByteInterner(), Aggregates())
        for fact in facts { aggregates.add(fact.content(&names)) }
        let period = try #require(ReportingPeriod(name), sourceLocation: sourceLocation)
        var inputs = IndicatorInputs(
            period: period, aggregates: aggregates, names: names, registry: registry,
            observedFrom: observedFrom.flatMap { CivilDate($0) })
        (inputs.staffCentsPerHour, inputs.reviewed) = (staffCentsPerHour, reviewed)
        return IndicatorTable(inputs)
    }
}

extension IndicatorTable {
    /// The only figure of an indicator and a slice.
    func figure(
        _ indicator: Indicator, _ slice: KeyValuePairs<Dimension, String> = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Figure {
        let found = figures.filter { $0.indicator == indicator && $0.slice == Slice(slice) }
        try #require(
            found.count == 1, "\(indicator.rawValue) of \(Slice(slice).text): \(found.count) figures",
            sourceLocation: sourceLocation)
        return found[0]
    }

    /// That figure in words: `0.4000 = 2/5, n 5`, or why it is not stated.
    func told(
        _ indicator: Indicator, _ slice: KeyValuePairs<Dimension, String> = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> String {
        try figure(indicator, slice, sourceLocation: sourceLocation).told
    }

    /// The slices of an indicator.
    func slices(_ indicator: Indicator) -> [String] { figures.filter { $0.indicator == indicator }.map(\.slice.text) }
}

extension Figure {
    /// The value with four decimals where its unit is no whole one, what it is made of, and n.
    var told: String {
        func text(_ quantity: Quantity) -> String { quantity.decimal(places: quantity.denominator == 1 ? 0 : 4) }
        let base = n.map { ", n \($0)" } ?? ""
        switch value {
        case .stated(let quantity):
            let isWhole = [.outcomes, .people, .connections, .days].contains(unit)
            let amount = quantity.decimal(places: isWhole ? 0 : 4)
            guard let numerator, let denominator else { return amount + base }
            return "\(amount) = \(text(numerator))/\(text(denominator))" + base
        case .notStated(let missing): return "not stated: \(missing.rawValue)" + base
        case .withheld: return "withheld"
        }
    }
}

/// Facts made at random over a few departments, types, months and connections: some connections are in no registry.
func randomFact(_ random: inout SplitMix64) -> Fact {
    let standing = random.element(of: OutcomeStanding.allCases) ?? .domestic
    return Fact { fact in
        fact.standing = standing
        fact.department = random.element(of: ["housing", "health", "transport"]) ?? ""
        fact.type = random.element(of: ["a", "b"]) ?? ""
        fact.district = random.element(of: ["", "D1", "D2"]) ?? ""
        fact.day = "2026-0\(random.within(1...6))-1\(random.below(10))"
        fact.people = random.onceIn(3) ? nil : Int64(random.below(40))
        fact.usdCents = random.onceIn(2) ? nil : Int64(random.below(1_000_000))
        if random.onceIn(2) { fact.groups = ["youth": Int64(random.below(9)), "women": Int64(random.below(9))] }
        if standing == .domestic { return }
        var left: Int64 = 10_000
        for id in ["a", "b", "c", "unregistered"] where random.onceIn(2) {
            let share = standing == .abstained ? 0 : Int64(random.below(Int(left) + 1))
            left -= share
            fact.parts.append(
                Part(id, share, gives: random.element(of: [nil, .money, .goods]) ?? nil, origins: random.within(1...3)))
        }
        if fact.parts.isEmpty { fact.parts = [Part("a", standing == .abstained ? 0 : 7105)] }
    }
}

/// The connections of random facts but for one, of two types, with and without a country.
let randomConnections = [
    connection("a", .network) { $0.country = nil }, connection("b") { $0.country = "KR" }, connection("c"),
]
