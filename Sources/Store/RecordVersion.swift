/// Which record of an outcome it is, for telling which of two counts.
public struct RecordVersion: Sendable {
    /// The revision of the source; nil where the record states none.
    public let revision: UInt64?
    /// Where the record stands.
    public let partition: Int32
    /// The offset in that partition.
    public let offset: Int64

    /// Says which record it is.
    public init(revision: UInt64?, partition: Int32, offset: Int64) {
        (self.revision, self.partition, self.offset) = (revision, partition, offset)
    }

    /// Whether it outweighs another one of the same outcome (docs/events.md): by its revision where both state one,
    /// otherwise by its place. Places in different partitions, of a topic that was made anew, tell nothing; then the
    /// one that came later counts, which is this one.
    /// - Parameter isOfEarlierEvent: asked where revisions do not tell.
    public func outweighs(_ other: RecordVersion, isOfEarlierEvent: () -> Bool) -> Bool {
        if let revision, let otherRevision = other.revision, revision != otherRevision {
            return revision > otherRevision
        }
        if isOfEarlierEvent() { return false }
        return partition != other.partition || offset > other.offset
    }
}
