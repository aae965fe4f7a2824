import Intake
import Kafka
import Operations

/// Dead letters.
extension Worker {
    /// Sends an event to the dead letters as it was received, or without its payload where that must not or cannot be.
    func bury(_ message: Message, _ fault: Fault) throws(KafkaError) {
        if fault.code.withholdsPayload {
            return try bury(message, fault, withheld: "privacy")
        }
        let size = message.payload?.count ?? 0
        let isSent = try sends(size) { () throws(KafkaError) in try bury(message, fault, withheld: nil) }
        if !isSent { try bury(message, fault, withheld: "too-large \(size)") }
    }

    private func bury(_ message: Message, _ fault: Fault, withheld: String?) throws(KafkaError) {
        let headers = deadLetterHeaders.make(for: message, fault, withheld: withheld, at: SystemClock.now())
        try producer.produce(
            to: deadLetters, key: message.key, payload: withheld == nil ? message.payload : nil, headers: headers,
            timestampMilliseconds: message.timestampMilliseconds)
        log.write(
            .deadLetter, code: fault.code.rawValue,
            [
                .stage: .text(fault.code.stage.rawValue), .reason: .text(fault.message),
                .topic: .text(settings.events), .partition: .number(Int(message.partition)),
                .offset: .number(Int(message.offset)),
                .traceID: SourceMessage(message).headers.traceID.map(LogValue.text),
            ])
    }
}
