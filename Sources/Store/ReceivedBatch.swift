import Indicators
import Primitives

/// The bytes of the records of a batch, in memory that is used again for a later one.
final class Payloads {
    private var buffer = ByteBuffer()

    /// Forgets what it holds and makes room: nothing moves while no more than that is copied.
    fileprivate func begin(size: Int) {
        buffer.clear()
        _ = buffer.reserve(size)
    }

    fileprivate func copy(_ payload: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let start = buffer.count
        buffer.append(payload)
        return UnsafeRawBufferPointer(rebasing: buffer.bytes[start...])
    }
}

/// Records of one transaction, and which of them count.
///
/// They are weighed one after another, as they came, against the record that counted until then: a record without a
/// revision counts by its place, so that which of three counts is a matter of their order.
struct ReceivedBatch {
    /// A record, and the place of the next one of its outcome.
    private struct Entry {
        let version: RecordVersion
        let payload: UnsafeRawBufferPointer
        let isReadAgain: Bool
        var next = -1
    }

    /// A record that counts.
    struct Winner {
        let id: OutcomeID
        let version: RecordVersion
        let payload: UnsafeRawBufferPointer
        fileprivate let place: Int
        /// Whether the store has a record of the outcome, which this one supersedes.
        let isKnown: Bool
    }

    /// A record that is none.
    struct Refusal {
        let partition: Int32
        let offset: Int64
        let fault: RecordFault
    }

    /// The records that count, once all outcomes have been weighed.
    private(set) var winners: [Winner] = []
    private(set) var refusals: [Refusal] = []
    private(set) var counts = TakenCounts()
    /// The next offsets of the partitions that the batch has records of.
    private(set) var moved: [Int32: Int64] = [:]
    /// The texts of the numbers in what they say, and of all that the store had before.
    private(set) var names = ByteInterner()
    private let positions: [Int32: Int64]
    private let payloads: Payloads
    private let gists: RecordGistReader
    private var entries: [Entry] = []
    /// What the entries say.
    private var contents: [OutcomeFact.Content?] = []
    /// The first and the last record of each outcome that was not weighed yet.
    private var runs: [OutcomeID: (first: Int, last: Int)] = [:]

    /// Reads and copies records, those of one partition in their order.
    /// - Parameters:
    ///   - positions: the next offsets of partitions; what stands before them is passed over.
    ///   - payloads: where the bytes go; no other batch that is in use may have them.
    init(
        _ records: [ReceivedRecord], from positions: [Int32: Int64], _ reader: RecordReader, in payloads: Payloads
    ) {
        (self.positions, self.payloads, gists) = (positions, payloads, RecordGistReader())
        payloads.begin(size: records.reduce(0) { $0 + ($1.payload?.count ?? 0) })
        entries.reserveCapacity(records.count)
        contents.reserveCapacity(records.count)
        runs.reserveCapacity(records.count)
        for record in records { take(record, reader) }
        names = reader.names
    }

    /// The outcomes that were not weighed yet.
    var outcomes: some Sequence<OutcomeID> { runs.keys }

    /// What a record that counts says; nil where it withdraws its outcome.
    func content(of winner: Winner) -> OutcomeFact.Content? { contents[winner.place] }

    private mutating func take(_ record: ReceivedRecord, _ reader: RecordReader) {
        guard record.offset >= moved[record.partition] ?? positions[record.partition] ?? 0 else { return }
        moved[record.partition] = record.offset + 1
        counts.received += 1
        guard let payload = record.payload else {
            counts.tombstones += 1
            return
        }
        let fact: OutcomeFact
        do throws(RecordFault) {
            fact = try reader.read(payload)
        } catch {
            counts.refused += 1
            refusals.append(Refusal(partition: record.partition, offset: record.offset, fault: error))
            return
        }
        let version = RecordVersion(revision: fact.revision, partition: record.partition, offset: record.offset)
        let place = entries.count
        entries.append(
            Entry(version: version, payload: payloads.copy(payload), isReadAgain: record.isReadAgain))
        contents.append(fact.content)
        if let run = runs[fact.id] {
            entries[run.last].next = place
            runs[fact.id] = (run.first, place)
        } else {
            runs[fact.id] = (place, place)
        }
    }

    /// Weighs the records of an outcome against the one in the store; true where one of them supersedes it.
    ///
    /// A record that is the same to the last byte as the one that counts supersedes nothing: a replay writes no row.
    mutating func weigh(
        _ id: OutcomeID, against version: RecordVersion, _ payload: UnsafeRawBufferPointer
    ) -> Bool {
        guard let run = runs.removeValue(forKey: id) else { return false }
        return weigh(id, from: run.first, against: (version, payload))
    }

    /// Weighs the records of all outcomes that the store has none of.
    mutating func weighRest() {
        for (id, run) in runs { _ = weigh(id, from: run.first, against: nil) }
        runs.removeAll()
    }

    /// A record whose event was read again came late: it does not stand behind one of a later event for that.
    private func outweighs(_ entry: Entry, _ version: RecordVersion, _ payload: UnsafeRawBufferPointer) -> Bool {
        guard !entry.payload.holdsSame(as: payload) else { return false }
        return entry.version.outweighs(version) {
            guard entry.isReadAgain, let own = gists.read(entry.payload)?.origin else { return false }
            return gists.read(payload)?.origin.flatMap { own.precedes($0) } ?? false
        }
    }

    private mutating func weigh(
        _ id: OutcomeID, from first: Int, against stored: (version: RecordVersion, payload: UnsafeRawBufferPointer)?
    ) -> Bool {
        var (place, best, current) = (first, -1, stored)
        while place >= 0 {
            let entry = entries[place]
            if current.map({ outweighs(entry, $0.version, $0.payload) }) ?? true {
                (best, current) = (place, (entry.version, entry.payload))
            }
            counts.superseded += 1
            place = entry.next
        }
        guard best >= 0 else { return false }
        counts.superseded -= 1
        if stored == nil { counts.new += 1 } else { counts.superseding += 1 }
        let entry = entries[best]
        winners.append(
            Winner(id: id, version: entry.version, payload: entry.payload, place: best, isKnown: stored != nil))
        return true
    }
}

extension OutcomeID {
    /// Reads 16 bytes.
    init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    /// Its 16 bytes, on the stack.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { body($0) }
    }
}
