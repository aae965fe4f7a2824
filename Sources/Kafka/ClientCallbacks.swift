import CRdKafka

/// What librdkafka calls back, with the state that only those callbacks and the polling thread touch.
///
/// It is the `opaque` of a client; the client's handle keeps it until the client is destroyed.
final class ClientCallbacks {
    let onEvent: (ClientEvent) -> Void
    weak var listener: (any RebalanceListener)?
    /// What rebalances changed in the call of `poll` under way.
    var changes = PartitionChanges()
    /// The partitions the listener was told of and not deprived of.
    var owned: Set<TopicPartition> = []
    /// Those of them of which it was not checked yet where their reading begins.
    var unchecked: Set<TopicPartition> = []
    /// Whether the group has ever assigned anything, be it nothing.
    var hasBeenAssigned = false
    /// Whether the consumer is being closed, and has given up all partitions in answer to a rebalance.
    var isClosing = false
    var hasGivenUpAll = false
    var deliveryFailures = DeliveryFailures()
    /// The file that tokens are read from, of a client that authenticates by such.
    let tokenFile: String?

    init(tokenFile: String? = nil, onEvent: @escaping (ClientEvent) -> Void) {
        self.tokenFile = tokenFile
        self.onEvent = onEvent
    }

    /// The callbacks of a client, from its `opaque`.
    static func of(_ opaque: UnsafeMutableRawPointer?) -> ClientCallbacks? {
        opaque.map { Unmanaged<ClientCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }

    func register(with configuration: OpaquePointer, _ type: rd_kafka_type_t) {
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
        rd_kafka_conf_set_log_cb(configuration) { client, level, facility, message in
            // Without a client there is nobody to tell.
            guard let client, let callbacks = ClientCallbacks.of(rd_kafka_opaque(client)) else { return }
            callbacks.onEvent(
                .log(
                    level: Int(level), facility: facility.map { String(cString: $0) } ?? "",
                    message: message.map { String(cString: $0) } ?? ""))
        }
        rd_kafka_conf_set_error_cb(configuration) { client, code, reason, opaque in
            ClientCallbacks.of(opaque)?.report(rd_kafka_resp_err_t(rawValue: code), reason, client)
        }
        rd_kafka_conf_set_stats_cb(configuration) { _, json, length, opaque in
            guard let json else { return 0 }
            let bytes = UnsafeRawBufferPointer(start: json, count: length)
            ClientCallbacks.of(opaque)?.onEvent(.statistics(String(decoding: bytes, as: UTF8.self)))
            return 0  // librdkafka frees the text
        }
        if type == RD_KAFKA_CONSUMER {
            rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, opaque in
                guard let client, let partitions else { return }
                ClientCallbacks.of(opaque)?.rebalance(client, code, partitions)
            }
        } else {
            rd_kafka_conf_set_dr_msg_cb(configuration) { _, message, opaque in
                guard let message, message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
                ClientCallbacks.of(opaque)?.deliveryFailures.add(message.pointee)
            }
        }
    }

    /// An error that belongs to no call.
    private func report(_ code: rd_kafka_resp_err_t, _ reason: UnsafePointer<CChar>?, _ client: OpaquePointer?) {
        var code = code
        var message = reason.map { String(cString: $0) }
        let isFatal = code == RD_KAFKA_RESP_ERR__FATAL
        if isFatal, let client {
            var buffer = [CChar](repeating: 0, count: 512)
            code = rd_kafka_fatal_error(client, &buffer, buffer.count)
            message = text(buffer)
        }
        let plain = KafkaError(code, operation: "keep the Kafka client going", reason: message)
        onEvent(
            .error(
                KafkaError(
                    code: plain.code, operation: plain.operation, reason: plain.reason,
                    isRetriable: plain.isRetriable && !isFatal, isFatal: isFatal)))
    }
}
