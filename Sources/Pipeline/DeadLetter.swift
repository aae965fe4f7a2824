import Intake
import Kafka
import Operations
import Primitives

/// The headers that a dead letter has beside those that the event had (docs/dead-letters.md).
public enum DeadLetterHeader: String, CaseIterable, Sendable {
    case code = "city.error.code"
    case stage = "city.error.stage"
    case message = "city.error.message"
    case topic = "city.error.topic"
    case partition = "city.error.partition"
    case offset = "city.error.offset"
    case profile = "city.error.profile"
    case attempts = "city.error.attempts"
    case time = "city.error.time"
    /// There only where the payload is not: `privacy`, or `too-large` with the payload's size in bytes behind a space.
    case withheld = "city.error.withheld"

    /// What it says, for the reference.
    public var meaning: String {
        switch self {
        case .code: "the code, one of the table below; codes are a contract and do not change"
        case .stage: "where it was refused: " + Stage.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        case .message: "the place, and what was expected there; never what was found"
        case .topic: "the topic that the event came from"
        case .partition: "the partition in it"
        case .offset: "the offset in the partition"
        case .profile: "the name of the profile that read it"
        case .attempts: "how often it has been a dead letter, this time included"
        case .time: "when it became one, RFC 3339 in UTC"
        case .withheld: "there only where the payload is not: `privacy`, or `too-large` and the payload's size in bytes"
        }
    }
}

/// Makes the headers of dead letters.
struct DeadLetterHeaders {
    let topic: String
    let profile: String

    /// The headers as received, less those of an earlier dead letter, and the ones that say what is wrong.
    func make(for message: Message, _ fault: Fault, withheld: String?, at time: Timestamp) -> HeaderList {
        let keepsOwn = !fault.code.withholdsPayload
        var headers = keepsOwn ? HeaderList(copying: message) : HeaderList(capacity: 10)
        let attempts = DeadLetterHeaders.attempts(message) + 1
        for header in DeadLetterHeader.allCases { headers.removeAll(header.rawValue) }
        headers.add(DeadLetterHeader.code.rawValue, fault.code.rawValue)
        headers.add(DeadLetterHeader.stage.rawValue, fault.code.stage.rawValue)
        headers.add(DeadLetterHeader.message.rawValue, fault.message)
        headers.add(DeadLetterHeader.topic.rawValue, topic)
        headers.add(DeadLetterHeader.partition.rawValue, String(message.partition))
        headers.add(DeadLetterHeader.offset.rawValue, String(message.offset))
        headers.add(DeadLetterHeader.profile.rawValue, profile)
        headers.add(DeadLetterHeader.attempts.rawValue, String(attempts))
        headers.add(DeadLetterHeader.time.rawValue, time.description)
        if let withheld { headers.add(DeadLetterHeader.withheld.rawValue, withheld) }
        return headers
    }

    /// How often the event has been a dead letter before, as the header of the last time says.
    private static func attempts(_ message: Message) -> Int {
        var attempts = 0
        message.forEachHeader { name, value in
            guard let value, name.elementsEqual(DeadLetterHeader.attempts.rawValue.utf8) else { return }
            attempts = Int(String(decoding: value, as: UTF8.self)) ?? attempts
        }
        return min(max(attempts, 0), 1_000_000)
    }
}
