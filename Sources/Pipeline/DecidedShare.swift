import Attribution
import Intake
import Primitives

/// What has to be published for one message.
enum Publication {
    /// A record, with its key. Both hold until the share is decided again.
    case record(key: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, DecidedRecord)
    /// A dead letter.
    case deadLetter(Fault)
}

/// What has to be known of a record besides its bytes.
struct DecidedRecord {
    /// False where headers of the event go on to the record.
    let isPlain: Bool
    /// The decision, as it was counted.
    let verdict: Verdict
    let tier: Tier?
}

/// Messages of a batch that follow one another, decided by one thread at a time; its memory is used again.
final class DecidedShare {
    private enum Entry {
        case record(start: Int, recordEnd: Int, keyEnd: Int, DecidedRecord)
        case deadLetter(Fault)
    }

    /// Above it the memory of the records is given back, so that one share of giants is not kept for ever.
    private static let keptBytes = 1 << 20

    private var records = ByteBuffer()
    private var entries: [(message: Int, entry: Entry)] = []

    /// Decides about messages, and keeps what is to be published of them.
    func decide(_ range: Range<Int>, of messages: some MessageSource, with processor: EventProcessor) {
        entries.removeAll(keepingCapacity: true)
        if records.count > DecidedShare.keptBytes { records = ByteBuffer() }
        records.clear()
        var start = 0
        processor.process(range, of: messages, appendingTo: &records) { index, message, processed, key, records in
            switch processed {
            case .skipped, .unpublished: break
            case .deadLetter(let fault): entries.append((index, .deadLetter(fault)))
            case .record(let verdict, let tier):
                let recordEnd = records.count
                records.append(key)
                let isPlain = message.headers.traceparent == nil && message.headers.replayOrigin == nil
                let record = DecidedRecord(isPlain: isPlain, verdict: verdict, tier: tier)
                entries.append(
                    (index, .record(start: start, recordEnd: recordEnd, keyEnd: records.count, record)))
            }
            start = records.count
        }
    }

    /// Hands over what is to be published, in the order of the messages.
    func publish<Failure: Error>(
        _ publish: (_ message: Int, _ what: Publication) throws(Failure) -> Void
    ) throws(Failure) {
        for (message, entry) in entries {
            switch entry {
            case .deadLetter(let fault): try publish(message, .deadLetter(fault))
            case .record(let start, let recordEnd, let keyEnd, let record):
                let bytes = records.bytes
                let what = Publication.record(
                    key: UnsafeRawBufferPointer(rebasing: bytes[recordEnd..<keyEnd]),
                    payload: UnsafeRawBufferPointer(rebasing: bytes[start..<recordEnd]), record)
                try publish(message, what)
            }
        }
    }
}
