import CRdKafka

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A record as it was consumed: a view into librdkafka's memory, valid until its batch is cleared.
public struct Message {
    let pointer: UnsafeMutablePointer<rd_kafka_message_t>

    /// The value in place; nil for a tombstone, which is a legal record.
    public var payload: UnsafeRawBufferPointer? {
        pointer.pointee.payload.map { UnsafeRawBufferPointer(start: $0, count: pointer.pointee.len) }
    }

    /// The key in place; nil where the record has none, which differs from an empty one.
    public var key: UnsafeRawBufferPointer? {
        pointer.pointee.key.map { UnsafeRawBufferPointer(start: $0, count: pointer.pointee.key_len) }
    }

    /// The partition's number.
    public var partition: Int32 { pointer.pointee.partition }

    /// The record's offset in its partition.
    public var offset: Int64 { pointer.pointee.offset }

    /// Milliseconds since 1970-01-01 UTC, set by the producer or the broker; nil where the record has no time.
    public var timestampMilliseconds: Int64? {
        var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let milliseconds = rd_kafka_message_timestamp(pointer, &type)
        return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : milliseconds
    }

    /// The topic's name; makes a string, so not for every message.
    public var topic: String {
        pointer.pointee.rkt.flatMap { rd_kafka_topic_name($0) }.map { String(cString: $0) } ?? ""
    }

    /// Topic and partition; makes a string, so not for every message.
    public var topicPartition: TopicPartition { TopicPartition(topic: topic, partition: partition) }

    /// Whether another message of the same batch is of the same topic, without making a string.
    public func hasSameTopic(as other: Message) -> Bool {
        pointer.pointee.rkt == other.pointer.pointee.rkt
    }
}

/// Headers.
extension Message {
    /// librdkafka's list, which belongs to the message; it is parsed at the first use.
    var nativeHeaders: OpaquePointer? {
        var headers: OpaquePointer?
        return rd_kafka_message_headers(pointer, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR ? headers : nil
    }

    /// Whether the record has headers.
    public var hasHeaders: Bool { nativeHeaders.map { rd_kafka_header_cnt($0) > 0 } ?? false }

    /// Calls `body` for each header in order, a name that occurs twice included; the value is nil where it is null.
    ///
    /// Both are valid until the batch is cleared.
    public func forEachHeader(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void) {
        guard let headers = nativeHeaders else { return }
        var index = 0
        while let header = Message.header(headers, index) {
            body(header.name, header.value)
            index += 1
        }
    }

    /// The last value under a name; nil where there is no such header or its value is null.
    public func lastHeader(_ name: StaticString) -> UnsafeRawBufferPointer? {
        guard let headers = nativeHeaders else { return nil }
        var value: UnsafeRawPointer?
        var size = 0
        let code = name.withUTF8Buffer { name in
            name.withMemoryRebound(to: CChar.self) {
                rd_kafka_header_get_last(headers, $0.baseAddress, &value, &size)
            }
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return value.map { UnsafeRawBufferPointer(start: $0, count: size) }
    }

    static func header(
        _ headers: OpaquePointer, _ index: Int
    ) -> (name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?)? {
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        let code = rd_kafka_header_get_all(headers, index, &name, &value, &size)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let name else { return nil }
        return (
            UnsafeRawBufferPointer(start: name, count: strlen(name)),
            value.map { UnsafeRawBufferPointer(start: $0, count: size) }
        )
    }
}
