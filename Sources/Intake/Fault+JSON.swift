import JSON

extension Fault {
    /// The fault that an error of the parser is.
    init(_ error: JSONError, _ limits: EventLimits) {
        switch error.code {
        case .empty:
            self.init(.payloadEmpty, "payload: expected a JSON document; a withdrawal is a null payload with a key")
        case .tooLarge: self = .tooLarge(limits)
        case .tooManyValues, .tooManySteps:
            self.init(.tooLarge, "payload, at the paths of the profile: expected \(error.expected); split the event")
        case .tooDeep:
            self.init(.tooDeep, "payload: expected at most \(limits.depth) levels of arrays and objects")
        case .invalidUTF8: self.init(.notUTF8, "payload: expected UTF-8")
        case .duplicateKey: self.init(.duplicateKey, "payload: expected every member of an object once")
        case .bigNumber: self.init(.numberRange, "payload: expected numbers that fit 64 bits")
        default: self.init(.malformed, "payload: expected one JSON document (RFC 8259): \(error.message)")
        }
    }

    /// The fault of a payload that is too long.
    static func tooLarge(_ limits: EventLimits) -> Fault {
        Fault(.tooLarge, "payload: expected at most \(limits.bytes) bytes; raise event.bytes.max or split it")
    }
}
