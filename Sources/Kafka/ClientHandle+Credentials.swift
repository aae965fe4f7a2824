import CRdKafka

extension ClientHandle {
    /// Has SASL's PLAIN and SCRAM use another name and password from the next connection on; connections stay.
    fileprivate func setCredentials(_ name: String, _ password: String) throws(KafkaError) {
        try KafkaError.check(rd_kafka_sasl_set_credentials(pointer, name, password), "set the credentials")
    }
}

extension Consumer {
    /// Has SASL's PLAIN and SCRAM use another name and password from the next connection on; connections stay.
    public func setCredentials(name: String, password: String) throws(KafkaError) {
        try client.setCredentials(name, password)
    }
}

extension Producer {
    /// Has SASL's PLAIN and SCRAM use another name and password from the next connection on; connections stay.
    public func setCredentials(name: String, password: String) throws(KafkaError) {
        try client.setCredentials(name, password)
    }

    /// Waits until a broker has let the client in and answered.
    public func reachBroker(timeoutMilliseconds: Int32) throws(KafkaError) {
        try client.reachBroker(timeoutMilliseconds)
    }
}

extension ClientHandle {
    /// Asks for the metadata of the topics that the client knows of already.
    func reachBroker(_ timeoutMilliseconds: Int32) throws(KafkaError) {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(pointer, 0, nil, &metadata, timeoutMilliseconds)
        // Errors of connections come as events, and say more.
        rd_kafka_poll(pointer, 0)
        if let metadata { rd_kafka_metadata_destroy(metadata) }
        try KafkaError.check(code, "reach a broker")
    }
}
