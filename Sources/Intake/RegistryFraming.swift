import Primitives

/// The frame of payloads whose schema is in a registry: a zero, four bytes of the schema's id, then the payload
/// (https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html, "Wire format").
/// Around JSON it is stepped over; Avro and Protobuf are refused.
enum RegistryFraming {
    private static let length = 5

    /// The document inside; the payload itself where it is not framed.
    static func document(_ payload: UnsafeRawBufferPointer) throws(Fault) -> UnsafeRawBufferPointer {
        // No JSON begins with a zero.
        guard let first = payload.first, first == 0 else { return payload }
        let document = UnsafeRawBufferPointer(rebasing: payload.dropFirst(length))
        let start = document.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }
        guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else {
            throw Fault(
                .registryFraming,
                "payload: expected JSON behind the frame of a schema registry; have the producer use its JSON Schema "
                    + "serialiser in place of Avro or Protobuf")
        }
        return document
    }
}
