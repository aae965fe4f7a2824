import Indicators
import Kafka
import Pipeline
import Primitives
import Store

/// The records of a department that count now, one an outcome, without their bytes: 400 bytes each or so.
final class PresentRecords {
    /// What is known of the record of an outcome.
    struct Entry {
        var version: RecordVersion
        /// The partition and offset of its event in the topic that is read; nil where it is of another one.
        var event: EventPlace?
        /// The digest of all but its provenance.
        var digest: Digest
        var decision: UInt8
        var credit: Int32
        /// Whether it is the last of its outcome in the topic, the one that compaction leaves.
        var isLast = true
        /// Whether its event was met among those that are decided anew.
        var isMet = false
    }

    /// What a record says that another one replaces.
    struct Earlier {
        let decision: UInt8
        let credit: Int32
    }

    struct EventPlace: Hashable {
        let partition: Int32
        let offset: Int64
    }

    /// 128 bits of a SHA-256.
    struct Digest: Equatable {
        let high: UInt64
        let low: UInt64
    }

    private let department: String
    private let topic: [UInt8]
    private let reader = RecordGistReader()
    private var hasher = SHA256()
    private(set) var entries: [OutcomeID: Entry] = [:]
    /// What the records said that are to be replaced; nil within where there was none.
    private(set) var replaced: [OutcomeID: Earlier?] = [:]
    private(set) var decisions: [String] = []
    private(set) var credits: [[Credit]] = []
    private var creditNumbers: [[Credit]: Int32] = [:]

    struct Credit: Hashable {
        let connection: String
        let basisPoints: Int64
    }

    /// - Parameter topic: the topic of the events.
    init(department: String, topic: String) {
        (self.department, self.topic) = (department, Array(topic.utf8))
    }

    /// What a record says, as an entry; nil where it is none of the department.
    func entry(
        of record: UnsafeRawBufferPointer, partition: Int32, offset: Int64
    ) -> (gist: RecordGist, entry: Entry)? {
        guard let gist = reader.read(record), gist.department == department else { return nil }
        let version = RecordVersion(revision: gist.revision, partition: partition, offset: offset)
        let event = gist.origin.flatMap { origin in
            origin.topic == topic ? EventPlace(partition: origin.partition, offset: origin.offset) : nil
        }
        let entry = Entry(
            version: version, event: event, digest: digest(of: record), decision: number(of: gist.decision),
            credit: number(of: gist.credit.map { Credit(connection: $0.connection, basisPoints: $0.basisPoints) }))
        return (gist, entry)
    }

    /// Takes a record of the topic; those of one outcome in their order.
    func take(_ message: Message) {
        guard let payload = message.payload,
            let (gist, entry) = entry(of: payload, partition: message.partition, offset: message.offset)
        else { return }
        guard let known = entries[gist.id] else {
            entries[gist.id] = entry
            return
        }
        let isReadAgain = message.lastHeader(RecordHeader.readAgain) != nil
        let outweighs = entry.version.outweighs(known.version) {
            guard isReadAgain, let own = entry.event, let other = known.event else { return false }
            return own.partition == other.partition && own.offset < other.offset
        }
        if outweighs { entries[gist.id] = entry } else { entries[gist.id]?.isLast = false }
    }

    /// Notes what an event that was met says.
    /// - Parameter isOther: whether it says something else than the record that was there.
    func meet(_ entry: Entry, of id: OutcomeID, isOther: Bool) {
        if isOther, replaced[id] == nil {
            replaced[id] = .some(entries[id].map { Earlier(decision: $0.decision, credit: $0.credit) })
        }
        entries[id] = entry
        entries[id]?.isMet = true
    }

    private func number(of decision: String) -> UInt8 {
        if let known = decisions.firstIndex(of: decision) { return UInt8(clamping: known) }
        decisions.append(decision)
        return UInt8(clamping: decisions.count - 1)
    }

    private func number(of credit: [Credit]) -> Int32 {
        if let known = creditNumbers[credit] { return known }
        let number = Int32(clamping: credits.count)
        credits.append(credit)
        creditNumbers[credit] = number
        return number
    }

    /// The digest of a record up to its provenance, which names versions: that the same was decided by others of them
    /// is no change. In a text the name could not stand, since its quotes would be escaped.
    private func digest(of record: UnsafeRawBufferPointer) -> Digest {
        let end = PresentRecords.provenance(in: record) ?? record.count
        let digest = hasher.hash(UnsafeRawBufferPointer(rebasing: record[..<end]))
        return Digest(
            high: digest.loadUnaligned(as: UInt64.self), low: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    private static func provenance(in record: UnsafeRawBufferPointer) -> Int? {
        let name = Array(",\"provenance\":{".utf8)
        var start = record.count - name.count
        while start >= 0 {
            if record[start] == name[0], record[start..<start + name.count].elementsEqual(name) { return start }
            start -= 1
        }
        return nil
    }
}
