import CRdKafka

/// Where the reading of newly assigned partitions begins.
extension Consumer {
    /// Sees to it that newly assigned partitions are read from no offset before the committed one.
    ///
    /// Where a member that was killed has left a transaction open, its group's offsets cannot be had before that ends.
    /// If the assignment changes meanwhile, librdkafka (2.0, and later ones) takes a partition of which it knows
    /// nothing for one that nobody has ever committed, and begins it where `auto.offset.reset` says: at the beginning
    /// of the topic. So the first message of each is compared with what is committed. Those of a partition that began
    /// too early are dropped, and it is read again from there; likewise where that cannot be known yet.
    func checkStarts(of batch: inout MessageBatch) {
        guard !client.callbacks.unchecked.isEmpty, !batch.isEmpty else { return }
        let firsts = uncheckedFirsts(of: batch)
        guard !firsts.isEmpty else { return }
        client.callbacks.unchecked.subtract(firsts.keys)
        do throws(KafkaError) {
            let committed = try committed(Array(firsts.keys), timeoutMilliseconds: 1000)
            for position in committed where position.offset > firsts[position.topicPartition] ?? .max {
                state.awaitingRewind.insert(position.topicPartition)
            }
        } catch {
            client.callbacks.onEvent(.error(error))
            state.awaitingRewind.formUnion(firsts.keys)
        }
        guard !state.awaitingRewind.isEmpty else { return }
        batch.removeAll { state.awaitingRewind.contains($0.topicPartition) }
    }

    /// The first offset in the batch of each partition that was not checked. Messages come in runs of one partition.
    private func uncheckedFirsts(of batch: borrowing MessageBatch) -> [TopicPartition: Int64] {
        var firsts: [TopicPartition: Int64] = [:]
        var run: (topic: OpaquePointer?, partition: Int32) = (nil, -1)
        for index in 0..<batch.count {
            let message = batch[index]
            let place = (topic: message.pointer.pointee.rkt, partition: message.partition)
            guard place != run else { continue }
            run = place
            let partition = message.topicPartition
            if firsts[partition] == nil, client.callbacks.unchecked.contains(partition) {
                firsts[partition] = message.offset
            }
        }
        return firsts
    }
}
