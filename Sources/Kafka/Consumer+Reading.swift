extension Consumer {
    /// Reads partitions from the given offsets to their ends, and hands each message to `body`, those of one partition
    /// in order. For a consumer of its own with `reportsPartitionEnds`; it takes part in no group.
    ///
    /// - Parameter timeoutMilliseconds: how long it may take altogether.
    /// - Returns: false where the time was over before every end was reached.
    public func read(
        _ starts: [PartitionOffset], timeoutMilliseconds: Int, _ body: (Message) -> Void
    ) throws(KafkaError) -> Bool {
        try assign(starts)
        var batch = MessageBatch(capacity: 1000)
        var open = Set(starts.map(\.topicPartition))
        let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
        while !open.isEmpty {
            if ContinuousClock.now >= deadline { return false }
            try poll(into: &batch, timeoutMilliseconds: 100)
            for index in 0..<batch.count { body(batch[index]) }
            for end in takePartitionEnds() { open.remove(end.topicPartition) }
        }
        return true
    }
}
