import Primitives

/// What became of the dead letters that a replay has looked at.
struct ReplayTally {
    /// Why a letter stays where it is.
    enum Reason: CaseIterable {
        case privacy, size, quarantined, elsewhere
    }

    enum Fate: Equatable {
        case sent
        case sentBefore
        case left(Reason)
    }

    private(set) var sentByCode: [String: Int] = [:]
    private(set) var left: [Reason: Int] = [:]
    private(set) var sentBefore = 0
    /// Messages that are no dead letters of a worker.
    var foreign = 0
    /// The first letter that stays for its attempts.
    private var quarantined: String?

    mutating func add(_ entry: DeadLetterEntry, _ fate: Fate) {
        switch fate {
        case .sent: sentByCode[entry.code, default: 0] += 1
        case .sentBefore: sentBefore += 1
        case .left(let reason):
            left[reason, default: 0] += 1
            if reason == .quarantined, quarantined == nil { quarantined = entry.place }
        }
    }

    var sent: Int { sentByCode.values.reduce(0, +) }

    /// For people: what was sent, by code, and what stays, with why and what to do.
    func text(from deadLetters: String, to events: String, attemptsMax: Int, isDry: Bool) -> String {
        let word = isDry ? "would be sent" : "sent"
        var lines = ["\(deadLetters): \(Wording.letters(sent)) \(word) to \(events)"]
        for (code, count) in sentByCode.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            lines.append("\(number(count))  \(code)")
        }
        if sentBefore > 0 {
            lines.append("\(number(sentBefore))  sent or told of by an earlier replay; --again takes them once more")
        }
        if !left.isEmpty { lines.append(isDry ? "These would stay where they are:" : "These stay where they are:") }
        for reason in Reason.allCases {
            guard let count = left[reason] else { continue }
            lines.append("\(number(count))  \(words(reason, attemptsMax, events))")
        }
        if foreign > 0 { lines.append("\(number(foreign))  no dead letters of a worker") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func number(_ count: Int) -> String { Wording.number(Int64(count)).aligned(to: 10) }

    private func words(_ reason: Reason, _ attemptsMax: Int, _ events: String) -> String {
        switch reason {
        case .privacy:
            "withheld for privacy, without a payload that could be sent; have the department's system send it anew"
        case .size: "too large to be kept, without payload; have the department's system send it anew"
        case .quarantined:
            "in quarantine, refused \(Wording.times(attemptsMax)) or more; mend the cause, then name it: --from "
                + "\(quarantined ?? "P:OFFSET") --to \(quarantined ?? "P:OFFSET") --attempts-max \(attemptsMax + 1)"
        case .elsewhere: "of a partition or topic other than those of \(events); see `dead-letters list`"
        }
    }
}
