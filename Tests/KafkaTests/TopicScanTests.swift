import Kafka
import Testing

/// Reading of topics up to the ends that they have at the start.
@Suite struct TopicScanTests {
    /// Sends numbered messages to a partition, in a transaction where it is asked for.
    private func send(
        _ numbers: Range<Int>, to topic: String, partition: Int32, _ cluster: TestCluster, inTransaction: Bool = false
    ) throws {
        let id = inTransaction ? ["transactional.id": TestCluster.unique("scan")] : [:]
        let producer = try Producer(cluster.with(id)) { _ in }
        let opened = try producer.topic(topic)
        if inTransaction {
            try producer.initTransactions(timeoutMilliseconds: 10_000)
            try producer.beginTransaction()
        }
        for number in numbers { try producer.send("\(number)", to: opened, partition: partition) }
        if inTransaction { try producer.commitTransaction(timeoutMilliseconds: 10_000) }
        try producer.flush(timeoutMilliseconds: 10_000)
    }

    private func read(_ scan: inout TopicScan) throws -> [Int32: [Int64]] {
        var batch = MessageBatch(capacity: 7)
        var offsets: [Int32: [Int64]] = [:]
        while try scan.next(&batch) {
            let count = batch.count
            #expect(count > 0)
            for index in 0..<batch.count { offsets[batch[index].partition, default: []].append(batch[index].offset) }
        }
        let left = batch.count
        #expect(left == 0)
        return offsets
    }

    @Test(arguments: TestTarget.all) func readsUpToTheEndsOfTheStart(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let topic = try cluster.createTopic(partitions: 4)
        try send(0..<20, to: topic, partition: 0, cluster)
        try send(0..<10, to: topic, partition: 1, cluster, inTransaction: true)
        try send(0..<5, to: topic, partition: 2, cluster)
        var scan = try TopicScan(topic, cluster.configuration) { $0 == 2 ? nil : $0 == 0 ? 15 : 0 }
        let (partitions, ranges) = (scan.partitions, scan.ranges)
        #expect(partitions == 4)
        #expect(ranges[0] == 15..<20 && ranges[1]?.lowerBound == 0 && ranges.count == 2)
        // What comes now is left out.
        try send(0..<5, to: topic, partition: 0, cluster)
        try send(0..<5, to: topic, partition: 3, cluster)
        #expect(try read(&scan) == [0: Array(15..<20), 1: Array(0..<10)])
        #expect(TopicScan.share([0: 18], of: [0: 15..<20, 1: 0..<5]) == 0.3)
        #expect(TopicScan.share([:], of: [:]) == 1)
    }

    @Test func anEmptyTopicIsAtItsEnd() throws {
        let cluster = try TestCluster()
        let topic = try cluster.createTopic(partitions: 2)
        var scan = try TopicScan(topic, cluster.configuration) { _ in 0 }
        let ranges = scan.ranges
        #expect(ranges.isEmpty)
        #expect(try read(&scan).isEmpty)
        #expect(try read(&scan).isEmpty)
    }

    @Test func whatIsNotThereOrDoesNotAnswerIsSaid() throws {
        let cluster = try TestCluster()
        let missing = #expect(throws: KafkaError.self) {
            _ = try TopicScan("none", cluster.configuration) { _ in 0 }
        }
        #expect(missing?.code == .unknownTopic)
        try #require(cluster.embedded).setBroker(up: false)
        let silent = #expect(throws: KafkaError.self) {
            _ = try TopicScan("none", cluster.configuration, timeoutMilliseconds: 1000) { _ in 0 }
        }
        #expect(silent != nil && silent?.code != .unknownTopic)
    }
}
