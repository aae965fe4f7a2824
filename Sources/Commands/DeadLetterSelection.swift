import Intake
import Kafka
import Pipeline
import Primitives

/// Which dead letters a command line selects.
struct DeadLetterSelection {
    /// Their codes; nil for all.
    let codes: Set<String>?
    /// Their offsets by partition, both ends included; nil for all partitions.
    let ranges: [Int32: ClosedRange<Int64>]?

    /// The options that it is made of.
    static let options = [
        CommandOption("code", value: "CODE,…", "Only those with one of these codes."),
        CommandOption("from", value: "P:OFFSET,…", "Only from these offsets on, and only in the partitions named."),
        CommandOption("to", value: "P:OFFSET,…", "Only up to these offsets, they included; likewise."),
    ]

    init(_ arguments: Arguments) throws(CommandFailure) {
        codes = try DeadLetterSelection.codes(arguments["code"])
        let from = try DeadLetterSelection.places("from", arguments)
        let to = try DeadLetterSelection.places("to", arguments)
        guard from != nil || to != nil else {
            ranges = nil
            return
        }
        var ranges: [Int32: ClosedRange<Int64>] = [:]
        for partition in Set((from ?? [:]).keys).union((to ?? [:]).keys) {
            let (first, last) = (from?[partition] ?? 0, to?[partition] ?? Int64.max)
            guard first <= last else {
                throw .usage("--to: expected an offset from \(first) on in partition \(partition), as --from says")
            }
            ranges[partition] = first...last
        }
        self.ranges = ranges
    }

    private static func codes(_ text: String?) throws(CommandFailure) -> Set<String>? {
        guard let text else { return nil }
        let known = FaultCode.allCases.map(\.rawValue)
        let words = text.split(separator: ",").map(String.init)
        for word in words where !known.contains(word) {
            let near = NearestName.of(word, in: known).map { "; did you mean \($0)?" } ?? ""
            throw .usage("--code: expected codes such as field.code, with commas between; one is not known\(near)")
        }
        guard !words.isEmpty else { throw .usage("--code: expected at least one code, such as field.code") }
        return Set(words)
    }

    private static func places(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> [Int32: Int64]? {
        guard let text = arguments[option] else { return nil }
        var places: [Int32: Int64] = [:]
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let place = PartitionOffset("t:\(word)")
            guard let place, places.updateValue(place.offset, forKey: place.partition) == nil else {
                throw .usage("--\(option): expected PARTITION:OFFSET, such as 2:1042, each partition once, with commas")
            }
        }
        return places
    }

    /// The first offset to read of a partition; nil where it is not read.
    func first(of partition: Int32) -> Int64? {
        guard let ranges else { return 0 }
        return ranges[partition]?.lowerBound
    }

    /// Whether a place is selected.
    func includes(_ partition: Int32, _ offset: Int64) -> Bool {
        ranges.map { $0[partition]?.contains(offset) ?? false } ?? true
    }

    /// Whether a code is selected.
    func includes(_ code: String) -> Bool { codes?.contains(code) ?? true }

    /// What of it no topic with so many partitions can have; nil where all is well.
    func misfit(partitions: Int, _ topic: String) -> CommandFailure? {
        guard let odd = ranges?.keys.sorted().first(where: { $0 >= partitions }) else { return nil }
        return CommandFailure(
            "\(topic): there is no partition \(odd); the topic's partitions are 0 to \(partitions - 1)")
    }

    /// A name of the offsets, the same for the same ones; nil where all are selected.
    var rangesName: String? {
        guard let ranges else { return nil }
        let text = ranges.sorted { $0.key < $1.key }
            .map { "\($0.key):\($0.value.lowerBound)-\($0.value.upperBound)" }.joined(separator: ",")
        return String(
            Hexadecimal.text(SHA256.digest(of: Array((text + (codes?.sorted().joined() ?? "")).utf8))).prefix(16))
    }
}
