import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct CompactedTopicTests {
    private func texts(_ records: [KeyedRecord]) -> [String] {
        records.map { String(decoding: $0.key, as: UTF8.self) + "=" + String(decoding: $0.value, as: UTF8.self) }
    }

    @Test(arguments: TestTarget.all) func theNewestOfAKeyHolds(_ target: TestTarget) throws {
        let cluster = try TestCluster(target)
        let name = try cluster.createTopic(partitions: 3)
        let topic = CompactedTopic(name, cluster.configuration)
        #expect(try topic.read(timeoutMilliseconds: 10_000).isEmpty)

        let producer = try Producer(cluster.configuration) { _ in }
        let sink = try producer.topic(name)
        for (key, value) in [("a", "1"), ("b", "1"), ("c", "1"), ("a", "2"), ("b", nil), ("d", nil)] {
            try producer.send(value, key: key, to: sink)
        }
        try producer.flush(timeoutMilliseconds: 10_000)
        let records = try topic.read(timeoutMilliseconds: 10_000)
        #expect(texts(records) == ["a=2", "c=1"])
        #expect(records.allSatisfy { $0.place.topic == name && $0.place.offset >= 0 })

        // A key whose partition has changed: the later record holds, wherever it is.
        sleepMilliseconds(5)
        let old = try #require(records.first).place.partition
        try producer.send("3", key: "a", to: sink, partition: (old + 1) % 3)
        try producer.flush(timeoutMilliseconds: 10_000)
        #expect(texts(try topic.read(timeoutMilliseconds: 10_000)) == ["a=3", "c=1"])
        sleepMilliseconds(5)
        try producer.send(nil, key: "a", to: sink, partition: (old + 2) % 3)
        try producer.flush(timeoutMilliseconds: 10_000)
        #expect(texts(try topic.read(timeoutMilliseconds: 10_000)) == ["c=1"])
    }

    @Test func joinsNoGroupAndTakesPropertiesOfOne() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.configuration) { _ in }
        try producer.send("1", key: "a", to: try producer.topic(name))
        try producer.flush(timeoutMilliseconds: 10_000)
        let member = cluster.group("g", ["group.instance.id": "one", "auto.offset.reset": "latest"])
        #expect(texts(try CompactedTopic(name, member).read(timeoutMilliseconds: 10_000)) == ["a=1"])
    }

    @Test func saysThatThereIsNoTopicOrNoCluster() throws {
        let cluster = try TestCluster()
        let none = CompactedTopic("none", cluster.configuration)
        let missing = #expect(throws: KafkaError.self) { try none.read(timeoutMilliseconds: 10_000) }
        #expect(missing?.code == .unknownTopic && missing?.isFatal == false)
        let nowhere = CompactedTopic("none", ClientConfiguration(["bootstrap.servers": "127.0.0.1:1"]))
        let silent = #expect(throws: KafkaError.self) { try nowhere.read(timeoutMilliseconds: 500) }
        #expect(silent?.isFatal == false)
    }
}
