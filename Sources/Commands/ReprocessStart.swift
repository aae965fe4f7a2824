import Kafka
import Pipeline
import Primitives

/// Where old events are read from.
enum ReprocessStart {
    case beginning
    case time(Timestamp)
    /// By partition; others are not read.
    case offsets([Int32: Int64])

    /// Reads what `--from` says.
    init(_ text: String?) throws(CommandFailure) {
        let failure = CommandFailure.usage(
            "--from: expected beginning, a time such as 2026-03-01T00:00:00Z, or PARTITION:OFFSET,… such as 0:42,1:98"
        )
        guard let text else { throw failure }
        if text == "beginning" {
            self = .beginning
        } else if let time = Timestamp(text) ?? Timestamp(text + "T00:00:00Z") {
            self = .time(time)
        } else {
            var offsets: [Int32: Int64] = [:]
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let place = PartitionOffset("t:\(word)"),
                    offsets.updateValue(place.offset, forKey: place.partition) == nil
                else { throw failure }
            }
            self = .offsets(offsets)
        }
    }

    /// The first offset of each partition that is read.
    func offsets(_ cluster: DepartmentCluster) throws(CommandFailure) -> [Int32: Int64] {
        let topic = cluster.settings.events
        let ranges: [PartitionRange]
        do throws(KafkaError) {
            ranges = try Admin(cluster.reader) { _ in }.offsets(topic, timeoutMilliseconds: 10_000)
        } catch {
            throw error.code == .unknownTopicOrPartition ? DepartmentCluster.missing(topic) : cluster.failure(error)
        }
        switch self {
        case .beginning: return Dictionary(ranges.map { ($0.partition, $0.low) }, uniquingKeysWith: { $1 })
        case .time(let time):
            return try cluster.asking { () throws(KafkaError) in
                try Admin(cluster.reader) { _ in }
                    .offsets(topic, from: (time.microseconds + 999) / 1000, timeoutMilliseconds: 10_000)
            }
        case .offsets(let offsets):
            if let odd = offsets.keys.sorted().first(where: { $0 >= ranges.count }) {
                throw CommandFailure(
                    "\(topic): there is no partition \(odd); the topic's partitions are 0 to \(ranges.count - 1)")
            }
            return offsets
        }
    }
}
