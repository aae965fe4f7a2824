import Kafka
import TestThreads
import Testing

@Suite(.ownThread) struct ProducerTests {
    @Test func aFullQueueIsWaitedFor() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        let producer = try Producer(cluster.with(["queue.buffering.max.messages": "10", "linger.ms": "0"])) { _ in }
        let topic = try producer.topic(name)
        for _ in 0..<500 {
            try producer.send("x", to: topic)
        }
        try producer.flush(timeoutMilliseconds: 10_000)
        #expect(producer.takeDeliveryFailures().isEmpty)
        let consumer = try Consumer(cluster.group("g")) { _ in }
        #expect(
            try consumer.watermarks(TopicPartition(topic: name, partition: 0), timeoutMilliseconds: 5000) == (0, 500))
    }

    @Test func aQueueThatStaysFullIsARetriableError() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        try cluster.embedded?.setBroker(up: false)
        let events = EventLog()
        let producer = try Producer(
            cluster.with(["queue.buffering.max.messages": "5"]), backPressureTimeoutMilliseconds: 200,
            onEvent: events.note)
        let topic = try producer.topic(name)
        let start = ContinuousClock.now
        let error = #expect(throws: KafkaError.self) {
            var headers = HeaderList(capacity: 1)
            headers.add("a", "b")
            for _ in 0..<6 {
                try producer.produce(to: topic, key: nil, payload: nil, headers: headers)
            }
        }
        #expect(error?.code == .queueFull)
        #expect(error?.isRetriable == true)
        #expect(.milliseconds(200)...(.seconds(3)) ~= ContinuousClock.now - start)
        #expect(producer.queuedMessages == 5)
        let late = #expect(throws: KafkaError.self) { try producer.flush(timeoutMilliseconds: 50) }
        #expect(late?.code == .timedOut && late?.isRetriable == true)

        producer.purge()
        #expect(producer.queuedMessages == 0)
        let failures = producer.takeDeliveryFailures()
        #expect(failures.count == 5)
        #expect(failures.firstError?.code == .purgedInQueue)
        #expect(failures.largestRefusedPayloadBytes == nil)
        #expect(producer.takeDeliveryFailures().isEmpty)
        #expect(!events.errors.isEmpty)
    }

    @Test func aMessageTooLargeIsRefusedAtOnce() throws {
        let cluster = try TestCluster()
        let producer = try Producer(cluster.with(["message.max.bytes": "2000"])) { _ in }
        let topic = try producer.topic(try cluster.createTopic())
        let error = #expect(throws: KafkaError.self) {
            try producer.send(String(repeating: "x", count: 3000), to: topic)
        }
        #expect(error?.code == .messageSizeTooLarge)
        #expect(error?.isRetriable == false && error?.requiresAbort == false && error?.isFatal == false)
    }

    @Test func whatTheBrokerRefusesIsCounted() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        // Two, since on a busy machine the messages may come in a batch each.
        cluster.embedded?.failNext(.produce, with: [.messageSizeTooLarge, .messageSizeTooLarge])
        let producer = try Producer(cluster.with(["linger.ms": "300"])) { _ in }
        let topic = try producer.topic(name)
        try producer.send("123456789", to: topic)
        try producer.send("1234", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        let failures = producer.takeDeliveryFailures()
        #expect(failures.count == 2)
        #expect(failures.firstError?.code == .messageSizeTooLarge)
        #expect(failures.largestRefusedPayloadBytes == 9)
    }

    @Test func aBrokerThatComesBackGetsItsMessages() throws {
        let cluster = try TestCluster()
        let name = try cluster.createTopic()
        try cluster.embedded?.moveLeader(name, 0, to: 2)
        let producer = try Producer(cluster.with(["reconnect.backoff.max.ms": "200"])) { _ in }
        let topic = try producer.topic(name)
        try producer.send("before", to: topic)
        try producer.flush(timeoutMilliseconds: 10_000)
        try cluster.embedded?.setBroker(2, up: false)
        try producer.send("during", to: topic)
        #expect(throws: KafkaError.self) { try producer.flush(timeoutMilliseconds: 300) }
        try cluster.embedded?.setBroker(2, up: true)
        try producer.flush(timeoutMilliseconds: 20_000)

        // A leader that moves is followed.
        try cluster.embedded?.moveLeader(name, 0, to: 3)
        try producer.send("after", to: topic)
        try producer.flush(timeoutMilliseconds: 20_000)
        #expect(producer.takeDeliveryFailures().isEmpty)
        let consumer = try Consumer(cluster.group("g")) { _ in }
        try consumer.assign([PartitionOffset(topic: name, partition: 0, offset: 0)])
        #expect(try consumer.read(3).map(\.text) == ["before", "during", "after"])
    }

    @Test func logErrorsAndStatisticsArriveAsEvents() throws {
        let cluster = try TestCluster()
        let events = EventLog()
        let producer = try Producer(
            cluster.with(["statistics.interval.ms": "50", "debug": "broker"]), onEvent: events.note)
        let deadline = ContinuousClock.now + .seconds(10)
        while events.statistics == 0 || events.logLines == 0, ContinuousClock.now < deadline {
            producer.poll()
            sleepMilliseconds(20)
        }
        #expect(events.statistics > 0 && events.logLines > 0)
        #expect(producer.causeOfDeath() == nil)
    }

    @Test func aTopicOutlivesItsProducer() throws {
        let cluster = try TestCluster()
        func open() throws -> ProducerTopic {
            let producer = try Producer(cluster.configuration) { _ in }
            return try producer.topic("t")
        }
        #expect(try open().name == "t")
    }
}
