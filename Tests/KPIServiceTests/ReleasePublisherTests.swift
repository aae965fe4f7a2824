import Kafka
import Operations
import Pipeline
import Releases
import SQLDatabase
import Store
import Testing

@testable import KPIService

@Suite struct ReleasePublisherTests {
    @Test func eachReleaseIsPublishedOnceAndTheNewestHolds() throws {
        let (topic, store) = (try RecordTopic(partitions: 2), try FilledStore(.sqlite))
        let log = LogLines()
        let settings = PublisherSettings(
            Configuration(
                flags: [("kafka.bootstrap.servers", topic.brokers), ("topics.indicators", topic.name)],
                environment: [:], configurationFile: nil, kafkaNames: ClientConfiguration.propertyNames,
                readFile: Files.read))
        let publisher = ReleasePublisher(
            settings: settings, store: store.address, log: log.log(), stop: StopToken())
        func publish() throws -> [String: String] {
            try publisher.publishPending(publisher.openShelf())
            let records = try CompactedTopic(topic.name, settings.client).read(timeoutMilliseconds: 30_000)
            return records.reduce(into: [:]) {
                $0[String(decoding: $1.key, as: UTF8.self)] = String(decoding: $1.value, as: UTF8.self)
            }
        }
        #expect(try publish().isEmpty)
        let first = try store.close("2026-Q1")
        let held = try publish()
        #expect(held.count == first.figures.count)
        let share = try #require(held["K03|2026-Q1|department=health"])
        #expect(share.contains("\"id\":\"2026-Q1.1\"") && share.contains("\"digest\":\"\(first.digest)\""))
        #expect(share.contains("\"figure\":{\"indicator\":\"K03\""))
        let second = try store.close("2026-Q1", registry: "another")
        #expect(try publish().values.allSatisfy { $0.contains("\"id\":\"2026-Q1.2\"") })
        #expect(second.number == 2)
        #expect(try ReleaseShelf(store.address, timeMilliseconds: 0).unpublished().isEmpty)
    }
}
