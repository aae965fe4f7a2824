import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct RoundTripTests {
    @Test(arguments: TestTarget.all) func allThatMayBeNullOrEmptyComesBackAsItWas(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic()
        try {
            let producer = try Producer(cluster.configuration) { _ in }
            let topic = try producer.topic(name)
            var headers = HeaderList(capacity: 1)
            headers.add("text", "value")
            headers.add("null", nil)
            headers.add("empty", UnsafeRawBufferPointer(start: nil, count: 0))
            headers.add("text", "again")
            let empty = UnsafeRawBufferPointer(start: nil, count: 0)
            try [UInt8]([0, 255, 10]).withUnsafeBytes { bytes in
                try producer.produce(to: topic, key: bytes, payload: bytes, headers: headers, timestampMilliseconds: 42)
                try producer.produce(to: topic, key: nil, payload: nil)
                try producer.produce(to: topic, partition: 0, key: empty, payload: empty)
                let none = HeaderList(capacity: 0)
                try producer.produce(to: topic, key: empty, payload: nil, headers: none)
            }
            try producer.flush(timeoutMilliseconds: 10_000)
            #expect(producer.takeDeliveryFailures().isEmpty)
        }()

        let consumer = try Consumer(cluster.group(TestCluster.unique("g"))) { _ in }
        try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: PartitionOffset.beginning)])
        let records = try consumer.read(4)
        try #require(records.count == 4)
        #expect(records.map(\.offset) == [0, 1, 2, 3])
        #expect(records.allSatisfy { $0.topic == name && $0.partition == 0 })
        #expect(records.map(\.key) == [[0, 255, 10], nil, [], []])
        #expect(records.map(\.payload) == [[0, 255, 10], nil, [], nil])
        #expect(records[0].timestamp == 42)
        #expect(records[1].timestamp ?? 0 > 1_600_000_000_000)
        #expect(
            records[0].headers == [
                .init(name: "text", value: Array("value".utf8)), .init(name: "null", value: nil),
                .init(name: "empty", value: []), .init(name: "text", value: Array("again".utf8)),
            ])
        #expect(records[1...].allSatisfy { $0.headers.isEmpty })
    }

    @Test(arguments: TestTarget.all) func headersAreCopiedByteForByte(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.configuration) { _ in }
        let topic = try producer.topic(name)
        var headers = HeaderList(capacity: 4)
        headers.add("a", "1")
        headers.add("traceparent", "00-x")
        headers.add("a", nil)
        try producer.produce(to: topic, key: nil, payload: nil, headers: headers)
        try producer.flush(timeoutMilliseconds: 10_000)

        let consumer = try Consumer(cluster.group(TestCluster.unique("g"))) { _ in }
        try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: PartitionOffset.beginning)])
        var batch = MessageBatch(capacity: 10)
        let deadline = ContinuousClock.now + .seconds(15)
        while batch.isEmpty, ContinuousClock.now < deadline {
            try consumer.poll(into: &batch, timeoutMilliseconds: 100)
        }
        let count = batch.count
        try #require(count == 1)
        let message = batch[0]
        #expect(message.hasHeaders)
        #expect(message.hasSameTopic(as: message))
        #expect(message.topicPartition == TopicPartition(topic: name, partition: 0))
        #expect(message.lastHeader("traceparent").map { Array($0) } == Array("00-x".utf8))
        #expect(message.lastHeader("a") == nil, "the last one is null")
        #expect(message.lastHeader("absent") == nil)
        var copy = HeaderList(copying: message)
        #expect(copy.count == 3)
        copy.removeAll("a")
        var second = copy.copy()
        second.add("city.error.code", "x")
        let counts = [copy.count, second.count]
        #expect(counts == [1, 2])
        var names: [String] = []
        second.forEach { name, _ in names.append(String(decoding: name, as: UTF8.self)) }
        #expect(names == ["traceparent", "city.error.code"])
    }

    @Test func aBatchOutlivesItsConsumer() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.configuration) { _ in }
        let topic = try producer.topic(name)
        try producer.send("kept", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        var batch = MessageBatch(capacity: 0)
        let capacity = batch.capacity
        #expect(capacity == 1)
        try {
            let consumer = try Consumer(cluster.group("g")) { _ in }
            try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: 0)])
            let deadline = ContinuousClock.now + .seconds(15)
            while batch.isEmpty, ContinuousClock.now < deadline {
                try consumer.poll(into: &batch, timeoutMilliseconds: 100)
            }
        }()
        let count = batch.count
        try #require(count == 1)
        #expect(Record(batch[0]).text == "kept")
        batch.clear()
        let isEmpty = batch.isEmpty
        #expect(isEmpty)
    }

    @Test(arguments: TestTarget.all) func readsPartitionsToTheirEnds(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic(partitions: 2)
        let producer = try Producer(cluster.with([:])) { _ in }
        let topic = try producer.topic(name)
        for number in 0..<50 {
            try withUnsafeBytes(of: UInt64(number)) { bytes in
                try producer.produce(to: topic, partition: Int32(number % 2), key: nil, payload: bytes)
            }
        }
        try producer.flush(timeoutMilliseconds: 20_000)
        let consumer = try Consumer(cluster.group(TestCluster.unique("g")), reportsPartitionEnds: true) { _ in }
        let starts = [
            PartitionOffset(topic: name, partition: 0, offset: 20),
            PartitionOffset(topic: name, partition: 1, offset: PartitionOffset.beginning),
        ]
        var offsets: [Int32: [Int64]] = [:]
        let isWhole = try consumer.read(starts, timeoutMilliseconds: 30_000) {
            offsets[$0.partition, default: []].append($0.offset)
        }
        #expect(isWhole)
        #expect(offsets == [0: Array(20..<25), 1: Array(0..<25)])
        let other = try Consumer(cluster.group(TestCluster.unique("g")), reportsPartitionEnds: true) { _ in }
        let isInTime = try other.read(starts, timeoutMilliseconds: 0) { _ in }
        #expect(!isInTime)
    }

    @Test(arguments: TestTarget.all) func twoHundredThousandMessagesComeInOrder(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let partitions = 4
        let total = 200_000
        let name = try cluster.createTopic(partitions: partitions)
        // A new topic's leader may refuse the first batch: without idempotence it is sent again behind the second.
        let producer = try Producer(
            cluster.with(["enable.idempotence": "true", "linger.ms": "50", "batch.num.messages": "10000"])
        ) { _ in }
        let topic = try producer.topic(name)
        for number in 0..<total {
            try withUnsafeBytes(of: UInt64(number)) { bytes in
                try producer.produce(to: topic, partition: Int32(number % partitions), key: nil, payload: bytes)
            }
        }
        try producer.flush(timeoutMilliseconds: 20_000)
        #expect(producer.takeDeliveryFailures().isEmpty)

        let consumer = try Consumer(cluster.group(TestCluster.unique("g")), reportsPartitionEnds: true) { _ in }
        let all = (0..<Int32(partitions)).map { TopicPartition(topic: name, partition: $0) }
        try consumer.assign(all.map { PartitionOffset($0, offset: PartitionOffset.beginning) })
        var batch = MessageBatch(capacity: 10_000)
        var next = [Int64](repeating: 0, count: partitions)
        var largest = 0
        var ends: Set<TopicPartition> = []
        let deadline = ContinuousClock.now + .seconds(30)
        while ends.count < partitions, ContinuousClock.now < deadline {
            try consumer.poll(into: &batch, timeoutMilliseconds: 100)
            largest = max(largest, batch.count)
            for index in 0..<batch.count {
                let message = batch[index]
                let partition = Int(message.partition)
                let number = message.payload?.loadUnaligned(as: UInt64.self)
                if message.offset != next[partition] || number != UInt64(Int(message.offset) * partitions + partition) {
                    Issue.record("unexpected \(message.offset) in \(partition): \(number ?? 0)")
                    return
                }
                next[partition] += 1
            }
            for end in consumer.takePartitionEnds() {
                #expect(end.offset == next[Int(end.partition)])
                ends.insert(end.topicPartition)
            }
        }
        #expect(next == [Int64](repeating: Int64(total / partitions), count: partitions))
        #expect(largest > 1)
        #expect(consumer.cachedWatermarks(TopicPartition(topic: name, partition: 0))?.high == 50_000)
        #expect(consumer.cachedWatermarks(TopicPartition(topic: "other", partition: 0)) == nil)
    }
}
