import TestThreads
import Testing

@testable import Kafka

@Suite(.ownThread) struct ConfigurationTests {
    @Test func acceptedPropertiesHaveNoFindings() {
        let configuration = ClientConfiguration([
            "bootstrap.servers": "a:9092,b:9092", "group.id": "g", "acks": "all", "sasl.password": "x",
            "compression.type": "lz4",
        ])
        #expect(configuration.findings().isEmpty)
    }

    @Test func anUnknownPropertyIsFoundWithTheNearestName() throws {
        let findings = ClientConfiguration(["bootstrap.server": "a:9092", "zzz.unheard.of.qqqq": "1"]).findings()
        #expect(findings.count == 2)
        let first = try #require(findings.first)
        #expect(first.name == "bootstrap.server")
        #expect(first.nearest == "bootstrap.servers")
        #expect(first.description == "bootstrap.server: no such property; did you mean bootstrap.servers?")
        #expect(findings.last?.nearest == nil)
    }

    @Test func aRefusedValueIsFoundWithTheReason() throws {
        let findings = ClientConfiguration(["session.timeout.ms": "soon", "compression.type": "zip"]).findings()
        #expect(findings.map(\.name) == ["compression.type", "session.timeout.ms"])
        #expect(findings.allSatisfy { $0.nearest == nil })
        #expect(findings.first?.reason.contains("zip") == true)
    }

    @Test func noSecretIsQuoted() {
        let configuration = ClientConfiguration([
            "sasl.pasword": "hunter2", "ssl.keystore.password": "hunter2", "sasl.oauthbearer.client.secret": "hunter2",
            "ssl.key.pem": "hunter2",
        ])
        #expect(!configuration.findings().map(\.description).joined().contains("hunter2"))
        #expect(configuration.findings().first { $0.name == "sasl.pasword" }?.nearest == "sasl.password")
        #expect(!"\(configuration)".contains("hunter2"))
        #expect(!String(reflecting: configuration).contains("hunter2"))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test func propertyNamesAreThoseOfTheLibrary() {
        let names = ClientConfiguration.propertyNames
        #expect(names.count > 100)
        #expect(names == names.sorted())
        for name in ["bootstrap.servers", "transactional.id", "group.id", "sasl.password", "auto.offset.reset"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(names.contains("acks"), "an alias")
        #expect(!names.contains("rebalance_cb") && !names.contains("opaque") && !names.contains("Property"))
        #expect(!ClientConfiguration.isSecret("bootstrap.servers"))
        #expect(!ClientConfiguration.isSecret("sasl.username"))
        #expect(ClientConfiguration.isSecret("sasl.password"))
    }

    @Test func aDefaultStandsBackBehindWhatIsSet() {
        var configuration = ClientConfiguration(["linger.ms": "1"])
        configuration.setDefault("linger.ms", "5")
        configuration.setDefault("acks", "all")
        #expect(configuration["linger.ms"] == "1")
        #expect(configuration["acks"] == "all")
        configuration["acks"] = nil
        #expect(configuration == ClientConfiguration(["linger.ms": "1"]))
    }

    @Test func aClientRefusesWhatIsRefused() {
        let error = #expect(throws: KafkaError.self) {
            _ = try Producer(ClientConfiguration(["no.such": "1"])) { _ in }
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.description == "could not set the property no.such: _INVALID_ARG: no such property")
        let noGroup = #expect(throws: KafkaError.self) {
            _ = try Consumer(ClientConfiguration(["bootstrap.servers": "127.0.0.1:1"])) { _ in }
        }
        #expect(noGroup?.reason == "a consumer needs the property group.id")
        // Found only when the client is made: librdkafka checks some properties together.
        #expect(throws: KafkaError.self) {
            _ = try Producer(ClientConfiguration(["transactional.id": "t", "enable.idempotence": "false"])) { _ in }
        }
    }

    @Test(arguments: [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("abc", "abc", 0), ("", "xyz", 3)])
    func editDistance(_ left: String, _ right: String, _ distance: Int) {
        #expect(ClientConfiguration.editDistance(Array(left.utf8), Array(right.utf8)) == distance)
    }

    @Test func codesHaveNamesAndMeanings() {
        #expect(KafkaErrorCode.queueFull.name == "_QUEUE_FULL")
        #expect(KafkaErrorCode.messageSizeTooLarge.name == "MSG_SIZE_TOO_LARGE")
        #expect(KafkaErrorCode.unknownTopicOrPartition.name == "UNKNOWN_TOPIC_OR_PART")
        #expect(KafkaErrorCode.fenced.name == "_FENCED")
        #expect(KafkaErrorCode.allBrokersDown.name == "_ALL_BROKERS_DOWN")
        #expect(!KafkaErrorCode.timedOut.meaning.isEmpty)
        #expect(!KafkaErrorCode(rawValue: 4711).name.isEmpty)
    }

    @Test func everyCodeHasTheNameOfItsNumber() {
        let names: [(KafkaErrorCode, String)] = [
            (.destroyed, "_DESTROY"), (.transport, "_TRANSPORT"), (.resolve, "_RESOLVE"),
            (.messageTimedOut, "_MSG_TIMED_OUT"), (.partitionEnd, "_PARTITION_EOF"),
            (.unknownPartition, "_UNKNOWN_PARTITION"), (.unknownTopic, "_UNKNOWN_TOPIC"),
            (.invalidArgument, "_INVALID_ARG"), (.timedOut, "_TIMED_OUT"), (.ssl, "_SSL"),
            (.waitingForCoordinator, "_WAIT_COORD"), (.unknownGroup, "_UNKNOWN_GROUP"), (.inProgress, "_IN_PROGRESS"),
            (.previousInProgress, "_PREV_IN_PROGRESS"), (.conflict, "_CONFLICT"), (.state, "_STATE"),
            (.authentication, "_AUTHENTICATION"), (.noOffset, "_NO_OFFSET"), (.timedOutInQueue, "_TIMED_OUT_QUEUE"),
            (.unsupportedFeature, "_UNSUPPORTED_FEATURE"), (.retry, "_RETRY"), (.purgedInQueue, "_PURGE_QUEUE"),
            (.purgedInFlight, "_PURGE_INFLIGHT"), (.fatal, "_FATAL"), (.inconsistent, "_INCONSISTENT"),
            (.gaplessGuarantee, "_GAPLESS_GUARANTEE"), (.maxPollExceeded, "_MAX_POLL_EXCEEDED"),
            (.unknownBroker, "_UNKNOWN_BROKER"), (.notConfigured, "_NOT_CONFIGURED"),
            (.assignmentLost, "_ASSIGNMENT_LOST"), (.noOperation, "_NOOP"), (.autoOffsetReset, "_AUTO_OFFSET_RESET"),
            (.offsetOutOfRange, "OFFSET_OUT_OF_RANGE"), (.leaderNotAvailable, "LEADER_NOT_AVAILABLE"),
            (.notLeaderForPartition, "NOT_LEADER_FOR_PARTITION"), (.requestTimedOut, "REQUEST_TIMED_OUT"),
            (.networkException, "NETWORK_EXCEPTION"), (.coordinatorLoadInProgress, "COORDINATOR_LOAD_IN_PROGRESS"),
            (.coordinatorNotAvailable, "COORDINATOR_NOT_AVAILABLE"), (.notCoordinator, "NOT_COORDINATOR"),
            (.invalidTopic, "TOPIC_EXCEPTION"), (.recordListTooLarge, "RECORD_LIST_TOO_LARGE"),
            (.notEnoughReplicas, "NOT_ENOUGH_REPLICAS"), (.storage, "KAFKA_STORAGE_ERROR"),
            (.notEnoughReplicasAfterAppend, "NOT_ENOUGH_REPLICAS_AFTER_APPEND"),
            (.illegalGeneration, "ILLEGAL_GENERATION"), (.unknownMemberID, "UNKNOWN_MEMBER_ID"),
            (.rebalanceInProgress, "REBALANCE_IN_PROGRESS"), (.unsupportedVersion, "UNSUPPORTED_VERSION"),
            (.topicAuthorizationFailed, "TOPIC_AUTHORIZATION_FAILED"), (.topicAlreadyExists, "TOPIC_ALREADY_EXISTS"),
            (.groupAuthorizationFailed, "GROUP_AUTHORIZATION_FAILED"),
            (.clusterAuthorizationFailed, "CLUSTER_AUTHORIZATION_FAILED"),
            (.outOfOrderSequenceNumber, "OUT_OF_ORDER_SEQUENCE_NUMBER"),
            (.invalidProducerEpoch, "INVALID_PRODUCER_EPOCH"), (.invalidTransactionState, "INVALID_TXN_STATE"),
            (.invalidProducerIDMapping, "INVALID_PRODUCER_ID_MAPPING"),
            (.concurrentTransactions, "CONCURRENT_TRANSACTIONS"), (.unknownProducerID, "UNKNOWN_PRODUCER_ID"),
            (.transactionalIDAuthorizationFailed, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"),
            (.nonEmptyGroup, "NON_EMPTY_GROUP"), (.groupIDNotFound, "GROUP_ID_NOT_FOUND"),
            (.fencedInstanceID, "FENCED_INSTANCE_ID"), (.unstableOffsetCommit, "UNSTABLE_OFFSET_COMMIT"),
            (.throttlingQuotaExceeded, "THROTTLING_QUOTA_EXCEEDED"), (.producerFenced, "PRODUCER_FENCED"),
        ]
        for (code, name) in names {
            #expect(code.name == name)
        }
    }
}
