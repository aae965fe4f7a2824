public import Intake
public import Kafka

extension SourceMessage {
    /// A message of a topic as a worker takes it in; the memory stays that of the batch.
    ///
    /// A dead letter that was sent again counts as the event that it was, at the place where that stood: its record is
    /// the one that it would have had there, and what came behind it goes on superseding it.
    public init(_ message: Message) {
        self.init(payload: message.payload, key: message.key, partition: message.partition, offset: message.offset)
        message.forEachHeader { headers.take(name: $0, value: $1) }
        guard let origin = headers.replayOrigin else { return }
        if let first = PartitionOffset(String(decoding: origin, as: UTF8.self)), first.precedes(message) {
            offset = first.offset
        } else {
            headers.replayOrigin = nil
        }
    }
}

extension PartitionOffset {
    /// Whether a message may have stood here before: in its own partition, and before its place.
    func precedes(_ message: Message) -> Bool {
        topicPartition == message.topicPartition && offset < message.offset
    }
}

extension BatchMessages: MessageSource {
    func message(at index: Int) -> SourceMessage { SourceMessage(self[index]) }
}
