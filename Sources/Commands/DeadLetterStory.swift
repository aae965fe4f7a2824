import JSON
import Kafka
import Pipeline
import Primitives

/// What is told of one dead letter: sizes and digests, and nothing of its event.
struct DeadLetterStory {
    private let entry: DeadLetterEntry
    private let place: PartitionOffset
    private let timestamp: Timestamp?
    private let keyBytes: Int?
    private let payloadBytes: Int?
    private let payloadDigest: String?
    private var headers: [(name: String, bytes: Int?)] = []

    init(_ entry: DeadLetterEntry, _ message: Message, _ place: PartitionOffset) {
        (self.entry, self.place) = (entry, place)
        timestamp = message.timestampMilliseconds.map { Timestamp(microseconds: $0 * 1000) }
        keyBytes = message.key?.count
        payloadBytes = message.payload?.count
        payloadDigest = message.payload.map { "sha256:" + Hexadecimal.text(SHA256.digest(of: [UInt8]($0))) }
        var headers: [(name: String, bytes: Int?)] = []
        message.forEachHeader { name, value in
            let name = String(decoding: name, as: UTF8.self).printable
            if DeadLetterHeader(rawValue: name) == nil { headers.append((name, value?.count)) }
        }
        self.headers = headers
    }

    var json: String {
        JSONLine.text { writer in
            entry.writeMembers(into: &writer)
            if let timestamp { writer.member("timestamp", timestamp.description) }
            if let keyBytes { writer.member("keyBytes", keyBytes) }
            if let payloadBytes { writer.member("payloadBytes", payloadBytes) }
            if let payloadDigest { writer.member("payloadDigest", payloadDigest) }
            writer.key("headers")
            writer.beginArray()
            for header in headers {
                writer.beginObject()
                writer.member("name", header.name)
                if let bytes = header.bytes { writer.member("bytes", bytes) }
                writer.endObject()
            }
            writer.endArray()
        }
    }

    var text: String {
        var lines = [("Letter", place.words)]
        if let refused = entry.refused { lines.append(("Event", "\(refused); `explain \(refused)` tells why")) }
        if let origin = entry.origin { lines.append(("First", "\(origin); it was sent again from there")) }
        lines.append(("Refused", "\(entry.code), in \(entry.stage): \(entry.message)"))
        if let meaning = entry.meaning { lines.append(("Means", meaning)) }
        if let advice = entry.advice { lines.append(("Do", advice)) }
        lines.append(("Profile", entry.profile))
        lines.append(("When", "\(entry.time), for the \(DeadLetterStory.ordinal(entry.attempts)) time"))
        if let timestamp { lines.append(("Sent", timestamp.description)) }
        lines.append(("Key", keyBytes.map(Wording.bytes) ?? "none"))
        lines.append(("Payload", payload))
        for (index, header) in headers.enumerated() {
            let size = header.bytes.map(Wording.bytes) ?? "null"
            lines.append((index == 0 ? "Headers" : "", "\(header.name), \(size)"))
        }
        return lines.map { "\($0.padded(to: 9)) \($1)\n" }.joined()
    }

    private var payload: String {
        if let payloadBytes, let payloadDigest { return "\(Wording.bytes(payloadBytes)), \(payloadDigest)" }
        return entry.withheld.map { "withheld: \($0); the event where it was has it" }
            ?? "none: the event is a tombstone"
    }

    private static func ordinal(_ number: Int) -> String {
        switch number {
        case 1: "first"
        case 2: "second"
        case 3: "third"
        default: "\(number)th"
        }
    }
}

extension Wording {
    /// `1 byte`, `12,000 bytes`.
    fileprivate static func bytes(_ count: Int) -> String {
        count == 1 ? "1 byte" : "\(number(Int64(count))) bytes"
    }
}
