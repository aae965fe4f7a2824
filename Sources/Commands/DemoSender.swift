import Kafka
import SampleEvents

/// Sends events of the demonstration's departments, as their systems would.
final class DemoSender {
    private let producer: Producer

    init(_ cluster: EmbeddedCluster) throws(KafkaError) {
        var configuration = cluster.clientConfiguration
        configuration["linger.ms"] = "20"
        producer = try Producer(configuration) { _ in }
    }

    /// Sends events to the topic of a department, and waits until they are there.
    func send(_ events: [SampleEvent], of department: String) throws(KafkaError) {
        let topic = try producer.topic("city.\(department).events")
        for event in events {
            var headers = HeaderList(capacity: event.headers.count)
            for header in event.headers {
                header.value.withUnsafeBytes { headers.add(header.name, $0) }
            }
            try DemoSender.withBytes(event.key) { (key) throws(KafkaError) in
                try DemoSender.withBytes(event.payload) { (payload) throws(KafkaError) in
                    // Without a key the client would choose a partition at random, and offsets would differ by run.
                    try producer.produce(
                        to: topic, partition: key == nil ? 0 : nil, key: key, payload: payload, headers: headers,
                        timestampMilliseconds: event.timestampMilliseconds)
                }
            }
        }
        try producer.flush(timeoutMilliseconds: 30_000)
        if let error = producer.takeDeliveryFailures().firstError { throw error }
    }

    private static func withBytes(
        _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) throws(KafkaError) -> Void
    ) throws(KafkaError) {
        guard let bytes else { return try body(nil) }
        try bytes.withUnsafeBufferPointer { (raw) throws(KafkaError) in try body(UnsafeRawBufferPointer(raw)) }
    }
}
