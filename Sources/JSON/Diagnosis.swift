import CSimdJSON

/// Turns what the parser says of a refused document into an error with a place.
///
/// simdjson names a kind of fault, and not the same one on every machine. So a refused document is read once more,
/// slowly, and the error is the first fault in document order.
struct Diagnosis {
    private let document: UnsafeRawBufferPointer
    private let limits: Limits

    init(_ document: UnsafeRawBufferPointer, _ limits: Limits) {
        self.document = document
        self.limits = limits
    }

    static var outOfMemory: JSONError {
        JSONError(code: .outOfMemory, offset: nil, expected: "memory for the document")
    }

    static func tooManyValues(_ limits: Limits) -> JSONError {
        JSONError(code: .tooManyValues, offset: nil, expected: "at most \(limits.values) values at the paths")
    }

    func explain(_ result: csj_result) -> JSONError {
        switch result.status {
        case CSJ_TOO_LARGE:
            return JSONError(code: .tooLarge, offset: nil, expected: "at most \(limits.bytes) bytes")
        case CSJ_TOO_MANY_VALUES:
            return Self.tooManyValues(limits)
        case CSJ_OUT_OF_MEMORY:
            return Self.outOfMemory
        case CSJ_DUPLICATE_KEY:
            let offset = Int(exactly: result.offset)
            return JSONError(code: .duplicateKey, offset: offset, expected: "each member name once in an object")
        default:
            var checker = SyntaxChecker(document, maximumDepth: limits.depth)
            return checker.firstFault() ?? unplaced(result.status)
        }
    }

    /// What is left to say should the two parsers disagree.
    private func unplaced(_ status: csj_status) -> JSONError {
        switch status {
        case CSJ_EMPTY: JSONError(code: .empty, offset: nil, expected: "a JSON value")
        case CSJ_TOO_DEEP: JSONError(code: .tooDeep, offset: nil, expected: "at most \(limits.depth) levels")
        case CSJ_INVALID_UTF8: JSONError(code: .invalidUTF8, offset: nil, expected: "UTF-8")
        default: JSONError(code: .malformed, offset: nil, expected: "a document after RFC 8259")
        }
    }
}
