/// How far a topic reaches: of each of its partitions the first offset that is kept, and the one behind the last record
/// that may be read.
public struct TopicExtent: Sendable, Hashable {
    /// The offsets of a partition.
    public struct Span: Sendable, Hashable {
        /// Of the first record that is kept.
        public let low: Int64
        /// Behind the last one that is committed.
        public let high: Int64

        /// Makes a span.
        public init(low: Int64, high: Int64) { (self.low, self.high) = (low, high) }
    }

    /// By the number of the partition.
    public let partitions: [Span]

    /// Makes an extent.
    public init(_ partitions: [Span]) { self.partitions = partitions }
}

/// Looks how far topics reach, again and again: to see that something came without reading it. For one thread.
public final class TopicWatch {
    /// How often to look for partitions that were added, in milliseconds: that takes the list of all topics.
    private static let countingMilliseconds = 60_000
    private let consumer: Consumer
    private var counts: [String: (partitions: Int, until: ContinuousClock.Instant)] = [:]

    /// Makes the client that asks.
    /// - Parameter client: the properties of a consumer; it joins no group and creates no topic.
    public init(_ client: ClientConfiguration) throws(KafkaError) {
        consumer = try Consumer(client.ofGrouplessReader) { _ in }
    }

    /// How far a topic reaches now. Partitions that are added may be missed for a minute.
    /// - Parameter timeoutMilliseconds: for each of three questions.
    /// - Throws: `unknownTopic`, retriable, where it does not exist or may not be seen.
    public func extent(of topic: String, timeoutMilliseconds: Int32) throws(KafkaError) -> TopicExtent {
        let count: Int
        if let known = counts[topic], ContinuousClock.now < known.until {
            count = known.partitions
        } else {
            count = try consumer.client.partitionCount(of: topic, timeoutMilliseconds)
            counts[topic] = (count, ContinuousClock.now + .milliseconds(TopicWatch.countingMilliseconds))
        }
        let partitions = (0..<Int32(count)).map { TopicPartition(topic: topic, partition: $0) }
        do throws(KafkaError) {
            let spans = try consumer.watermarks(partitions, timeoutMilliseconds: timeoutMilliseconds)
            return TopicExtent(spans.map { TopicExtent.Span(low: $0.low, high: $0.high) })
        } catch {
            counts[topic] = nil
            throw error
        }
    }
}

extension ClientHandle {
    /// The partitions of a topic. To ask for one topic may create it, so that all are asked for.
    func partitionCount(of topic: String, _ timeoutMilliseconds: Int32) throws(KafkaError) -> Int {
        guard let found = try topics(timeoutMilliseconds).first(where: { $0.name == topic }) else {
            throw KafkaError.noSuchTopic("look at the topic \(topic)")
        }
        return found.partitions
    }
}

extension KafkaError {
    /// What is asked about is not there, or may not be seen; it may come yet.
    static func noSuchTopic(_ operation: String) -> KafkaError {
        KafkaError(
            code: .unknownTopic, operation: operation, reason: "there is no such topic, or no right to see it",
            isRetriable: true)
    }
}

extension ClientConfiguration {
    /// The same for a consumer that reads from the beginning, and joins no group: whatever a group or a producer would
    /// need is left out.
    var ofGrouplessReader: ClientConfiguration {
        var client = self
        client.setDefault("group.id", "city-attribution")
        client["group.instance.id"] = nil
        client["isolation.level"] = "read_committed"
        client["auto.offset.reset"] = "earliest"
        return client
    }
}
