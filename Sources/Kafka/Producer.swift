import CRdKafka

/// Sends messages, in transactions if `transactional.id` is set.
///
/// It belongs to one thread. Messages are queued by `produce` and sent by librdkafka's threads; events and delivery
/// failures are served in `poll`, `flush`, a `produce` that waits, and the transaction calls.
public struct Producer: ~Copyable {
    let client: ClientHandle
    private let arguments: ProduceArguments
    private let backPressureTimeoutMilliseconds: Int32

    /// Makes a producer.
    ///
    /// Only failures are reported for deliveries, `delivery.report.only.error`, unless that is set. A full queue is
    /// waited for up to `backPressureTimeoutMilliseconds`.
    public init(
        _ configuration: ClientConfiguration, backPressureTimeoutMilliseconds: Int32 = 30_000,
        onEvent: @escaping (ClientEvent) -> Void
    ) throws(KafkaError) {
        var configuration = configuration
        configuration.setDefault("delivery.report.only.error", "true")
        client = try ClientHandle(RD_KAFKA_PRODUCER, configuration, onEvent: onEvent)
        arguments = ProduceArguments()
        self.backPressureTimeoutMilliseconds = backPressureTimeoutMilliseconds
    }

    /// Opens a topic.
    public func topic(_ name: String) throws(KafkaError) -> ProducerTopic {
        try ProducerTopic(name, of: client)
    }

    /// Queues a message with headers, of which it takes a copy; see the call without.
    public func produce(
        to topic: borrowing ProducerTopic, partition: Int32? = nil, key: UnsafeRawBufferPointer?,
        payload: UnsafeRawBufferPointer?, headers: borrowing HeaderList, timestampMilliseconds: Int64? = nil
    ) throws(KafkaError) {
        let copy = headers.count > 0 ? rd_kafka_headers_copy(headers.pointer) : nil
        try enqueue(topic, partition, key, payload, copy, timestampMilliseconds)
    }

    /// Queues a message: copies key and payload and returns, before it is sent.
    ///
    /// Nil and empty differ: a nil payload is a tombstone. Without a partition the configured partitioner chooses one
    /// by the key. Without a timestamp, or with 0, which librdkafka cannot send, the time is now.
    ///
    /// - Throws: `queueFull`, retriable, where the queue stayed full for the whole back-pressure time;
    ///   `messageSizeTooLarge` where it exceeds `message.max.bytes`; fatal errors and such that need an abort.
    public func produce(
        to topic: borrowing ProducerTopic, partition: Int32? = nil, key: UnsafeRawBufferPointer?,
        payload: UnsafeRawBufferPointer?, timestampMilliseconds: Int64? = nil
    ) throws(KafkaError) {
        try enqueue(topic, partition, key, payload, nil, timestampMilliseconds)
    }

    /// Takes over `headers`, whether it succeeds or not.
    private func enqueue(
        _ topic: borrowing ProducerTopic, _ partition: Int32?, _ key: UnsafeRawBufferPointer?,
        _ payload: UnsafeRawBufferPointer?, _ headers: OpaquePointer?, _ timestampMilliseconds: Int64?
    ) throws(KafkaError) {
        arguments.set(
            topic: topic.pointer, partition: partition ?? RD_KAFKA_PARTITION_UA, key: key?.nonNull,
            payload: payload?.nonNull, headers: headers, timestampMilliseconds: timestampMilliseconds ?? 0)
        guard let error = arguments.produce(client.pointer) else { return }
        do throws(KafkaError) {
            try resolve(error)
        } catch {
            // The list is ours again where a message was not accepted.
            if let headers {
                rd_kafka_headers_destroy(headers)
            }
            throw error
        }
    }

    /// Waits while the queue is full; throws any other error.
    private func resolve(_ error: OpaquePointer) throws(KafkaError) {
        var failure = KafkaError(consuming: error, operation: "produce a message")
        let deadline = ContinuousClock.now + .milliseconds(backPressureTimeoutMilliseconds)
        while failure.code == .queueFull {
            let left = deadline - .now
            guard left > .zero else {
                throw KafkaError(
                    code: .queueFull, operation: failure.operation,
                    reason: "the queue was full for \(backPressureTimeoutMilliseconds) ms", isRetriable: true)
            }
            // A delivery wakes no poll where only failures are reported, so the wait is short and repeated.
            rd_kafka_poll(client.pointer, left < .milliseconds(5) ? 1 : 5)
            guard let error = arguments.produce(client.pointer) else { return }
            failure = KafkaError(consuming: error, operation: "produce a message")
        }
        throw client.resolve(failure)
    }

    /// Serves events and delivery failures that have come, without waiting.
    public func poll() {
        rd_kafka_poll(client.pointer, 0)
    }

    /// Waits until all queued messages are delivered or have failed.
    ///
    /// - Throws: `timedOut`, retriable, where some are still on the way.
    public func flush(timeoutMilliseconds: Int32) throws(KafkaError) {
        try KafkaError.check(rd_kafka_flush(client.pointer, timeoutMilliseconds), "flush the producer")
    }

    /// What was not delivered since the last call.
    public func takeDeliveryFailures() -> DeliveryFailures {
        defer { client.callbacks.deliveryFailures = DeliveryFailures() }
        return client.callbacks.deliveryFailures
    }

    /// Messages queued or on the way.
    public var queuedMessages: Int { Int(rd_kafka_outq_len(client.pointer)) }

    /// Drops all messages queued or on the way; they become delivery failures. Some may have been written already.
    public func purge() {
        rd_kafka_purge(client.pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        poll()
    }

    /// The error that has killed the client, if one has: end the process with a failure.
    public func causeOfDeath() -> KafkaError? {
        client.causeOfDeath()
    }
}

/// The argument list of `rd_kafka_produceva`, allocated once.
private final class ProduceArguments {
    private let values: UnsafeMutableBufferPointer<rd_kafka_vu_t>

    init() {
        values = .allocate(capacity: 7)
        values.initialize(repeating: rd_kafka_vu_t())
        values[0].vtype = RD_KAFKA_VTYPE_MSGFLAGS
        values[0].u.i = RD_KAFKA_MSG_F_COPY
        values[1].vtype = RD_KAFKA_VTYPE_RKT
        values[2].vtype = RD_KAFKA_VTYPE_PARTITION
        values[3].vtype = RD_KAFKA_VTYPE_KEY
        values[4].vtype = RD_KAFKA_VTYPE_VALUE
        values[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP
        values[6].vtype = RD_KAFKA_VTYPE_HEADERS
    }

    deinit {
        values.deallocate()
    }

    func set(
        topic: OpaquePointer, partition: Int32, key: UnsafeRawBufferPointer?, payload: UnsafeRawBufferPointer?,
        headers: OpaquePointer?, timestampMilliseconds: Int64
    ) {
        values[1].u.rkt = topic
        values[2].u.i32 = partition
        // librdkafka copies both; its arguments are not const only by its history.
        values[3].u.mem.ptr = UnsafeMutableRawPointer(mutating: key?.baseAddress)
        values[3].u.mem.size = key?.count ?? 0
        values[4].u.mem.ptr = UnsafeMutableRawPointer(mutating: payload?.baseAddress)
        values[4].u.mem.size = payload?.count ?? 0
        values[5].u.i64 = timestampMilliseconds
        values[6].u.headers = headers
    }

    func produce(_ client: OpaquePointer) -> OpaquePointer? {
        rd_kafka_produceva(client, values.baseAddress, values.count)
    }
}
