import CRdKafka

/// Headers for messages to produce, prepared once and copied for each message.
public struct HeaderList: ~Copyable {
    let pointer: OpaquePointer

    /// Makes an empty list with room for `capacity` headers; it grows beyond that.
    public init(capacity: Int) {
        pointer = rd_kafka_headers_new(max(0, capacity))
    }

    /// Copies the headers of a message byte for byte, null values and repeated names included.
    public init(copying message: Message) {
        if let headers = message.nativeHeaders {
            pointer = rd_kafka_headers_copy(headers)
        } else {
            pointer = rd_kafka_headers_new(8)
        }
    }

    private init(taking pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        rd_kafka_headers_destroy(pointer)
    }

    /// The number of headers.
    public var count: Int { rd_kafka_header_cnt(pointer) }

    /// A list of its own with the same headers.
    public func copy() -> HeaderList {
        HeaderList(taking: rd_kafka_headers_copy(pointer))
    }

    /// Adds a header; a nil value is null on the wire, which differs from an empty one. Copies both.
    public mutating func add(_ name: String, _ value: UnsafeRawBufferPointer?) {
        var name = name
        name.withUTF8 { add(UnsafeRawBufferPointer($0), value) }
    }

    /// Adds a header with a text as its value.
    public mutating func add(_ name: String, _ value: String) {
        var value = value
        value.withUTF8 { add(name, UnsafeRawBufferPointer($0)) }
    }

    /// Adds a header whose name is given as UTF-8 bytes. Copies both.
    public mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
        let name = name.nonNull
        let value = value?.nonNull
        // It fails only for a list that belongs to a message, which this never is.
        _ = rd_kafka_header_add(
            pointer, name.baseAddress?.assumingMemoryBound(to: CChar.self), name.count,
            value?.baseAddress, value?.count ?? 0)
    }

    /// Removes every header of this name.
    public mutating func removeAll(_ name: String) {
        _ = rd_kafka_header_remove(pointer, name)
    }

    /// Calls `body` for each header in order; both buffers are valid within the call.
    public func forEach(_ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) -> Void) {
        var index = 0
        while let header = Message.header(pointer, index) {
            body(header.name, header.value)
            index += 1
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The same bytes at an address that is not null: librdkafka tells empty from null by the address.
    var nonNull: UnsafeRawBufferPointer {
        baseAddress == nil ? UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 8), count: 0) : self
    }
}
