import Intake
import Kafka

/// Records.
extension Worker {
    /// Sends what was decided of an event; what is refused for its size goes to the dead letters.
    func publish(_ what: Publication, of message: Message) throws(KafkaError) {
        switch what {
        case .deadLetter(let fault): try bury(message, fault)
        case .record(let key, let payload, let record):
            let isSent = try sends(payload.count) { () throws(KafkaError) in
                try produce(key, payload, of: message, isPlain: record.isPlain)
            }
            guard !isSent else { return }
            crew.recount(record, as: .tooLarge)
            try bury(
                message,
                Fault(.tooLarge, "record: expected at most what kafka.message.max.bytes and the broker accept"))
        }
    }

    /// Sends a payload of so many bytes, unless the broker was seen to refuse that many or the client does.
    /// - Returns: whether it was sent.
    func sends(_ bytes: Int, _ send: () throws(KafkaError) -> Void) throws(KafkaError) -> Bool {
        guard bytes <= payloadBytesMax else { return false }
        do throws(KafkaError) {
            try send()
        } catch {
            guard error.code == .messageSizeTooLarge else { throw error }
            return false
        }
        return true
    }

    private func produce(
        _ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer, of message: Message, isPlain: Bool
    ) throws(KafkaError) {
        if isPlain { return try produce(key, payload, recordHeaders, message.timestampMilliseconds) }
        let event = SourceMessage(message)
        let headers = RecordHeader.list(of: event, readAgain: event.headers.replayOrigin == nil ? nil : .replay)
        try produce(key, payload, headers, message.timestampMilliseconds)
    }

    private func produce(
        _ key: UnsafeRawBufferPointer, _ payload: UnsafeRawBufferPointer, _ headers: borrowing HeaderList,
        _ timestampMilliseconds: Int64?
    ) throws(KafkaError) {
        try producer.produce(
            to: records, key: key, payload: payload, headers: headers, timestampMilliseconds: timestampMilliseconds)
    }
}
