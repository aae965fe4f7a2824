import Intake
import JSON
import Kafka
import Pipeline
import Primitives

/// What a dead letter says of itself, by its headers alone; key and payload are not looked at.
struct DeadLetterEntry {
    /// Where it stands.
    let partition: Int32
    let offset: Int64
    /// The code of the fault.
    let code: String
    let stage: String
    let message: String
    let profile: String
    /// How often its event has been a dead letter.
    let attempts: Int
    /// When it became one.
    let time: Timestamp
    /// Where the event stood that was refused.
    let refused: PartitionOffset?
    /// Where that event stood first, if it had been sent again by then.
    let origin: PartitionOffset?
    /// Why the payload is not there: `privacy`, `too-large`; nil where it is, or where the event had none.
    let withheld: String?

    /// Reads the headers of a message; nil where it is no dead letter of a worker.
    init?(_ message: Message) {
        var headers: [String: String] = [:]
        message.forEachHeader { name, value in
            headers[String(decoding: name, as: UTF8.self)] = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        self.init(headers, partition: message.partition, offset: message.offset)
    }

    /// Reads headers; nil where they are not those of a dead letter.
    init?(_ headers: [String: String], partition: Int32, offset: Int64) {
        func text(_ header: DeadLetterHeader) -> String { (headers[header.rawValue] ?? "").printable }
        let code = text(.code)
        guard !code.isEmpty, code.utf8.count <= 64, code.utf8.allSatisfy(DeadLetterEntry.isOfCode) else { return nil }
        (self.partition, self.offset, self.code) = (partition, offset, code)
        (stage, message, profile) = (text(.stage), text(.message), text(.profile))
        attempts = Int(text(.attempts)) ?? 1
        time = Timestamp(text(.time)) ?? Timestamp(microseconds: 0)
        // Read as places, so that nothing else can stand there.
        refused = PartitionOffset("\(text(.topic)):\(text(.partition)):\(text(.offset))")
        origin = headers[ReplayHeader.origin].flatMap { PartitionOffset($0) }
        withheld = headers[DeadLetterHeader.withheld.rawValue].map { String($0.printable.prefix { $0 != " " }) }
    }

    private static func isOfCode(_ byte: UInt8) -> Bool {
        byte &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// `partition:offset`.
    var place: String { "\(partition):\(offset)" }

    /// Whether it became one before another.
    func precedes(_ other: DeadLetterEntry) -> Bool {
        (time, partition, offset) < (other.time, other.partition, other.offset)
    }

    /// What the code means; nil for one that this version does not know.
    var meaning: String? { FaultCode(rawValue: code)?.meaning }

    /// What to do about it; likewise.
    var advice: String? { FaultCode(rawValue: code)?.advice }

    /// Writes the members of its JSON, into an object that is open.
    func writeMembers(into writer: inout JSONWriter) {
        writer.member("partition", Int64(partition))
        writer.member("offset", offset)
        writer.member("time", time.description)
        writer.member("code", code)
        writer.member("stage", stage)
        writer.member("message", message)
        writer.member("profile", profile)
        writer.member("attempts", attempts)
        if let refused { writer.member("event", refused.description) }
        if let origin { writer.member("origin", origin.description) }
        if let withheld { writer.member("withheld", withheld) }
    }

    /// A line of a list.
    var line: String {
        let note = withheld.map { " (payload withheld: \($0))" } ?? ""
        return "\(time.description.padded(to: 27)) \(place.padded(to: 12)) \(code.padded(to: 30)) "
            + "\(stage.padded(to: 8)) \(String(attempts).aligned(to: 8))  \(profile)  \(message)\(note)\n"
    }

    /// The names of what stands in a line.
    static let heading =
        "TIME".padded(to: 27) + " " + "PLACE".padded(to: 12) + " " + "CODE".padded(to: 30) + " STAGE    "
        + "ATTEMPTS  PROFILE  MESSAGE\n"
}
