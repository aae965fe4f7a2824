import Connections
import Indicators
import Primitives
import TestRecords
import Testing

@testable import Releases

/// A city with the records that it has received, which closes periods.
struct ClosingCity {
    var records: [RecordMaker] = []
    var registry = ClosingCity.registry(["x:network:a", "x:sister:b", "x:sister:c"])
    private let reader = RecordReader()
    private(set) var releases: [Release] = []
    private(set) var snapshots: [ReleaseSnapshot] = []

    static func registry(_ ids: [String]) -> Registry {
        let rows = ids.map { id in
            var row = Connection(
                id: id, type: id.contains("network") ? .network : .sisterCity, partner: "Partner \(id)")
            (row.since, row.country, row.holder) = (PartialDate("2001"), id.hasSuffix("b") ? "MX" : "KR", "Office")
            return row
        }
        return Registry(city: City(name: "Testville", country: "US"), connections: rows, digest: "registry")
    }

    /// The release that closing a period now would make.
    func release(
        _ name: String, threshold: Int = 10, names: ByteInterner? = nil
    ) throws -> (release: Release, snapshot: ReleaseSnapshot) {
        try builder(name, threshold: threshold, names: names).build()
    }

    /// The figures of a period as they stand now.
    func provisional(_ name: String) throws -> Release { try builder(name).provisional() }

    private func builder(
        _ name: String, threshold: Int = 10, names: ByteInterner? = nil
    ) throws -> ReleaseBuilder {
        let period = try #require(ReportingPeriod(name))
        let reader = names.map { RecordReader(names: $0) } ?? self.reader
        var aggregates = Aggregates()
        for record in records {
            let fact = try record.bytes.withUnsafeBytes { try reader.read($0) }
            if let content = fact.content { aggregates.add(content) }
        }
        let inputs = IndicatorInputs(
            period: period, aggregates: aggregates, names: reader.names, registry: registry,
            observedFrom: CivilDate("2025-01-01"))
        return ReleaseBuilder(
            inputs: inputs, city: "Testville", closedAt: try #require(Timestamp("2027-01-05T08:00:00Z")),
            threshold: threshold, records: (Int64(records.count), 0),
            previous: releases.last { $0.period == name }, earlier: snapshots)
    }

    /// Closes a period.
    @discardableResult
    mutating func close(_ name: String) throws -> Release {
        let (release, snapshot) = try release(name)
        releases.append(release)
        snapshots.append(try ReleaseSnapshot(json: snapshot.json))
        return release
    }
}

extension Release {
    /// The only figure of an indicator and a slice.
    func figure(_ indicator: Indicator, _ slice: KeyValuePairs<Dimension, String> = [:]) throws -> ReleasedFigure {
        let found = figures.filter { $0.indicator == indicator && $0.slice == Slice(slice) }
        try #require(found.count == 1, "\(indicator.rawValue) \(Slice(slice).text): \(found.count) figures")
        return found[0]
    }
}

extension RecordMaker {
    /// A claim of a department, type and district with so many people.
    static func claim(
        _ key: Int, _ department: String, _ type: String, _ district: String, people: Int64,
        of connections: [String] = ["x:sister:b"], on day: String = "2026-02-10"
    ) -> RecordMaker {
        var record = RecordMaker(key: key, revision: 1, decision: "enabled")
        record.credit = connections.map { ($0, 6000 / connections.count) }
        (record.department, record.type, record.district) = (department, type, district)
        (record.people, record.day) = (people, day)
        return record
    }

    /// A domestic outcome of a department.
    static func domestic(
        _ key: Int, _ department: String, _ type: String = "placement", people: Int64, on day: String = "2026-02-10"
    ) -> RecordMaker {
        var record = claim(key, department, type, "D1", people: people, on: day)
        (record.decision, record.credit) = ("domestic", [])
        return record
    }
}
