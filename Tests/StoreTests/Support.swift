import Indicators
import Primitives
import SQLDatabase
import TestDatabases
import TestRecords
import Testing

@testable import Store

/// The topic of the tests: records with their places, kept until they have been taken in.
struct TestTopic {
    var records: [(partition: Int32, offset: Int64, payload: [UInt8]?)] = []

    mutating func append(_ record: RecordMaker, partition: Int32 = 0) { append(record.bytes, partition: partition) }

    mutating func append(_ payload: [UInt8]?, partition: Int32 = 0) {
        records.append((partition, Int64(records.count { $0.partition == partition }), payload))
    }

    /// Shows the records as a consumer does.
    static func received<Result>(
        _ records: ArraySlice<(partition: Int32, offset: Int64, payload: [UInt8]?)>,
        _ body: ([ReceivedRecord]) throws -> Result
    ) rethrows -> Result {
        let memory = records.map { record in
            record.payload.map { payload in
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: payload.count + 1, alignment: 1)
                buffer.copyBytes(from: payload)
                return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<payload.count])
            }
        }
        defer { for buffer in memory { buffer?.deallocate() } }
        return try body(
            zip(records, memory).map { ReceivedRecord(partition: $0.partition, offset: $0.offset, payload: $1) })
    }
}

extension TestDatabase {
    static let topic = "city.kpi.attributions"

    func openStore(topic: String = TestDatabase.topic) throws(StoreError) -> OutcomeStore {
        try OutcomeStore(address, topic: topic, timeMilliseconds: 0)
    }

    /// What the store holds, with names in place of numbers.
    func contents() throws -> [String] {
        try StoreContents.lines(of: address)
    }
}

extension OutcomeStore {
    @discardableResult
    func take(_ topic: TestTopic, _ range: Range<Int>? = nil) throws -> TakenCounts {
        try TestTopic.received(topic.records[range ?? topic.records.indices]) { try take($0) }
    }

    @discardableResult
    func begin(_ topic: TestTopic, _ range: Range<Int>? = nil) throws -> TakenCounts {
        try TestTopic.received(topic.records[range ?? topic.records.indices]) { try begin($0) }
    }
}

extension Aggregates {
    /// What a history of records comes to: of each outcome the record that counts.
    static func expected(_ topic: TestTopic) throws -> [String] {
        let reader = RecordReader()
        var latest: [OutcomeID: (fact: OutcomeFact, place: Int)] = [:]
        for (place, record) in topic.records.enumerated() {
            guard let payload = record.payload,
                let fact = payload.withUnsafeBytes({ bytes in try? reader.read(bytes) })
            else { continue }
            if let known = latest[fact.id], let old = known.fact.revision, let new = fact.revision, new < old {
                continue
            }
            latest[fact.id] = (fact, place)
        }
        var aggregates = Aggregates()
        for entry in latest.values {
            if let content = entry.fact.content { aggregates.add(content) }
        }
        aggregates.removeZeros()
        return aggregates.described(reader.names)
    }
}
