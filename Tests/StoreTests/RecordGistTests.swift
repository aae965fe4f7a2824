import Indicators
import TestRecords
import Testing

@Suite struct RecordGistTests {
    private func gist(_ record: RecordMaker) -> RecordGist? {
        record.bytes.withUnsafeBytes { RecordGistReader().read($0) }
    }

    @Test func saysWhoseEventWasDecidedHow() throws {
        var record = RecordMaker(
            key: 7, revision: 5, decision: "enabled", credit: [("x:a", 7105), ("x:b", 2000)])
        record.eventOffset = 812
        let found = try #require(gist(record))
        #expect(found.department == "housing" && found.decision == "enabled" && found.revision == 5)
        #expect(found.credit.map(\.connection) == ["x:a", "x:b"] && found.credit.map(\.basisPoints) == [7105, 2000])
        let topic = Array("city.housing.events".utf8)
        #expect(found.origin == RecordOrigin(topic: topic, partition: 0, offset: 812))
        let retracted = try #require(gist(RecordMaker(key: 7, decision: "retracted")))
        #expect(retracted.revision == nil && retracted.decision == "retracted" && retracted.credit.isEmpty)
        #expect(retracted.id == found.id)
    }

    @Test func whatIsNoRecordHasNone() {
        for text in ["", "{}", "[1]", #"{"data":{"outcome":{"key":"short"},"decision":"enabled"}}"#] {
            #expect(Array(text.utf8).withUnsafeBytes { RecordGistReader().read($0) } == nil)
        }
    }

    @Test func placesTellInOnePartitionOnly() {
        let place = RecordOrigin(topic: [1], partition: 2, offset: 3)
        #expect(place.precedes(RecordOrigin(topic: [1], partition: 2, offset: 4)) == true)
        #expect(place.precedes(place) == false)
        #expect(place.precedes(RecordOrigin(topic: [1], partition: 3, offset: 4)) == nil)
        #expect(place.precedes(RecordOrigin(topic: [2], partition: 2, offset: 4)) == nil)
    }
}
