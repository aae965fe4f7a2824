/// A record of the topic of attributions, where it stood.
public struct ReceivedRecord {
    /// The partition.
    public let partition: Int32
    /// The offset in it.
    public let offset: Int64
    /// The payload; nil for a tombstone.
    public let payload: UnsafeRawBufferPointer?
    /// True where its event was read before: it counts by the place of that, and not by its own.
    public let isReadAgain: Bool

    /// Makes one; the payload has to hold until it was taken in.
    public init(partition: Int32, offset: Int64, payload: UnsafeRawBufferPointer?, isReadAgain: Bool = false) {
        (self.partition, self.offset, self.payload) = (partition, offset, payload)
        self.isReadAgain = isReadAgain
    }
}
