import Connections
import Indicators
import Operations
import Primitives
import Releases
import SQLDatabase
import Store
import TestDatabases
import TestRecords
import Testing

@testable import KPIService

/// A store with 60 outcomes of two departments, half of them by one connection, that closes periods.
final class FilledStore {
    private let test: TestDatabase
    var address: String { test.address }

    init(_ product: SQLDatabase.Product) throws {
        test = try TestDatabase(product)
        let store = try OutcomeStore(test.address, topic: "t", timeMilliseconds: 0)
        let records = (1...60).map { key in
            var record = RecordMaker(
                key: key, revision: 1, decision: key % 2 == 0 ? "enabled" : "domestic",
                credit: key % 2 == 0 ? [("x:sister:a", 6000)] : [])
            (record.people, record.department) = (Int64(key), key % 3 == 0 ? "health" : "housing")
            return record.bytes
        }
        try ByteBuffer.joined(records).withRecords { _ = try store.take($0) }
    }

    /// What computes the figures of a period.
    func closing(registry: String = "registry") -> PeriodClosing {
        let row = Connection(id: "x:sister:a", type: .sisterCity, partner: "Partner <A>")
        let registry = Registry(
            city: City(name: "Testville", country: "US"), connections: [row], digest: registry)
        let configuration = Configuration(
            flags: [], environment: [:], configurationFile: nil, kafkaNames: [], readFile: { _ in nil })
        return PeriodClosing(
            address: test.address, registry: registry, settings: IndicatorSettings(configuration))
    }

    @discardableResult
    func close(_ name: String, registry: String = "registry") throws -> Release {
        let closing = closing(registry: registry)
        let now = try #require(Timestamp("2026-11-30T08:00:00Z"))
        let prepared = try closing.prepare(try #require(ReportingPeriod(name)), now: now)
        try closing.add(prepared.release, prepared.snapshot, known: prepared.known)
        return prepared.release
    }
}

/// Records in one run of memory, as a consumer shows them.
private struct RecordMemory: ~Copyable {
    let buffer: ByteBuffer
    let ranges: [Range<Int>]

    func withRecords(_ body: ([ReceivedRecord]) throws -> Void) rethrows {
        try body(
            ranges.enumerated().map { index, range in
                ReceivedRecord(
                    partition: 0, offset: Int64(index), payload: UnsafeRawBufferPointer(rebasing: buffer.bytes[range]))
            })
    }
}

extension ByteBuffer {
    fileprivate static func joined(_ records: [[UInt8]]) -> RecordMemory {
        var buffer = ByteBuffer(capacity: 1 << 16)
        var ranges: [Range<Int>] = []
        for record in records {
            ranges.append(buffer.count..<buffer.count + record.count)
            buffer.append(record)
        }
        return RecordMemory(buffer: buffer, ranges: ranges)
    }
}
