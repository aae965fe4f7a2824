import Intake
import JSON
import Kafka
import Tables

/// Where the source record's id stands in an event.
struct KeyPaths {
    /// The paths; the first that has a value counts, or all of them together.
    let paths: [JSONPath]
    /// True where the values together are the id.
    let isJoined: Bool

    /// By the command line, or else by the profile, or else as a CloudEvent says it.
    init(_ asked: JSONPath?, _ profile: Profile) {
        let ofEvent = ["subject", "id"].map { JSONPath(SimplePath(steps: [.member($0)])) }
        let own = profile.keyParts.isEmpty ? profile.fields[.key]?.paths ?? [] : profile.keyParts
        // Of a change event the paths are those of its row, and its key is the connector's.
        let isDocument = profile.envelope == .none || profile.envelope == .auto
        paths = asked.map { [$0] } ?? (isDocument && !own.isEmpty ? own : ofEvent)
        isJoined = asked == nil && isDocument && !profile.keyParts.isEmpty
    }
}

/// Sends events, each under the id that stands in it.
final class EventSender {
    /// How many have been handed over.
    private(set) var sent = 0
    /// Rows that name the columns, which are left out.
    private(set) var headers = 0
    private let bytesMax: Int
    private let extractor: Extractor
    /// Makes documents of rows, in which the id is looked for.
    private let rows: CSVRowParser?
    private let plan: ExtractionPlan
    private let keys: KeyPaths
    private let producer: Producer
    private let topic: ProducerTopic
    /// The brokers that are asked, for messages.
    private let servers: String

    /// The longest event that a client sends.
    static func bytesMax(_ client: ClientConfiguration) -> Int {
        client["message.max.bytes"].flatMap { Int($0) } ?? 1_000_000
    }

    /// - Parameter asked: the path of the id; nil for that of the profile.
    init(_ client: ClientConfiguration, topic: String, asked: JSONPath?, _ profile: Profile) throws(CommandFailure) {
        let keys = KeyPaths(asked, profile)
        bytesMax = EventSender.bytesMax(client)
        rows = profile.columns.map { CSVRowParser(columns: $0, format: CSVFormat(profile.files)) }
        extractor = Extractor(maximumBytes: rows == nil ? bytesMax : .max, maximumDepth: 1024)
        plan = ExtractionPlan(keys.paths)
        self.keys = keys
        servers = client["bootstrap.servers"] ?? ""
        do throws(KafkaError) {
            let producer = try Producer(client) { _ in }
            self.topic = try producer.topic(topic)
            self.producer = producer
        } catch {
            throw CommandFailure(error, brokers: servers)
        }
    }

    /// Sends an event, as `EventItem` has it; gives the reason where it cannot be sent. A row that names the columns is
    /// counted and not sent.
    func send(_ event: UnsafeRawBufferPointer) throws(CommandFailure) -> String? {
        guard event.count <= bytesMax else { return tooLong }
        var document = event
        do throws(CSVRowError) {
            if let rows {
                guard let object = try rows.object(event) else {
                    headers += 1
                    return nil
                }
                document = object
            }
        } catch {
            return (error.column.map { "column \($0): " } ?? "") + error.message
        }
        let values: ExtractedValues
        do throws(JSONError) {
            values = try extractor.extract(padded: document, plan)
        } catch {
            return error.message
        }
        guard let key = key(values) else { return "expected the source record's id at \(keys.paths[0]) or by --key" }
        do throws(KafkaError) {
            try key.withUnsafeBufferPointer { (key) throws(KafkaError) in
                try producer.produce(to: topic, key: UnsafeRawBufferPointer(key), payload: event)
            }
        } catch {
            if error.code == .messageSizeTooLarge { return tooLong }
            throw CommandFailure(error, brokers: servers)
        }
        sent += 1
        return nil
    }

    private var tooLong: String { "expected at most \(bytesMax) bytes with the key (kafka.message.max.bytes)" }

    /// The id: of the paths the first that is there, or all of them together.
    private func key(_ values: ExtractedValues) -> [UInt8]? {
        var parts = [[UInt8]](repeating: [], count: keys.paths.count)
        for value in values where parts[value.slot].isEmpty {
            parts[value.slot] = value.kind == .integer ? Array(String(value.integer).utf8) : Array(value.text)
        }
        return keys.isJoined ? CompositeKey.joined(parts) : parts.first { !$0.isEmpty }
    }

    /// Serves what the client has to say.
    func poll() { producer.poll() }

    /// Waits until everything that was sent has arrived.
    func settle() throws(CommandFailure) {
        do throws(KafkaError) {
            try producer.flush(timeoutMilliseconds: 60_000)
        } catch {
            throw CommandFailure(error, brokers: servers)
        }
        let failures = producer.takeDeliveryFailures()
        sent -= failures.count
        if let error = failures.firstError {
            throw CommandFailure("\(failures.count) events were not accepted: \(error.description)")
        }
    }
}
