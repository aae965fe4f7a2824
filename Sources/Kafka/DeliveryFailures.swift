import CRdKafka

/// Messages that were accepted by `Producer.produce` and then not delivered.
public struct DeliveryFailures: Sendable {
    /// How many.
    public internal(set) var count = 0
    /// The first failure's error.
    public internal(set) var firstError: KafkaError?
    /// The largest payload, in bytes, that was refused as too large; nil where none was.
    ///
    /// A broker refuses a whole batch, so small messages may be refused with the large one they were sent with.
    public internal(set) var largestRefusedPayloadBytes: Int?

    /// No failures.
    public init() {}

    /// Whether nothing failed.
    public var isEmpty: Bool { count == 0 }

    mutating func add(_ message: rd_kafka_message_t) {
        count += 1
        if firstError == nil {
            firstError = KafkaError(message.err, operation: "deliver a message")
        }
        if message.err == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE {
            largestRefusedPayloadBytes = max(largestRefusedPayloadBytes ?? 0, message.len)
        }
    }
}
