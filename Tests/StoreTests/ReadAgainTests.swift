import Indicators
import Primitives
import SQLDatabase
import TestDatabases
import TestRecords
import Testing

@testable import Store

/// Records of events that were read again: a replay of dead letters, or old events decided anew.
@Suite struct ReadAgainTests {
    private func record(_ offset: Int64, people: Int64, revision: UInt64? = nil, retracted: Bool = false) -> RecordMaker
    {
        var record = RecordMaker(key: 7, revision: revision, decision: retracted ? "retracted" : "domestic")
        (record.eventOffset, record.people) = (offset, people)
        return record
    }

    /// The sums after records have come in this order, each in a batch of its own or all in one.
    private func contents(
        _ records: [(record: RecordMaker, isReadAgain: Bool)], inOneBatch: Bool
    ) throws -> [String] {
        let test = try TestDatabase(.sqlite)
        let store = try test.openStore()
        let payloads = records.map { entry in
            let bytes = entry.record.bytes
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            buffer.copyBytes(from: bytes)
            return UnsafeRawBufferPointer(buffer)
        }
        defer { for payload in payloads { payload.deallocate() } }
        let received = records.enumerated().map { index, entry in
            ReceivedRecord(
                partition: 0, offset: Int64(index), payload: payloads[index], isReadAgain: entry.isReadAgain)
        }
        if inOneBatch { try store.take(received) } else { for record in received { try store.take([record]) } }
        return try test.contents().filter { $0.contains("people") }
    }

    @Test(arguments: [true, false]) func anOlderEventDoesNotComeBackFromTheDead(_ inOneBatch: Bool) throws {
        let withdrawn = record(50, people: 0, retracted: true)
        #expect(try contents([(withdrawn, false), (record(5, people: 9), true)], inOneBatch: inOneBatch).isEmpty)
        // Without the mark it is a new event of a topic that was made anew.
        #expect(try !contents([(withdrawn, false), (record(5, people: 9), false)], inOneBatch: inOneBatch).isEmpty)
        // An earlier withdrawal stays behind a later event, too.
        let earlier = record(3, people: 0, retracted: true)
        #expect(try !contents([(record(50, people: 9), false), (earlier, true)], inOneBatch: inOneBatch).isEmpty)
    }

    @Test(arguments: [true, false]) func ofEqualRevisionsTheLaterEventCounts(_ inOneBatch: Bool) throws {
        func people(_ first: RecordMaker, _ again: RecordMaker) throws -> [String] {
            try contents([(first, false), (again, true)], inOneBatch: inOneBatch)
        }
        #expect(
            try people(record(50, people: 50, revision: 3), record(5, people: 9, revision: 3))
                .allSatisfy { $0.contains("people: 50") })
        #expect(
            try people(record(3, people: 50, revision: 3), record(5, people: 9, revision: 3))
                .allSatisfy { $0.contains("people: 9") })
        // A higher revision wins, wherever it stands.
        #expect(
            try people(record(50, people: 50, revision: 3), record(5, people: 9, revision: 4))
                .allSatisfy { $0.contains("people: 9") })
    }

    @Test(arguments: [true, false]) func theSameEventByOtherRulesSupersedes(_ inOneBatch: Bool) throws {
        var anew = record(5, people: 9, revision: 3)
        anew.rules = "sha256:other"
        let found = try contents(
            [(record(5, people: 8, revision: 3), false), (anew, true)], inOneBatch: inOneBatch)
        #expect(found.allSatisfy { $0.contains("people: 9") } && !found.isEmpty)
        // What a live worker publishes of a later event wins, whichever of the two comes first.
        let live = record(60, people: 60, retracted: true)
        for order in [[(live, false), (anew, true)], [(anew, true), (live, false)]] {
            #expect(try contents(order, inOneBatch: inOneBatch).isEmpty)
        }
    }
}
