import CRdKafka

/// Owns the event that carries the result of a call.
struct OwnedEvent: ~Copyable {
    let pointer: OpaquePointer

    deinit {
        rd_kafka_event_destroy(pointer)
    }
}

/// Owns an `rd_kafka_t`.
///
/// A class, because what librdkafka hands out (messages, topics, queues) must not outlive the client: whatever holds
/// such a thing holds its client too.
final class ClientHandle {
    let pointer: OpaquePointer
    let callbacks: ClientCallbacks
    /// The consumer's queue, of consumers only; must go before the client.
    let consumerQueue: OpaquePointer?
    /// Whether the client is left to the end of the process, since to destroy it would not end well.
    var isAbandoned = false

    init(
        _ type: rd_kafka_type_t, _ configuration: ClientConfiguration, onEvent: @escaping (ClientEvent) -> Void
    ) throws(KafkaError) {
        var configuration = configuration
        // Log lines arise on librdkafka's threads; by this queue they are served on the polling one.
        configuration["log.queue"] = "true"
        try configuration.checkTokenSource()
        let native = try configuration.makeNative()
        let isOAuth = configuration.authenticatesByToken
        let callbacks = ClientCallbacks(tokenFile: configuration[ClientConfiguration.tokenFile], onEvent: onEvent)
        callbacks.register(with: native, type)
        if isOAuth {
            rd_kafka_conf_enable_sasl_queue(native, 1)
            if callbacks.tokenFile != nil { callbacks.registerTokens(with: native) }
        }
        if configuration["enable.ssl.certificate.verification"] != "false" {
            callbacks.registerVerification(with: native)
        }

        var message = [CChar](repeating: 0, count: 512)
        guard let pointer = rd_kafka_new(type, native, &message, message.count) else {
            let code = rd_kafka_last_error()
            rd_kafka_conf_destroy(native)
            throw KafkaError(code, operation: "make a Kafka client", reason: text(message))
        }
        self.pointer = pointer
        self.callbacks = callbacks
        var code = rd_kafka_set_log_queue(pointer, nil)
        if isOAuth {
            // Tokens are fetched in the background: a producer waiting in a transaction call polls nothing.
            _ = rd_kafka_sasl_background_callbacks_enable(pointer).map { rd_kafka_error_destroy($0) }
        }
        if type == RD_KAFKA_CONSUMER, code == RD_KAFKA_RESP_ERR_NO_ERROR {
            code = rd_kafka_poll_set_consumer(pointer)
        }
        consumerQueue = type == RD_KAFKA_CONSUMER ? rd_kafka_queue_get_consumer(pointer) : nil
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let reason = code == RD_KAFKA_RESP_ERR__UNKNOWN_GROUP ? "a consumer needs the property group.id" : nil
            throw KafkaError(code, operation: "make a Kafka client", reason: reason)
        }
    }

    deinit {
        if let consumerQueue {
            rd_kafka_queue_destroy(consumerQueue)
        }
        guard !isAbandoned else {
            _ = Unmanaged.passRetained(callbacks)
            return
        }
        rd_kafka_destroy(pointer)
    }

    /// Whether a fatal error was raised; cheap enough for every batch.
    var isDead: Bool { rd_kafka_fatal_error(pointer, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR }

    /// The error that has killed the client, if one has.
    func causeOfDeath() -> KafkaError? {
        var message = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(pointer, &message, message.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(
            code: KafkaErrorCode(code), operation: "go on with the Kafka client", reason: text(message), isFatal: true)
    }

    /// An error as found, or the fatal one behind it.
    func resolve(_ error: KafkaError) -> KafkaError {
        error.code == .fatal ? causeOfDeath() ?? error : error
    }
}
