/// What became of records that were taken in.
public struct TakenCounts: Sendable, Equatable {
    /// Records that were read.
    public var received: Int64 = 0
    /// Outcomes that were not there before.
    public var new: Int64 = 0
    /// Records that superseded an earlier one of their outcome.
    public var superseding: Int64 = 0
    /// Records that an earlier or a later one of their outcome outweighs, or that repeat the one that counts.
    public var superseded: Int64 = 0
    /// Records that are none, and are listed as refused.
    public var refused: Int64 = 0
    /// Messages without a value.
    public var tombstones: Int64 = 0

    /// Makes counts of nothing.
    public init() {}

    /// Each count with its name.
    public var named: [(name: String, value: Int64)] {
        [
            ("received", received), ("new", new), ("superseding", superseding), ("superseded", superseded),
            ("refused", refused), ("tombstones", tombstones),
        ]
    }
}

extension TakenCounts {
    /// Adds what became of others.
    public mutating func add(_ other: TakenCounts) {
        received += other.received
        new += other.new
        superseding += other.superseding
        superseded += other.superseded
        refused += other.refused
        tombstones += other.tombstones
    }
}
