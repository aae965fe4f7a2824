import CRdKafka

/// Messages of one call of `Consumer.poll`, which it owns until it is cleared, filled again, or goes.
///
/// Made once and reused from poll to poll.
public struct MessageBatch: ~Copyable {
    typealias Slot = UnsafeMutablePointer<rd_kafka_message_t>?

    /// The number of messages the batch can hold.
    public let capacity: Int
    /// The number of messages it holds.
    public private(set) var count = 0

    private let slots: UnsafeMutablePointer<Slot>
    /// Keeps the consumer's client as long as messages of it are here: librdkafka demands that order.
    private var owner: ClientHandle?

    /// Makes an empty batch for up to `capacity` messages, at least 1.
    public init(capacity: Int) {
        self.capacity = max(1, capacity)
        slots = .allocate(capacity: self.capacity)
        slots.initialize(repeating: nil, count: self.capacity)
    }

    deinit {
        for index in 0..<count {
            rd_kafka_message_destroy(slots[index])
        }
        slots.deallocate()
    }

    /// Whether the batch holds no message.
    public var isEmpty: Bool { count == 0 }

    /// A message, in the order of arrival; valid until the batch is cleared. The index must be in `0..<count`.
    public subscript(index: Int) -> Message {
        messages[index]
    }

    /// The messages for several threads at once, each of which may look at its own of them.
    public var messages: BatchMessages { BatchMessages(slots: UnsafeBufferPointer(start: slots, count: count)) }

    /// Gives all messages back to librdkafka; no view of them may be used after that.
    public mutating func clear() {
        for index in 0..<count {
            rd_kafka_message_destroy(slots[index])
        }
        count = 0
        owner = nil
    }

    /// Takes a message that was waited for, and those that have arrived behind it.
    mutating func fill(first: UnsafeMutablePointer<rd_kafka_message_t>, from client: ClientHandle) {
        owner = client
        slots[0] = first
        count = 1
        guard capacity > 1 else { return }
        // The batch call returns when the array is full or the time is up: with none it never waits for more.
        count += max(0, rd_kafka_consume_batch_queue(client.consumerQueue, 0, slots + 1, capacity - 1))
    }

    /// Destroys the messages that `shouldRemove`, and keeps the order of the others.
    public mutating func removeAll(where shouldRemove: (Message) -> Bool) {
        var kept = 0
        for index in 0..<count {
            guard let pointer = slots[index] else { continue }
            if shouldRemove(Message(pointer: pointer)) {
                rd_kafka_message_destroy(pointer)
            } else {
                slots[kept] = pointer
                kept += 1
            }
        }
        count = kept
    }
}

/// The messages of a batch, valid until it is cleared or changed. One thread at a time may look at the same message.
public struct BatchMessages: @unchecked Sendable {
    let slots: UnsafeBufferPointer<MessageBatch.Slot>

    /// The number of messages.
    public var count: Int { slots.count }

    /// A message, in the order of arrival. The index must be in `0..<count`.
    public subscript(index: Int) -> Message {
        let slot = index >= 0 && index < slots.count ? slots[index] : nil
        precondition(slot != nil, "no message at this index of the batch")
        return Message(pointer: slot.unsafelyUnwrapped)
    }
}
