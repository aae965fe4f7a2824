import Kafka
public import Operations
public import Pipeline
import Primitives
import Releases
import SQLDatabase
import Store

/// Publishes releases to the topic of indicators, in the order in which they were made.
///
/// Each is one transaction, so that readers see all of it or nothing, and is noted as published once that is committed.
/// Should the service end in between, it is sent again: under the same keys, with the same values, to a compacted
/// topic.
public final class ReleasePublisher {
    private static let lookMilliseconds = 1000
    private static let deliveryMilliseconds: Int64 = 30_000
    private static let callMilliseconds: Int32 = 500
    private let settings: PublisherSettings
    private let store: String
    private let log: Log
    private let stop: StopToken

    /// Makes a publisher; nothing is opened before `run`.
    public init(settings: PublisherSettings, store: String, log: Log, stop: StopToken) {
        (self.settings, self.store, self.log, self.stop) = (settings, store, log, stop)
    }

    /// Publishes what was released, and what will be, until it is asked to stop.
    public func run() {
        var shelf: ReleaseShelf?
        while stop.count == 0 {
            do {
                if shelf == nil { shelf = try openShelf() }
                if let shelf { try publishPending(shelf) }
            } catch {
                shelf = nil
                log.write(.releaseUnpublished, [.error: .text("\(error)")])
            }
            stop.wait(milliseconds: ReleasePublisher.lookMilliseconds, seen: 0)
        }
    }

    func openShelf() throws(SQLError) -> ReleaseShelf {
        try ReleaseShelf(store, timeMilliseconds: SystemClock.now().microseconds / 1000)
    }

    /// Publishes the releases that were not.
    func publishPending(_ shelf: ReleaseShelf) throws {
        for (period, number) in try shelf.unpublished() where stop.count == 0 {
            guard let body = try shelf.body(period: period, number: number) else { continue }
            let release = try Release(json: body)
            try publish(release)
            try shelf.notePublished(period: period, number: number, at: SystemClock.now())
            log.write(.releasePublished, [.release: .text(release.id), .topic: .text(settings.topic)])
        }
    }

    private func publish(_ release: Release) throws {
        let producer = try Producer(settings.credentials.renewed(settings.client)) { [log] in log.report($0) }
        let end = SystemClock.monotonicMilliseconds() + ReleasePublisher.deliveryMilliseconds
        try again(until: end) { () throws(KafkaError) in
            try producer.initTransactions(timeoutMilliseconds: ReleasePublisher.callMilliseconds)
        }
        try producer.beginTransaction()
        let topic = try producer.topic(settings.topic)
        var headers = HeaderList(capacity: 1)
        headers.add("content-type", "application/json")
        for message in release.messages {
            try Array(message.key.utf8).withUnsafeBytes { key in
                guard let value = message.value else {
                    return try producer.produce(to: topic, key: key, payload: nil, headers: headers)
                }
                try value.withUnsafeBytes { try producer.produce(to: topic, key: key, payload: $0, headers: headers) }
            }
        }
        try again(until: end) { () throws(KafkaError) in
            try producer.commitTransaction(timeoutMilliseconds: ReleasePublisher.callMilliseconds)
        }
    }

    /// Calls until it succeeds, in short waits, so that a stop does not wait for a broker that does not answer.
    private func again(until end: Int64, _ call: () throws(KafkaError) -> Void) throws(KafkaError) {
        while true {
            do throws(KafkaError) {
                return try call()
            } catch {
                guard error.isRetriable, stop.count == 0, SystemClock.monotonicMilliseconds() < end else { throw error }
            }
        }
    }
}
