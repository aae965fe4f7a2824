public import Kafka
import Operations

extension PartitionOffset {
    /// Reads a place as it is written, `topic:partition:offset`; nil for any other text.
    ///
    /// A name of a topic has none of the characters of a path but the dot, so `./a:1:2` is a file.
    public init?(_ word: String) {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, TopicName.isValid(parts[0]),
            parts[1...].allSatisfy({ $0.utf8.allSatisfy { $0 &- 48 < 10 } }),
            let partition = Int32(parts[1]), let offset = Int64(parts[2])
        else { return nil }
        self.init(topic: String(parts[0]), partition: partition, offset: offset)
    }
}
