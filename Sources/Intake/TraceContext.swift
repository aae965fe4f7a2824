/// W3C Trace Context (https://www.w3.org/TR/trace-context/): what is not of its form is not passed on.
enum TraceContext {
    /// True for `00-<32 hex>-<16 hex>-<2 hex>` in lower case, with ids that are not all zero.
    static func isParent(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count == 55, text[2] == dash, text[35] == dash, text[52] == dash else { return false }
        for index in 0..<55 where index != 2 && index != 35 && index != 52 {
            guard isHex(text[index]) else { return false }
        }
        return text[0..<2].contains { $0 != UInt8(ascii: "f") } && text[3..<35].contains { $0 != zero }
            && text[36..<52].contains { $0 != zero }
    }

    /// True for at most 32 members `key=value` of at most 512 bytes altogether, without spaces.
    static func isState(_ text: UnsafeRawBufferPointer) -> Bool {
        guard !text.isEmpty, text.count <= 512 else { return false }
        let members = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return members.count <= 32
            && members.allSatisfy { member in
                guard let equals = member.firstIndex(of: UInt8(ascii: "=")), equals > member.startIndex else {
                    return false
                }
                return member.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            }
    }

    private static let dash = UInt8(ascii: "-")
    private static let zero = UInt8(ascii: "0")

    private static func isHex(_ byte: UInt8) -> Bool {
        byte &- 48 < 10 || byte &- 97 < 6
    }
}

extension EventHeaders {
    /// The `traceparent`, where it is of its form.
    public var checkedTraceparent: UnsafeRawBufferPointer? {
        traceparent.flatMap { TraceContext.isParent($0) ? $0 : nil }
    }

    /// The id of the trace, 32 hexadecimal digits, of a `traceparent` that is of its form.
    public var traceID: String? {
        checkedTraceparent.map { String(decoding: $0[3..<35], as: UTF8.self) }
    }

    /// The `tracestate`, where it is of its form, and belongs to a `traceparent` that is, as W3C Trace Context has it.
    public var checkedTracestate: UnsafeRawBufferPointer? {
        guard let tracestate, TraceContext.isState(tracestate), checkedTraceparent != nil else { return nil }
        return tracestate
    }
}
