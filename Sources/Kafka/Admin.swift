import CRdKafka

#if canImport(Glibc)
    import Glibc
#endif

/// Looks at topics and groups and changes them. Every call blocks up to its time-out.
public struct Admin: ~Copyable {
    let client: ClientHandle
    let configuration: ClientConfiguration

    /// Makes a client for administration.
    public init(
        _ configuration: ClientConfiguration, onEvent: @escaping (ClientEvent) -> Void
    ) throws(KafkaError) {
        client = try ClientHandle(RD_KAFKA_PRODUCER, configuration, onEvent: onEvent)
        self.configuration = configuration
    }

    /// All topics, by name, internal ones included.
    public func topics(timeoutMilliseconds: Int32) throws(KafkaError) -> [TopicDescription] {
        try client.topics(timeoutMilliseconds).sorted { $0.name < $1.name }
    }

    /// One topic; nil where it does not exist.
    public func topic(_ name: String, timeoutMilliseconds: Int32) throws(KafkaError) -> TopicDescription? {
        // To ask for one topic may create it; to ask for all never does.
        try client.topics(timeoutMilliseconds).first { $0.name == name }
    }

    /// Waits until topics that were created are there with all their partitions, each with a leader: a cluster tells of
    /// a new topic a little after it has agreed to make it.
    ///
    /// - Returns: those that are not; empty where all are.
    public func waitForTopics(
        _ topics: [NewTopic], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [NewTopic] {
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        var missing = topics
        while !missing.isEmpty {
            do throws(KafkaError) {
                let known = try self.topics(timeoutMilliseconds: min(1000, max(1, timeoutMilliseconds)))
                missing = topics.filter { topic in
                    !known.contains {
                        $0.name == topic.name && $0.partitions >= topic.partitions && $0.leaderlessPartitions == 0
                    }
                }
            } catch {
                guard error.isRetriable else { throw error }
            }
            if missing.isEmpty || ContinuousClock.now >= deadline { break }
            usleep(100_000)
        }
        return missing
    }

    /// Creates topics; the result of each, in the order given.
    public func createTopics(
        _ topics: [NewTopic], timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicResult] {
        guard !topics.isEmpty else { return [] }
        var natives: [OpaquePointer?] = []
        defer { rd_kafka_NewTopic_destroy_array(&natives, natives.count) }
        for topic in topics {
            var message = [CChar](repeating: 0, count: 512)
            guard
                let native = rd_kafka_NewTopic_new(
                    topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replicationFactor),
                    &message, message.count)
            else {
                throw KafkaError(
                    code: .invalidArgument, operation: "create the topic \(topic.name)", reason: text(message))
            }
            natives.append(native)
            for (name, value) in topic.configuration {
                try KafkaError.check(
                    rd_kafka_NewTopic_set_config(native, name, value), "set \(name) of the topic \(topic.name)")
            }
        }
        let event = try call(RD_KAFKA_ADMIN_OP_CREATETOPICS, "create topics", timeoutMilliseconds) { options, queue in
            rd_kafka_CreateTopics(client.pointer, &natives, natives.count, options, queue)
        }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.pointer), &count)
        return Admin.topicResults(results, count, "create the topic")
    }

    /// Deletes topics with all they hold; the result of each, in the order given.
    public func deleteTopics(_ names: [String], timeoutMilliseconds: Int32) throws(KafkaError) -> [TopicResult] {
        guard !names.isEmpty else { return [] }
        var natives: [OpaquePointer?] = names.map { rd_kafka_DeleteTopic_new($0) }
        defer { rd_kafka_DeleteTopic_destroy_array(&natives, natives.count) }
        let event = try call(RD_KAFKA_ADMIN_OP_DELETETOPICS, "delete topics", timeoutMilliseconds) { options, queue in
            rd_kafka_DeleteTopics(client.pointer, &natives, natives.count, options, queue)
        }
        var count = 0
        let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event.pointer), &count)
        return Admin.topicResults(results, count, "delete the topic")
    }

    private static func topicResults(
        _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ operation: String
    ) -> [TopicResult] {
        UnsafeBufferPointer(start: results, count: count).map { result in
            let name = String(cString: rd_kafka_topic_result_name(result))
            let code = rd_kafka_topic_result_error(result)
            let reason = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
            let failed = code != RD_KAFKA_RESP_ERR_NO_ERROR
            return TopicResult(
                name: name, error: failed ? KafkaError(code, operation: "\(operation) \(name)", reason: reason) : nil)
        }
    }
}

extension Admin {
    /// Submits a request and waits for its result.
    func call(
        _ api: rd_kafka_admin_op_t, _ operation: String, _ timeoutMilliseconds: Int32,
        _ submit: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void
    ) throws(KafkaError) -> OwnedEvent {
        let queue = rd_kafka_queue_new(client.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        let options = rd_kafka_AdminOptions_new(client.pointer, api)
        defer { rd_kafka_AdminOptions_destroy(options) }
        var message = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_AdminOptions_set_request_timeout(
            options, max(1, timeoutMilliseconds), &message, message.count)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(code, operation: operation, reason: text(message))
        }
        submit(options, queue)
        // The request has a time-out of its own; a little more lets its report arrive.
        let event = rd_kafka_queue_poll(queue, max(1, timeoutMilliseconds) + 1000)
        rd_kafka_poll(client.pointer, 0)
        guard let event else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation: operation)
        }
        let result = OwnedEvent(pointer: event)
        let failure = rd_kafka_event_error(event)
        guard failure == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let reason = rd_kafka_event_error_string(event).map { String(cString: $0) }
            throw KafkaError(failure, operation: operation, reason: reason)
        }
        return result
    }
}

extension ClientHandle {
    /// All topics that have no error.
    func topics(_ timeoutMilliseconds: Int32) throws(KafkaError) -> [TopicDescription] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(pointer, 1, nil, &metadata, timeoutMilliseconds)
        rd_kafka_poll(pointer, 0)
        try KafkaError.check(code, "list the topics")
        guard let metadata else { return [] }
        defer { rd_kafka_metadata_destroy(metadata) }
        let topics = UnsafeBufferPointer(start: metadata.pointee.topics, count: Int(metadata.pointee.topic_cnt))
        return topics.filter { $0.err == RD_KAFKA_RESP_ERR_NO_ERROR }.map { TopicDescription($0) }
    }
}
