import CRdKafka

/// The properties of topics.
extension Admin {
    /// All properties of a topic and their values, defaults included, by the broker's names.
    public func topicConfiguration(
        _ name: String, timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: String] {
        try describe(name, timeoutMilliseconds).mapValues(\.value)
    }

    /// Sets properties of a topic and leaves its other ones as they are.
    ///
    /// librdkafka 2.0 can only replace all at once: what was set is read first and written again, so a change that
    /// somebody else makes at the same moment may be lost.
    public func alterTopicConfiguration(
        _ name: String, _ changes: [String: String], timeoutMilliseconds: Int32
    ) throws(KafkaError) {
        let set = try describe(name, timeoutMilliseconds).filter { $0.value.isSetOnTopic }.mapValues(\.value)
        var resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        for (property, value) in set.merging(changes, uniquingKeysWith: { _, new in new }) {
            try KafkaError.check(
                rd_kafka_ConfigResource_set_config(resource, property, value), "set \(property) of the topic \(name)")
        }
        let operation = "alter the properties of the topic \(name)"
        let event = try call(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, operation, timeoutMilliseconds) { options, queue in
            rd_kafka_AlterConfigs(client.pointer, &resource, 1, options, queue)
        }
        var count = 0
        let results = rd_kafka_AlterConfigs_result_resources(
            rd_kafka_event_AlterConfigs_result(event.pointer), &count)
        _ = try Admin.resource(results, count, operation)
    }

    private func describe(
        _ name: String, _ timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: (value: String, isSetOnTopic: Bool)] {
        var resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name)
        defer { rd_kafka_ConfigResource_destroy(resource) }
        let operation = "get the properties of the topic \(name)"
        let event = try call(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, operation, timeoutMilliseconds) { options, queue in
            rd_kafka_DescribeConfigs(client.pointer, &resource, 1, options, queue)
        }
        var count = 0
        let results = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(event.pointer), &count)
        let described = try Admin.resource(results, count, operation)
        let entries = rd_kafka_ConfigResource_configs(described, &count)
        var properties: [String: (value: String, isSetOnTopic: Bool)] = [:]
        for entry in UnsafeBufferPointer(start: entries, count: count) {
            guard let property = rd_kafka_ConfigEntry_name(entry), let value = rd_kafka_ConfigEntry_value(entry) else {
                continue  // a sensitive one
            }
            let source = rd_kafka_ConfigEntry_source(entry)
            properties[String(cString: property)] = (
                String(cString: value), source == RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG
            )
        }
        return properties
    }

    /// The only resource of a result, or its error.
    private static func resource(
        _ resources: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ operation: String
    ) throws(KafkaError) -> OpaquePointer {
        guard count == 1, let resource = resources?[0] else {
            throw KafkaError(code: .inconsistent, operation: operation, reason: "the answer names \(count) topics")
        }
        let code = rd_kafka_ConfigResource_error(resource)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let reason = rd_kafka_ConfigResource_error_string(resource).map { String(cString: $0) }
            throw KafkaError(code, operation: operation, reason: reason)
        }
        return resource
    }
}
