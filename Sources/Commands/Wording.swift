import Attribution
import Primitives

/// Dates, numbers and texts as a person reads them, in English.
enum Wording {
    /// `4 March 2026`.
    static func date(_ day: CivilDate) -> String { DecisionStory.date(day, .english) }

    /// `12,000`.
    static func number(_ value: Int64) -> String {
        var groups: [String] = []
        var rest = value.magnitude
        while rest >= 1000 {
            let digits = String(rest % 1000)
            groups.insert(String(repeating: "0", count: 3 - digits.count) + digits, at: 0)
            rest /= 1000
        }
        return (value < 0 ? "-" : "") + ([String(rest)] + groups).joined(separator: ",")
    }

    /// `once`, `twice`, `12,000 times`.
    static func times(_ count: Int) -> String {
        switch count {
        case 1: "once"
        case 2: "twice"
        default: "\(number(Int64(count))) times"
        }
    }

    /// `12,000.50`, from cents.
    static func money(_ cents: Int64) -> String {
        let rest = String(cents % 100)
        return number(cents / 100)
            + (cents % 100 == 0 ? "" : "." + String(repeating: "0", count: 2 - rest.count) + rest)
    }

    /// Basis points as a number between 0 and 1: `0.90`.
    static func strength(_ basisPoints: Int) -> String {
        var digits = String(basisPoints % 10_000)
        digits = String(repeating: "0", count: 4 - digits.count) + digits
        while digits.count > 2, digits.hasSuffix("0") { digits.removeLast() }
        return "\(basisPoints / 10_000).\(digits)"
    }

    /// Basis points as a share: `71.05 %`.
    static func share(_ basisPoints: Int) -> String {
        let rest = String(basisPoints % 100)
        return "\(basisPoints / 100).\(rest.count < 2 ? "0" : "")\(rest) %"
    }

    /// A text of an event, with what would act on a terminal replaced.
    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        text(String(decoding: bytes, as: UTF8.self))
    }

    /// A text with what would act on a terminal replaced: control and format characters.
    static func text(_ text: String) -> String { text.printable }
}
