import CRdKafka

/// Transactions (KIP-98, KIP-447).
///
/// The loop: `initTransactions` once; then `beginTransaction`, `produce`, `sendOffsets`, `commitTransaction`, and so
/// on. What an error asks for stands in it: the same call again (`isRetriable`), `abortTransaction` and back to the
/// committed offsets (`requiresAbort`), or the end of the process (`isFatal`).
extension Producer {
    /// Registers the `transactional.id` with its coordinator, fences older producers with the same one, and ends what
    /// they left open. Blocks up to the time-out.
    public func initTransactions(timeoutMilliseconds: Int32) throws(KafkaError) {
        try check(rd_kafka_init_transactions(client.pointer, timeoutMilliseconds), "initialise transactions")
    }

    /// Opens a transaction; asks no broker.
    public func beginTransaction() throws(KafkaError) {
        try check(rd_kafka_begin_transaction(client.pointer), "begin a transaction")
    }

    /// Adds consumed offsets, of next records, to the open transaction, under a consumer's own group metadata.
    public func sendOffsets(
        _ next: [PartitionOffset], group: borrowing ConsumerGroupMetadata, timeoutMilliseconds: Int32
    ) throws(KafkaError) {
        guard !next.isEmpty else { return }
        let list = PartitionList(next)
        try check(
            rd_kafka_send_offsets_to_transaction(client.pointer, list.pointer, group.pointer, timeoutMilliseconds),
            "send offsets to the transaction")
    }

    /// Flushes what is queued and commits.
    ///
    /// - Throws: `timedOut`, retriable: the commit goes on in the background, and librdkafka takes no other call than
    ///   this one again, not even an abort (`conflict`). Who must be able to abort calls `flush` with the time to spare
    ///   first, and this only if that has succeeded.
    public func commitTransaction(timeoutMilliseconds: Int32) throws(KafkaError) {
        try check(rd_kafka_commit_transaction(client.pointer, timeoutMilliseconds), "commit the transaction")
    }

    /// Purges what is queued and aborts.
    public func abortTransaction(timeoutMilliseconds: Int32) throws(KafkaError) {
        try check(rd_kafka_abort_transaction(client.pointer, timeoutMilliseconds), "abort the transaction")
    }

    private func check(_ error: OpaquePointer?, _ operation: @autoclosure () -> String) throws(KafkaError) {
        poll()
        do throws(KafkaError) {
            try KafkaError.check(error, operation())
        } catch {
            throw client.resolve(error)
        }
    }
}
