import Kafka
import Pipeline

/// Sends messages and offsets in transactions of bounded size, for a command that may be killed and run again.
///
/// Whoever starts under the same transactional id ends what an earlier one left open, and that one itself.
struct TransactionalSender: ~Copyable {
    /// Messages and bytes of a transaction: it is to be over long before `transaction.timeout.ms`.
    private let messagesMax: Int
    private static let bytesMax = 8 << 20

    private let producer: Producer
    private let topic: ProducerTopic
    private var isOpen = false
    private var messages = 0
    private var bytes = 0

    init(
        _ client: ClientConfiguration, topic: String, messagesMax: Int = 1000
    ) throws(KafkaError) {
        let producer = try Producer(client) { _ in }
        let opened = try producer.topic(topic)
        try producer.initTransactions(timeoutMilliseconds: 30_000)
        self.producer = producer
        self.topic = opened
        self.messagesMax = messagesMax
    }

    /// Whether the transaction is to be committed before more is added.
    var isFull: Bool { messages >= messagesMax || bytes >= TransactionalSender.bytesMax }

    private mutating func open() throws(KafkaError) {
        guard !isOpen else { return }
        try producer.beginTransaction()
        isOpen = true
    }

    /// Adds a message.
    mutating func send(
        key: UnsafeRawBufferPointer?, payload: UnsafeRawBufferPointer?, headers: borrowing HeaderList,
        partition: Int32? = nil, timestampMilliseconds: Int64?
    ) throws(KafkaError) {
        try open()
        try producer.produce(
            to: topic, partition: partition, key: key, payload: payload, headers: headers,
            timestampMilliseconds: timestampMilliseconds)
        messages += 1
        bytes += (key?.count ?? 0) + (payload?.count ?? 0)
    }

    /// Commits what was added, with offsets.
    mutating func commit(_ addOffsets: (borrowing Producer) throws(KafkaError) -> Void) throws(KafkaError) {
        try open()
        try addOffsets(producer)
        // A commit that timed out goes on, and only the same call may follow.
        for attempt in 1... {
            do throws(KafkaError) {
                try producer.commitTransaction(timeoutMilliseconds: 10_000)
                break
            } catch {
                if !error.isRetriable || attempt == 6 { throw refusal() ?? error }
            }
        }
        (isOpen, messages, bytes) = (false, 0, 0)
    }

    /// Gives up what was not committed, so that readers need not wait until its time is over.
    mutating func abort() {
        if isOpen { try? producer.abortTransaction(timeoutMilliseconds: 10_000) }
        isOpen = false
    }

    /// Why a message was not taken, which says more than that the transaction has to be aborted.
    private func refusal() -> KafkaError? { producer.takeDeliveryFailures().firstError }
}
