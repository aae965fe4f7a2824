public import Intake
public import Kafka

extension SourceMessage {
    /// A message of a topic as a worker takes it in; the memory stays that of the batch.
    public init(_ message: Message) {
        self.init(payload: message.payload, key: message.key, partition: message.partition, offset: message.offset)
        message.forEachHeader { headers.take(name: $0, value: $1) }
    }
}

extension BatchMessages: MessageSource {
    func message(at index: Int) -> SourceMessage { SourceMessage(self[index]) }
}
