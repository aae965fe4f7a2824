import CRdKafka

/// A topic to produce to: a handle, so that no name has to be looked up for each message.
///
/// Belongs to the producer that made it, and keeps that producer's client.
public struct ProducerTopic: ~Copyable {
    /// The topic's name.
    public let name: String
    let pointer: OpaquePointer
    let client: ClientHandle

    init(_ name: String, of client: ClientHandle) throws(KafkaError) {
        guard let pointer = rd_kafka_topic_new(client.pointer, name, nil) else {
            throw KafkaError(rd_kafka_last_error(), operation: "open the topic \(name)")
        }
        self.name = name
        self.pointer = pointer
        self.client = client
    }

    deinit {
        rd_kafka_topic_destroy(pointer)
    }
}
