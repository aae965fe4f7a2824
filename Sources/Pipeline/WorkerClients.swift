import Kafka
import Operations

/// The Kafka clients of a worker, which are exchanged together when their credentials change.
struct WorkerClients: ~Copyable {
    let consumer: Consumer
    let producer: Producer
    let records: ProducerTopic
    let deadLetters: ProducerTopic

    /// Makes clients, with what stands in the files of credentials now; no broker is waited for.
    init(
        _ settings: WorkerSettings, _ department: String, _ transactionalID: String, _ log: Log
    ) throws(KafkaError) {
        let onEvent: (ClientEvent) -> Void = { log.report($0) }
        var settings = settings
        settings.kafka = settings.credentials.renewed(settings.kafka)
        let consumer = try Consumer(
            settings.consumer(department: department), reportsPartitionEnds: true, onEvent: onEvent)
        let producer = try Producer(settings.producer(transactionalID: transactionalID), onEvent: onEvent)
        let records = try producer.topic(settings.attributions)
        let deadLetters = try producer.topic(settings.deadLetters)
        self.consumer = consumer
        self.producer = producer
        self.records = records
        self.deadLetters = deadLetters
    }
}
