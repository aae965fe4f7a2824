import CRdKafka

extension Consumer {
    /// Leaves the group, with the listener told of what is given up. A second call does nothing.
    ///
    /// The broker need not be reachable for that.
    ///
    /// - Throws: `timedOut` where librdkafka did not finish. A fatal error that has killed the client before.
    public func close(timeoutMilliseconds: Int32 = 10_000) throws(KafkaError) {
        try client.closeConsumer(state, timeoutMilliseconds: timeoutMilliseconds)
    }
}

extension ClientHandle {
    /// Closes a consumer, once.
    ///
    /// By steps, since librdkafka 2.0 may wait for ever, without a time-out of its own, where it is told to close while
    /// a rebalance waits to be served: so first to leave and to serve what comes of that, then to close, for a limited
    /// time.
    func closeConsumer(_ state: ConsumerState, timeoutMilliseconds: Int32) throws(KafkaError) {
        guard !state.isClosed else { return }
        state.isClosed = true
        let start = ContinuousClock.now
        if state.isSubscribed, !isDead {
            leaveGroup(until: start + .milliseconds(timeoutMilliseconds) / 2)
        }
        if state.isSubscribed, !callbacks.hasBeenAssigned, rd_kafka_version() < 0x0203_0000 {
            // Before 2.3.0 librdkafka ends the process with an assertion where it destroys a member that has joined
            // and was never assigned anything.
            isAbandoned = true
        }
        defer { callbacks.loseAll() }
        callbacks.isClosing = true
        let queue: OpaquePointer = rd_kafka_queue_new(pointer)
        defer { rd_kafka_queue_destroy(queue) }
        try KafkaError.check(rd_kafka_consumer_close_queue(pointer, queue), "close the consumer")
        while rd_kafka_consumer_closed(pointer) == 0 {
            guard ContinuousClock.now < start + .milliseconds(timeoutMilliseconds) else {
                isAbandoned = true
                throw KafkaError(
                    RD_KAFKA_RESP_ERR__TIMED_OUT, operation: "close the consumer",
                    reason: "it was not done after \(timeoutMilliseconds) ms")
            }
            guard let event = rd_kafka_queue_poll(queue, 20) else { continue }
            serveRebalance(OwnedEvent(pointer: event))
        }
    }

    /// Any other event comes too late to matter.
    private func serveRebalance(_ event: consuming OwnedEvent) {
        guard rd_kafka_event_type(event.pointer) == RD_KAFKA_EVENT_REBALANCE,
            let partitions = rd_kafka_event_topic_partition_list(event.pointer)
        else { return }
        callbacks.rebalance(pointer, rd_kafka_event_error(event.pointer), partitions)
    }

    /// Ends the subscription, and serves rebalances until nothing is assigned and nothing waits.
    private func leaveGroup(until deadline: ContinuousClock.Instant) {
        guard rd_kafka_unsubscribe(pointer) == RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        while ContinuousClock.now < deadline {
            if let message = rd_kafka_consumer_poll(pointer, 10) {
                // Fetched ahead and never handed out: somebody else will read it.
                rd_kafka_message_destroy(message)
            } else if callbacks.owned.isEmpty {
                return
            }
        }
    }
}
