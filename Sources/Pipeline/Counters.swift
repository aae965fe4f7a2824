public import Attribution
public import Intake

/// What a processor has done, counted without a lock by the thread that does it.
public struct Counters: Sendable {
    /// Events received.
    public internal(set) var received = 0
    /// Outcomes that were decided and not published.
    public internal(set) var unpublished = 0
    private var byVerdict = Array(repeating: 0, count: Verdict.allCases.count)
    private var bySkip: [SkipReason: Int] = [:]
    private var byFault: [FaultCode: Int] = [:]

    /// Makes counters at zero.
    public init() {}

    /// Outcomes with a decision.
    public func count(of verdict: Verdict) -> Int { byVerdict[Int(verdict.rawValue)] }
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

    mutating func add(_ verdict: Verdict) { byVerdict[Int(verdict.rawValue)] += 1 }
    mutating func add(_ reason: SkipReason) { bySkip[reason, default: 0] += 1 }
    mutating func add(_ code: FaultCode) { byFault[code, default: 0] += 1 }
}
