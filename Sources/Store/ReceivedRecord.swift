/// A record of the topic of attributions, where it stood.
public struct ReceivedRecord {
    /// The partition.
    public let partition: Int32
    /// The offset in it.
    public let offset: Int64
    /// The payload; nil for a tombstone.
    public let payload: UnsafeRawBufferPointer?

    /// Makes one; the payload has to hold until it was taken in.
    public init(partition: Int32, offset: Int64, payload: UnsafeRawBufferPointer?) {
        (self.partition, self.offset, self.payload) = (partition, offset, payload)
    }
}
