public import Primitives

/// Whom an outcome benefits.
public enum Direction: Sendable {
    /// People of this city.
    case inbound
    /// People abroad: indicator K17, and never K01.
    case outbound

    /// The name in events and records.
    public var name: StaticString { self == .inbound ? "inbound" : "outbound" }
}

/// What a department achieved, in counts, codes and dates alone. Texts belong to whoever read the event.
public struct Outcome {
    /// The department's own code of the kind of outcome; empty in a withdrawal that does not say it.
    public var type = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The day on which it occurred; nil only in a withdrawal that does not say it.
    public var occurredOn: CivilDate?
    /// How many of the kind of outcome.
    public var count: Int64 = 1
    /// People reached, by the department's own count.
    public var people: Int64?
    /// Money in US cents.
    public var usdCents: Int64?
    /// Whom it benefits.
    public var direction = Direction.inbound
    /// The code of the district.
    public var district: UnsafeRawBufferPointer?
    /// People by group, as the department counts them.
    public var groups: [(code: UnsafeRawBufferPointer, people: Int64)] = []
    /// True where the source withdraws the outcome.
    public var isRetracted = false

    /// Makes an outcome of which nothing is known.
    public init() {}

    /// Forgets everything and keeps the memory.
    public mutating func reset() {
        type = UnsafeRawBufferPointer(start: nil, count: 0)
        occurredOn = nil
        count = 1
        people = nil
        usdCents = nil
        direction = .inbound
        district = nil
        groups.removeAll(keepingCapacity: true)
        isRetracted = false
    }
}
