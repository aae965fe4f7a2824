import Kafka
import Testing

@Suite struct SmokeTests {
    @Test func roundTrip() throws {
        let cluster = try EmbeddedCluster()
        try cluster.createTopic("t", partitions: 1)
        let producer = try Producer(cluster.clientConfiguration) { print($0) }
        let topic = try producer.topic("t")
        try Array("hello".utf8).withUnsafeBytes { bytes in
            for _ in 0..<10 { try producer.produce(to: topic, key: nil, payload: bytes) }
        }
        try producer.flush(timeoutMilliseconds: 5000)
        var configuration = cluster.clientConfiguration
        configuration["group.id"] = "g"
        configuration["auto.offset.reset"] = "earliest"
        let consumer = try Consumer(configuration) { print($0) }
        final class Listener: RebalanceListener {
            func partitionsAssigned(_ partitions: [TopicPartition]) { print("assigned", partitions) }
            func partitionsRevoked(_ partitions: [TopicPartition]) { print("revoked", partitions) }
            func partitionsLost(_ partitions: [TopicPartition]) { print("lost", partitions) }
        }
        let listener = Listener()
        try consumer.subscribe(["t"], listener: listener)
        var batch = MessageBatch(capacity: 100)
        var count = 0
        let clock = ContinuousClock()
        let start = clock.now
        while count < 10, clock.now - start < .seconds(20) {
            try consumer.poll(into: &batch, timeoutMilliseconds: 500)
            for i in 0..<batch.count {
                #expect(batch[i].payload.map { String(decoding: $0, as: UTF8.self) } == "hello")
            }
            count += batch.count
        }
        #expect(count == 10)
        print(clock.now - start)
        try consumer.close()
        print(clock.now - start)
        _ = listener
    }
}
