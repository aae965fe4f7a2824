import Kafka
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Where a test runs: on an embedded cluster of its own, or on the one that TEST_KAFKA_BOOTSTRAP_SERVERS names.
enum TestTarget: Sendable, CustomTestStringConvertible {
    case embedded
    case external(String)

    static let all: [TestTarget] = {
        guard let servers = getenv("TEST_KAFKA_BOOTSTRAP_SERVERS") else { return [.embedded] }
        return [.embedded, .external(String(cString: servers))]
    }()

    var testDescription: String {
        switch self {
        case .embedded: "embedded"
        case .external: "external"
        }
    }
}

struct TestCluster {
    let embedded: EmbeddedCluster?
    let configuration: ClientConfiguration

    init(_ target: TestTarget = .embedded) throws {
        switch target {
        case .embedded:
            let cluster = try EmbeddedCluster(brokers: 3)
            embedded = cluster
            configuration = cluster.clientConfiguration
        case .external(let servers):
            embedded = nil
            configuration = ClientConfiguration(["bootstrap.servers": servers])
        }
    }

    /// A name that no other run has.
    static func unique(_ name: String) -> String {
        "\(name)-\(UInt64.random(in: .min ... .max))"
    }

    func createTopic(partitions: Int = 1) throws -> String {
        let name = TestCluster.unique("topic")
        if let embedded {
            try embedded.createTopic(name, partitions: partitions)
        } else {
            let admin = try Admin(configuration) { _ in }
            let results = try admin.createTopics(
                [NewTopic(name: name, partitions: partitions, replicationFactor: 1)], timeoutMilliseconds: 10_000)
            if let error = results.first?.error {
                throw error
            }
        }
        return name
    }

    /// The configuration of a member of a group that notices a rebalance soon.
    func group(_ name: String, _ more: [String: String] = [:]) -> ClientConfiguration {
        var group = configuration
        group["group.id"] = name
        group["auto.offset.reset"] = "earliest"
        // The embedded cluster lets a first member wait for three seconds, and forgets one that has no longer session.
        group["session.timeout.ms"] = embedded == nil ? "6000" : "4500"
        group["heartbeat.interval.ms"] = "100"
        for (name, value) in more {
            group[name] = value
        }
        return group
    }

    func with(_ more: [String: String]) -> ClientConfiguration {
        var result = configuration
        for (name, value) in more {
            result[name] = value
        }
        return result
    }
}

/// Sends a payload given as text or nil.
extension Producer {
    func send(
        _ payload: String?, key: String? = nil, to topic: borrowing ProducerTopic, partition: Int32? = nil
    ) throws(KafkaError) {
        let payload = payload.map { Array($0.utf8) }
        let key = key.map { Array($0.utf8) }
        // Copied into buffers that live through the call.
        let payloadBuffer = payload.map(copy)
        let keyBuffer = key.map(copy)
        defer {
            payloadBuffer?.deallocate()
            keyBuffer?.deallocate()
        }
        try produce(
            to: topic, partition: partition, key: keyBuffer.map { UnsafeRawBufferPointer($0) },
            payload: payloadBuffer.map { UnsafeRawBufferPointer($0) })
    }
}

private func copy(_ bytes: [UInt8]) -> UnsafeMutableRawBufferPointer {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    buffer.copyBytes(from: bytes)
    return buffer
}

/// A message, copied.
struct Record: Equatable, Sendable {
    var topic: String
    var partition: Int32
    var offset: Int64
    var key: [UInt8]?
    var payload: [UInt8]?
    var timestamp: Int64?
    var headers: [Header]

    struct Header: Equatable, Sendable {
        var name: String
        var value: [UInt8]?
    }

    init(_ message: Message) {
        topic = message.topic
        partition = message.partition
        offset = message.offset
        key = message.key.map { Array($0) }
        payload = message.payload.map { Array($0) }
        timestamp = message.timestampMilliseconds
        var headers: [Header] = []
        message.forEachHeader { name, value in
            headers.append(Header(name: String(decoding: name, as: UTF8.self), value: value.map { Array($0) }))
        }
        self.headers = headers
    }

    var text: String? { payload.map { String(decoding: $0, as: UTF8.self) } }
}

extension Consumer {
    /// Polls until `count` messages have come or the time is up.
    func read(_ count: Int, seconds: Int = 15, capacity: Int = 1000) throws(KafkaError) -> [Record] {
        var batch = MessageBatch(capacity: capacity)
        var records: [Record] = []
        let deadline = ContinuousClock.now + .seconds(seconds)
        while records.count < count, ContinuousClock.now < deadline {
            try poll(into: &batch, timeoutMilliseconds: 100)
            for index in 0..<batch.count {
                records.append(Record(batch[index]))
            }
        }
        return records
    }

    /// Polls, dropping what comes, until the condition holds or the time is up; whether it holds.
    func pollUntil(seconds: Int = 15, _ condition: () -> Bool) throws(KafkaError) -> Bool {
        var batch = MessageBatch(capacity: 1)
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !condition(), ContinuousClock.now < deadline {
            try poll(into: &batch, timeoutMilliseconds: 50)
        }
        return condition()
    }
}

/// Notes what a consumer is told.
final class RecordingListener: RebalanceListener {
    enum Call: Equatable {
        case assigned([TopicPartition])
        case revoked([TopicPartition])
        case lost([TopicPartition])
    }

    var calls: [Call] = []
    var owned: Set<TopicPartition> = []
    var onRevoked: ([TopicPartition]) -> Void = { _ in }

    func partitionsAssigned(_ partitions: [TopicPartition]) {
        calls.append(.assigned(partitions))
        owned.formUnion(partitions)
    }

    func partitionsRevoked(_ partitions: [TopicPartition]) {
        calls.append(.revoked(partitions))
        owned.subtract(partitions)
        onRevoked(partitions)
    }

    func partitionsLost(_ partitions: [TopicPartition]) {
        calls.append(.lost(partitions))
        owned.subtract(partitions)
    }
}

/// Keeps what a client reports.
final class EventLog {
    var errors: [KafkaError] = []
    var logLines = 0
    var statistics = 0

    func note(_ event: ClientEvent) {
        switch event {
        case .error(let error): errors.append(error)
        case .log: logLines += 1
        case .statistics: statistics += 1
        }
    }
}

func sleepMilliseconds(_ milliseconds: Int) {
    usleep(UInt32(milliseconds) * 1000)
}
