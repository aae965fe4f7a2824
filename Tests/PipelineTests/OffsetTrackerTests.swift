import Kafka
import Testing

@testable import Pipeline

/// How far each partition has been read.
@Suite struct OffsetTrackerTests {
    /// What the tracker says of messages, one after the other.
    private static func take(_ messages: (Int32, Int64)..., in tracker: inout OffsetTracker) -> [Bool] {
        messages.map { tracker.take($0.0, $0.1) }
    }

    private static func text(_ offsets: [PartitionOffset]) -> [String] {
        offsets.map { "\($0.partition):\($0.offset)" }.sorted()
    }

    @Test func eachMessageIsTakenOnce() {
        var tracker = OffsetTracker(topic: "t")
        #expect(Self.take((1, 10), (0, 5), (1, 11), in: &tracker) == [true, true, true])
        // Offsets have gaps where transactions or compaction left some.
        #expect(Self.take((0, 9), in: &tracker) == [true])
        #expect(Self.take((0, 9), (0, 6), (1, 10), in: &tracker) == [false, false, false])
        #expect(Self.text(tracker.next) == ["0:10", "1:12"])
        #expect(Self.text(tracker.beginnings) == ["0:5", "1:10"])
    }

    @Test func aCommitNamesWhatCameSinceTheLastOne() {
        var tracker = OffsetTracker(topic: "t")
        #expect(Self.take((0, 1), (1, 1), in: &tracker) == [true, true])
        tracker.committed()
        #expect(tracker.next.isEmpty)
        #expect(Self.take((0, 1), (0, 2), in: &tracker) == [false, true])
        #expect(Self.text(tracker.next) == ["0:3"])
        #expect(Self.text(tracker.beginnings) == ["0:2"])
    }

    @Test func whatWasGivenUpComesAgain() {
        var tracker = OffsetTracker(topic: "t")
        #expect(Self.take((0, 1), (1, 7), in: &tracker) == [true, true])
        tracker.committed()
        #expect(Self.take((1, 8), in: &tracker) == [true])
        tracker.rewound()
        #expect(tracker.next.isEmpty)
        #expect(Self.take((1, 8), in: &tracker) == [true])
        // The other partition was not open: it stands where it stood.
        #expect(Self.take((0, 1), in: &tracker) == [false])
    }

    @Test func aPartitionThatWasLostIsForgotten() {
        var tracker = OffsetTracker(topic: "t")
        #expect(Self.take((0, 1), (1, 7), in: &tracker) == [true, true])
        tracker.forget([TopicPartition(topic: "t", partition: 1)])
        #expect(Self.text(tracker.next) == ["0:2"])
        #expect(Self.take((1, 3), (0, 2), in: &tracker) == [true, true])
        #expect(Self.text(tracker.next) == ["0:3", "1:4"])
    }
}
