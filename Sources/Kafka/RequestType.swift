/// A request type of the Kafka protocol, by its API key, for faults made on purpose.
public struct RequestType: RawRepresentable, Hashable, Sendable {
    /// The API key.
    public let rawValue: Int16

    /// Makes a request type of an API key.
    public init(rawValue: Int16) {
        self.rawValue = rawValue
    }

    /// Produce.
    public static let produce = RequestType(rawValue: 0)
    /// Fetch.
    public static let fetch = RequestType(rawValue: 1)
    /// ListOffsets.
    public static let listOffsets = RequestType(rawValue: 2)
    /// Metadata.
    public static let metadata = RequestType(rawValue: 3)
    /// OffsetCommit.
    public static let offsetCommit = RequestType(rawValue: 8)
    /// OffsetFetch.
    public static let offsetFetch = RequestType(rawValue: 9)
    /// FindCoordinator.
    public static let findCoordinator = RequestType(rawValue: 10)
    /// JoinGroup.
    public static let joinGroup = RequestType(rawValue: 11)
    /// Heartbeat.
    public static let heartbeat = RequestType(rawValue: 12)
    /// LeaveGroup.
    public static let leaveGroup = RequestType(rawValue: 13)
    /// SyncGroup.
    public static let syncGroup = RequestType(rawValue: 14)
    /// InitProducerId.
    public static let initProducerID = RequestType(rawValue: 22)
    /// AddPartitionsToTxn.
    public static let addPartitionsToTransaction = RequestType(rawValue: 24)
    /// AddOffsetsToTxn.
    public static let addOffsetsToTransaction = RequestType(rawValue: 25)
    /// EndTxn.
    public static let endTransaction = RequestType(rawValue: 26)
    /// TxnOffsetCommit.
    public static let transactionOffsetCommit = RequestType(rawValue: 28)
}
