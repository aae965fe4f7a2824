import Connections
import Primitives

/// Decisions in English.
struct EnglishStory: StoryWords {
    func part(_ reason: DecisionStory.Reason) -> String {
        let partner = reason.partner
        return switch reason.mechanism {
        case .fundedBy?: "it was funded by \(partner)"
        case .donatedBy?: "it rests on a gift of \(partner)"
        case .deliveredAt?: "it was delivered at the premises of \(partner)"
        case .staffedBy?: "people of \(partner) did the work"
        case .trainedUnder?: "people trained by \(partner) did the work"
        case .designedFrom?: "it follows a design of \(partner)"
        case .convenedBy?: "\(partner) brought together those who did it"
        case nil: "the record names \(partner), and a second source shows work with it in the same field"
        }
    }

    func counted(_ verdict: Verdict, _ parts: String) -> String {
        verdict == .enabled
            ? "An international connection made this outcome possible: \(parts)."
            : "An international connection contributed to this outcome: \(parts)."
    }

    func credit(_ shares: String, domestic: String) -> String {
        "The credit is shared: \(shares); the city's own effort \(domestic)."
    }

    let abstained = "Not counted: a connection is named, and nothing shows for certain that it had a part."
    let domestic = "The city's own: nothing shows that an international connection had a part."
    let retracted = "Withdrawn: the department has taken the outcome back, so it is not counted."

    func more(_ count: Int) -> String { count == 1 ? "one more" : "\(count) more" }

    func list(_ parts: [String]) -> String {
        guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + last
    }

    func share(_ basisPoints: Int) -> String {
        let tenths = (basisPoints + 5) / 10
        return "\(tenths / 10).\(tenths % 10) %"
    }

    func miss(_ miss: DecisionStory.Miss) -> String {
        let partner = miss.partner
        return switch (miss.reason, miss.day) {
        case (.ended, let day?): "\(partner) would have counted until \(date(day)), when its time ended."
        case (.ended, nil): "\(partner) would have counted before it ended."
        case (.notStarted, let day?): "\(partner) would have counted from \(date(day)), when its time began."
        case (.notStarted, nil): "\(partner) would have counted once it had begun."
        case (.outOfScope, _): "\(partner) would have counted for a department in its scope."
        case (.noMechanism, _): "\(partner) would count if the record said what it did."
        case (.unverified, _): "\(partner) would count if a second person had verified it in the registry."
        case (.proposed, _): "\(partner) would count if it were in force; it is proposed."
        case (.scheme, _): "\(partner) would count if its identifier were of a kind that the rules accept."
        case (.belowThreshold, _): "What \(partner) did is too little to count by itself."
        case (.ambiguous, _): "\(partner) would count if the name could mean no other connection."
        case (.nameAlone, _): "\(partner) would count if the record said more than the name of a place."
        case (.negated, _): "The text says that \(partner) did not do it."
        case (.planned, _): "\(partner) would count once it is done; the text tells of a plan."
        case (.outbound, _): "The text tells of help for \(partner), and not from it."
        case (.activity, _): "The text tells of a visit, a meeting or a signature with \(partner), and of no outcome."
        case (.aggregate, _):
            "The text tells of all that \(partner) did elsewhere or over years, and of no one outcome."
        case (.otherReceiver, _): "The text says that what \(partner) gave went to somebody who is no department."
        case (.noResult, _): "\(partner) would count if the text said what came of it."
        case (.weak, _): "\(partner) would count if the words around it spoke for it more clearly."
        }
    }

    func date(_ day: CivilDate) -> String {
        let (year, month, number) = day.parts
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(number) \(months[month - 1]) \(year)"
    }
}
