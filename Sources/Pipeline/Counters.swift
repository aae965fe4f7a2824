public import Attribution
public import Intake

/// What a processor has done, counted without a lock by the thread that does it.
public struct Counters: Sendable {
    /// Events received.
    public internal(set) var received = 0
    /// Outcomes that were decided and not published.
    public internal(set) var unpublished = 0
    /// By verdict and tier, the first of each verdict being without one.
    private var byVerdict = Array(repeating: 0, count: Verdict.allCases.count * Counters.tiers)
    private var bySkip: [SkipReason: Int] = [:]
    private var byFault: [FaultCode: Int] = [:]

    /// Makes counters at zero.
    public init() {}

    /// Outcomes with a decision.
    public func count(of verdict: Verdict) -> Int {
        let first = Int(verdict.rawValue) * Counters.tiers
        return byVerdict[first..<first + Counters.tiers].reduce(0, +)
    }
    /// Outcomes with a decision of a tier, or of none.
    public func count(of verdict: Verdict, _ tier: Tier?) -> Int { byVerdict[Counters.place(verdict, tier)] }
    /// Events that were no outcomes, by reason.
    public var skipped: [SkipReason: Int] { bySkip }
    /// Dead letters, by code.
    public var deadLetters: [FaultCode: Int] { byFault }

    /// Outcomes, withdrawals not counted.
    public var outcomes: Int {
        Verdict.allCases.reduce(0) { $1 == .retracted ? $0 : $0 + count(of: $1) }
    }

    /// Adds what another processor has done.
    public mutating func add(_ other: Counters) {
        received += other.received
        unpublished += other.unpublished
        for place in byVerdict.indices { byVerdict[place] += other.byVerdict[place] }
        bySkip.merge(other.bySkip, uniquingKeysWith: +)
        byFault.merge(other.byFault, uniquingKeysWith: +)
    }

    mutating func add(_ verdict: Verdict, _ tier: Tier?) { byVerdict[Counters.place(verdict, tier)] += 1 }
    mutating func add(_ reason: SkipReason) { bySkip[reason, default: 0] += 1 }
    mutating func add(_ code: FaultCode) { byFault[code, default: 0] += 1 }

    /// What was counted as an outcome with a record, and has become a dead letter since.
    mutating func change(_ verdict: Verdict, _ tier: Tier?, into code: FaultCode) {
        byVerdict[Counters.place(verdict, tier)] -= 1
        add(code)
    }

    private static let tiers = Tier.allCases.count + 1

    private static func place(_ verdict: Verdict, _ tier: Tier?) -> Int {
        Int(verdict.rawValue) * tiers + Int(tier?.rawValue ?? 0)
    }
}
