import CRdKafka

/// An error code of the Kafka protocol (positive) or of librdkafka itself (negative, `_` in its name).
///
/// The codes a caller is likely to tell apart have names here; any other keeps its number and its `name`.
public struct KafkaErrorCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number, as in `rd_kafka_resp_err_t`.
    public let rawValue: Int32

    /// Makes a code from its number.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    init(_ code: rd_kafka_resp_err_t) {
        self.rawValue = Int32(code.rawValue)
    }

    var native: rd_kafka_resp_err_t {
        rd_kafka_resp_err_t(rawValue: rawValue)
    }

    /// The symbolic name without its prefix, such as `_QUEUE_FULL` or `MSG_SIZE_TOO_LARGE`.
    public var name: String {
        String(cString: rd_kafka_err2name(native))
    }

    /// What the code means, in librdkafka's words.
    public var meaning: String {
        String(cString: rd_kafka_err2str(native))
    }

    /// The symbolic name.
    public var description: String { name }
}

/// Codes of librdkafka.
extension KafkaErrorCode {
    /// No error.
    public static let noError = KafkaErrorCode(rawValue: 0)
    /// The client is being destroyed.
    public static let destroyed = KafkaErrorCode(rawValue: -197)
    /// A connection to a broker failed.
    public static let transport = KafkaErrorCode(rawValue: -195)
    /// A broker's host name could not be resolved.
    public static let resolve = KafkaErrorCode(rawValue: -193)
    /// A produced message was not acknowledged within `message.timeout.ms`.
    public static let messageTimedOut = KafkaErrorCode(rawValue: -192)
    /// The end of a partition was reached.
    public static let partitionEnd = KafkaErrorCode(rawValue: -191)
    /// The partition does not exist in the cluster.
    public static let unknownPartition = KafkaErrorCode(rawValue: -190)
    /// The topic does not exist in the cluster.
    public static let unknownTopic = KafkaErrorCode(rawValue: -188)
    /// No broker can be reached.
    public static let allBrokersDown = KafkaErrorCode(rawValue: -187)
    /// An argument or a configuration property is invalid.
    public static let invalidArgument = KafkaErrorCode(rawValue: -186)
    /// The operation took longer than its time-out.
    public static let timedOut = KafkaErrorCode(rawValue: -185)
    /// The producer's queue is full.
    public static let queueFull = KafkaErrorCode(rawValue: -184)
    /// TLS failed.
    public static let ssl = KafkaErrorCode(rawValue: -181)
    /// The coordinator is not known yet.
    public static let waitingForCoordinator = KafkaErrorCode(rawValue: -180)
    /// The client belongs to no group: `group.id` is not set.
    public static let unknownGroup = KafkaErrorCode(rawValue: -179)
    /// The operation is in progress.
    public static let inProgress = KafkaErrorCode(rawValue: -178)
    /// An earlier operation is in progress.
    public static let previousInProgress = KafkaErrorCode(rawValue: -177)
    /// The operation conflicts with another use of the client.
    public static let conflict = KafkaErrorCode(rawValue: -173)
    /// The operation is not possible in the state the client is in.
    public static let state = KafkaErrorCode(rawValue: -172)
    /// Authentication failed.
    public static let authentication = KafkaErrorCode(rawValue: -169)
    /// No offset is stored.
    public static let noOffset = KafkaErrorCode(rawValue: -168)
    /// A time-out passed while a request waited in a queue of the client.
    public static let timedOutInQueue = KafkaErrorCode(rawValue: -166)
    /// The broker does not support the operation.
    public static let unsupportedFeature = KafkaErrorCode(rawValue: -165)
    /// The operation is to be tried again.
    public static let retry = KafkaErrorCode(rawValue: -153)
    /// A message was purged before it was sent.
    public static let purgedInQueue = KafkaErrorCode(rawValue: -152)
    /// A message was purged after it was sent, before its acknowledgement.
    public static let purgedInFlight = KafkaErrorCode(rawValue: -151)
    /// The client is dead; `causeOfDeath()` says why.
    public static let fatal = KafkaErrorCode(rawValue: -150)
    /// The producer's view of a partition no longer agrees with the broker's.
    public static let inconsistent = KafkaErrorCode(rawValue: -149)
    /// Order without gaps could not be guaranteed any longer.
    public static let gaplessGuarantee = KafkaErrorCode(rawValue: -148)
    /// `poll` was not called within `max.poll.interval.ms`; the partitions are lost.
    public static let maxPollExceeded = KafkaErrorCode(rawValue: -147)
    /// No such broker.
    public static let unknownBroker = KafkaErrorCode(rawValue: -146)
    /// The client is not configured for the operation.
    public static let notConfigured = KafkaErrorCode(rawValue: -145)
    /// Another client with the same identity has taken this one's place.
    public static let fenced = KafkaErrorCode(rawValue: -144)
    /// The assignment was lost.
    public static let assignmentLost = KafkaErrorCode(rawValue: -142)
    /// There was nothing to do.
    public static let noOperation = KafkaErrorCode(rawValue: -141)
    /// No valid offset to start from, and `auto.offset.reset` is `error`.
    public static let autoOffsetReset = KafkaErrorCode(rawValue: -140)
}

/// Codes of the protocol.
extension KafkaErrorCode {
    /// An offset outside what the partition holds.
    public static let offsetOutOfRange = KafkaErrorCode(rawValue: 1)
    /// The broker does not know the topic or the partition.
    public static let unknownTopicOrPartition = KafkaErrorCode(rawValue: 3)
    /// The partition has no leader at the moment.
    public static let leaderNotAvailable = KafkaErrorCode(rawValue: 5)
    /// The broker no longer leads the partition.
    public static let notLeaderForPartition = KafkaErrorCode(rawValue: 6)
    /// The request timed out at the broker.
    public static let requestTimedOut = KafkaErrorCode(rawValue: 7)
    /// The message, or the batch it was sent in, is larger than allowed.
    public static let messageSizeTooLarge = KafkaErrorCode(rawValue: 10)
    /// The connection was closed before the response.
    public static let networkException = KafkaErrorCode(rawValue: 13)
    /// The coordinator is loading its state; a fresh broker answers so for a moment.
    public static let coordinatorLoadInProgress = KafkaErrorCode(rawValue: 14)
    /// The coordinator is not available.
    public static let coordinatorNotAvailable = KafkaErrorCode(rawValue: 15)
    /// The broker is not the coordinator.
    public static let notCoordinator = KafkaErrorCode(rawValue: 16)
    /// The topic's name is invalid.
    public static let invalidTopic = KafkaErrorCode(rawValue: 17)
    /// The batch is larger than a segment of the broker.
    public static let recordListTooLarge = KafkaErrorCode(rawValue: 18)
    /// Too few replicas are in sync.
    public static let notEnoughReplicas = KafkaErrorCode(rawValue: 19)
    /// Too few replicas were in sync after the message was written.
    public static let notEnoughReplicasAfterAppend = KafkaErrorCode(rawValue: 20)
    /// The brokers know no such number of acknowledgements.
    public static let invalidRequiredAcks = KafkaErrorCode(rawValue: 21)
    /// The group has moved on to another generation.
    public static let illegalGeneration = KafkaErrorCode(rawValue: 22)
    /// The group does not know the member.
    public static let unknownMemberID = KafkaErrorCode(rawValue: 25)
    /// The group is rebalancing.
    public static let rebalanceInProgress = KafkaErrorCode(rawValue: 27)
    /// No permission on the topic.
    public static let topicAuthorizationFailed = KafkaErrorCode(rawValue: 29)
    /// No permission on the group.
    public static let groupAuthorizationFailed = KafkaErrorCode(rawValue: 30)
    /// No permission on the cluster.
    public static let clusterAuthorizationFailed = KafkaErrorCode(rawValue: 31)
    /// The broker does not support the version of the request.
    public static let unsupportedVersion = KafkaErrorCode(rawValue: 35)
    /// The topic exists already.
    public static let topicAlreadyExists = KafkaErrorCode(rawValue: 36)
    /// The broker could not use its disk.
    public static let storage = KafkaErrorCode(rawValue: 56)
    /// The sequence number of a batch was not the next one.
    public static let outOfOrderSequenceNumber = KafkaErrorCode(rawValue: 45)
    /// The producer's epoch is old: it was fenced, or its transaction timed out.
    public static let invalidProducerEpoch = KafkaErrorCode(rawValue: 47)
    /// The transaction is not in the state the request needs.
    public static let invalidTransactionState = KafkaErrorCode(rawValue: 48)
    /// The producer id does not belong to the transactional id.
    public static let invalidProducerIDMapping = KafkaErrorCode(rawValue: 49)
    /// Another request of the same transaction is still under way.
    public static let concurrentTransactions = KafkaErrorCode(rawValue: 51)
    /// No permission on the transactional id.
    public static let transactionalIDAuthorizationFailed = KafkaErrorCode(rawValue: 53)
    /// The broker does not know the producer id.
    public static let unknownProducerID = KafkaErrorCode(rawValue: 59)
    /// The group still has members.
    public static let nonEmptyGroup = KafkaErrorCode(rawValue: 68)
    /// The group does not exist.
    public static let groupIDNotFound = KafkaErrorCode(rawValue: 69)
    /// Another process has the same `group.instance.id`.
    public static let fencedInstanceID = KafkaErrorCode(rawValue: 82)
    /// Offsets of a transaction that is still open stand before those asked for.
    public static let unstableOffsetCommit = KafkaErrorCode(rawValue: 88)
    /// A quota was exceeded.
    public static let throttlingQuotaExceeded = KafkaErrorCode(rawValue: 89)
    /// A newer producer with the same transactional id is at work.
    public static let producerFenced = KafkaErrorCode(rawValue: 90)
}

extension KafkaErrorCode {
    /// Codes of a passing condition, for calls whose error carries no classification of its own.
    static let passing: Set<KafkaErrorCode> = [
        .transport, .resolve, .messageTimedOut, .allBrokersDown, .timedOut, .queueFull, .waitingForCoordinator,
        .inProgress, .previousInProgress, .timedOutInQueue, .retry, .leaderNotAvailable, .notLeaderForPartition,
        .requestTimedOut, .networkException, .coordinatorLoadInProgress, .coordinatorNotAvailable, .notCoordinator,
        .notEnoughReplicas, .notEnoughReplicasAfterAppend, .rebalanceInProgress, .storage, .concurrentTransactions,
        .unstableOffsetCommit, .throttlingQuotaExceeded,
    ]
}
