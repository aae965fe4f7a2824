import JSON
import Kafka

/// The records of the demonstration, as a reader of the topic sees them: the last one of each outcome key counts.
struct DemoRecords {
    /// All records in the order of partitions and offsets.
    private(set) var payloads: [[UInt8]] = []
    /// Basis points by connection, over the last record of each outcome key.
    private(set) var credit: [String: Int] = [:]
    /// Outcomes by connection, likewise.
    private(set) var outcomes: [String: Int] = [:]
    private static let partitions: Int32 = 4

    static func read(from cluster: EmbeddedCluster) throws(KafkaError) -> DemoRecords {
        var configuration = cluster.clientConfiguration
        configuration["group.id"] = "city-attribution.demo"
        configuration["isolation.level"] = "read_committed"
        let consumer = try Consumer(configuration, reportsPartitionEnds: true) { _ in }
        let starts = (0..<partitions).map {
            PartitionOffset(topic: "city.kpi.attributions", partition: $0, offset: PartitionOffset.beginning)
        }
        var messages: [(partition: Int32, offset: Int64, key: [UInt8], payload: [UInt8])] = []
        // Bounded: a cluster that has gone away would never tell of an end.
        _ = try consumer.read(starts, timeoutMilliseconds: 100_000) { message in
            messages.append(
                (
                    message.partition, message.offset, message.key.map { [UInt8]($0) } ?? [],
                    message.payload.map { [UInt8]($0) } ?? []
                ))
        }
        messages.sort { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
        var records = DemoRecords()
        var last: [[UInt8]: [UInt8]] = [:]
        for message in messages {
            records.payloads.append(message.payload)
            last[message.key] = message.payload
        }
        records.addCredit(of: Array(last.values))
        return records
    }

    private mutating func addCredit(of payloads: [[UInt8]]) {
        let extractor = Extractor(maximumBytes: 1 << 20)
        let steps: [SimplePath.Step] = [.member("data"), .member("credit"), .wildcard]
        let plan = ExtractionPlan([
            SimplePath(steps: steps + [.member("connection")]), SimplePath(steps: steps + [.member("basisPoints")]),
        ])
        for payload in payloads {
            payload.withUnsafeBytes { bytes in
                guard let values = try? extractor.extract(bytes, plan) else { return }
                var connection = ""
                for value in values {
                    if value.slot == 0 {
                        connection = value.string()
                        outcomes[connection, default: 0] += 1
                    } else {
                        credit[connection, default: 0] += Int(value.integer)
                    }
                }
            }
        }
    }
}
