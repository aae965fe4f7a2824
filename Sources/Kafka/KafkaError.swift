import CRdKafka

/// An error of a Kafka operation, with what a caller may do about it.
///
/// At most one of `isRetriable`, `requiresAbort` and `isFatal` is true. If none is, trying the same again will not
/// help, but the client is still usable.
public struct KafkaError: Error, Sendable, CustomStringConvertible {
    /// Which error.
    public let code: KafkaErrorCode
    /// What was being done, as a phrase that follows "could not": "commit the transaction".
    public let operation: String
    /// What librdkafka or the broker said. Never data of a message.
    public let reason: String
    /// The same call may succeed if made again.
    public let isRetriable: Bool
    /// The open transaction must be aborted; after that the producer is usable again.
    public let requiresAbort: Bool
    /// The client is dead: the process should close it and end with a failure.
    public let isFatal: Bool

    /// Makes an error; code that stands in for a client in tests uses it too.
    public init(
        code: KafkaErrorCode, operation: String, reason: String,
        isRetriable: Bool = false, requiresAbort: Bool = false, isFatal: Bool = false
    ) {
        self.code = code
        self.operation = operation
        self.reason = reason
        self.isRetriable = isRetriable
        self.requiresAbort = requiresAbort
        self.isFatal = isFatal
    }

    /// One line: what failed, the code, why, and what class of error it is.
    public var description: String {
        let kind =
            isFatal ? " (fatal)" : requiresAbort ? " (abort the transaction)" : isRetriable ? " (retriable)" : ""
        return "could not \(operation): \(code.name): \(reason)\(kind)"
    }
}

extension KafkaError {
    /// Whether this client or a broker does not accept the credentials of the other. Brokers refuse certificates only
    /// after the connection stands (TLS 1.3), so that it seems to be lost.
    public var isRefusal: Bool {
        code == .ssl || code == .authentication || code == .transport && reason.contains("SSL alert number")
    }

    /// An error of a call that reports a bare code.
    init(_ code: rd_kafka_resp_err_t, operation: String, reason: String? = nil) {
        let code = KafkaErrorCode(code)
        self.init(
            code: code, operation: operation, reason: reason ?? code.meaning,
            isRetriable: KafkaErrorCode.passing.contains(code), isFatal: code == .fatal)
    }

    /// An error of a call that classifies it. Destroys `error`.
    init(consuming error: OpaquePointer, operation: String) {
        defer { rd_kafka_error_destroy(error) }
        self.init(
            code: KafkaErrorCode(rd_kafka_error_code(error)), operation: operation,
            reason: String(cString: rd_kafka_error_string(error)),
            isRetriable: rd_kafka_error_is_retriable(error) != 0,
            requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0,
            isFatal: rd_kafka_error_is_fatal(error) != 0)
    }

    /// Throws where a call reported a bare code.
    static func check(_ code: rd_kafka_resp_err_t, _ operation: @autoclosure () -> String) throws(KafkaError) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        throw KafkaError(code, operation: operation())
    }

    /// Throws where a call returned an error object, which it destroys.
    static func check(_ error: OpaquePointer?, _ operation: @autoclosure () -> String) throws(KafkaError) {
        guard let error else { return }
        throw KafkaError(consuming: error, operation: operation())
    }
}
