import Primitives

/// Finds the first fault of a document that is no JSON (RFC 8259).
///
/// It is for refused documents alone: it reads byte by byte and knows the place of every fault. Memory and time are
/// linear, and nesting takes no stack.
struct SyntaxChecker {
    private let bytes: UnsafeRawBufferPointer
    private let maximumDepth: Int
    private var position = 0
    /// The open containers; true is an object.
    private var open: [Bool] = []

    init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// The first fault in document order; nil for a valid document, whose member names are not compared.
    mutating func firstFault() -> JSONError? {
        do throws(JSONError) {
            try document()
            return nil
        } catch {
            return error
        }
    }

    private mutating func document() throws(JSONError) {
        skipBlanks()
        guard position < bytes.count else { throw fault(.empty, "a JSON value") }
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { throw fault(.malformed, "a JSON value without byte order mark") }
        repeat {
            while try !value() {}
        } while try separator()
        guard position == bytes.count else { throw unexpected(.trailingContent, "the end of the document") }
    }

    /// Reads what a value begins with.
    /// - Returns: whether the value is complete; else another one is expected inside of it.
    private mutating func value() throws(JSONError) -> Bool {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try container(isObject: true, end: UInt8(ascii: "}"))
        case UInt8(ascii: "["): return try container(isObject: false, end: UInt8(ascii: "]"))
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"): try number()
        case let byte? where Self.isDigit(byte): try number()
        default: throw unexpected(.malformed, "a JSON value")
        }
        return true
    }

    private mutating func container(isObject: Bool, end: UInt8) throws(JSONError) -> Bool {
        guard open.count < maximumDepth else { throw fault(.tooDeep, "at most \(maximumDepth) levels") }
        position += 1
        skipBlanks()
        if take(end) { return true }
        open.append(isObject)
        if isObject { try name("a member name or '}'") }
        return false
    }

    /// Reads what stands behind a complete value.
    /// - Returns: whether another value follows.
    private mutating func separator() throws(JSONError) -> Bool {
        skipBlanks()
        while let isObject = open.last {
            if take(UInt8(ascii: ",")) {
                if isObject { try name("a member name") }
                return true
            }
            guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw unexpected(.malformed, isObject ? "',' or '}'" : "',' or ']'")
            }
            open.removeLast()
            skipBlanks()
        }
        return false
    }

    private mutating func name(_ expected: String) throws(JSONError) {
        skipBlanks()
        guard current == UInt8(ascii: "\"") else { throw unexpected(.malformed, expected) }
        try string()
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { throw unexpected(.malformed, "':'") }
    }

    private mutating func word(_ word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[index]) else { throw unexpected(.malformed, "true, false or null") }
        }
    }

    // MARK: Strings

    private mutating func string() throws(JSONError) {
        position += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                try escape()
            case 0..<0x20:
                throw fault(.malformed, "an escape in place of a control character")
            case 0..<0x80:
                position += 1
            default:
                let length = UTF8Sequence.length(bytes, at: position)
                guard length > 0 else { throw fault(.invalidUTF8, "UTF-8") }
                position += length
            }
        }
        throw fault(.truncated, "the closing quote")
    }

    private mutating func escape() throws(JSONError) {
        let start = position
        position += 1
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            let high = try fourDigits()
            guard 0xd800...0xdfff ~= high else { return }
            if high < 0xdc00, take(UInt8(ascii: "\\")), current == UInt8(ascii: "u") {
                if 0xdc00...0xdfff ~= (try fourDigits()) { return }
            }
            if position == bytes.count { throw fault(.truncated, "a surrogate pair") }
            position = start
            throw fault(.malformed, "a surrogate pair, the high half before the low one")
        default: throw unexpected(.malformed, "an escape")
        }
    }

    /// Reads `u` and the digits behind it.
    private mutating func fourDigits() throws(JSONError) -> UInt32 {
        position += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            switch current {
            case let byte? where Self.isDigit(byte): value = value << 4 | UInt32(byte - 48)
            case let byte? where 97...102 ~= byte | 32: value = value << 4 | UInt32((byte | 32) - 87)
            default: throw unexpected(.malformed, "four hexadecimal digits")
            }
            position += 1
        }
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger ? Int64(text) == nil && UInt64(text) == nil : Double(text)?.isFinite != true {
            position = start
            throw fault(.bigNumber, "an integer of 64 bits or a number within the range of a double")
        }
    }

    private mutating func digits() throws(JSONError) {
        guard let first = current, Self.isDigit(first) else { throw unexpected(.malformed, "a digit") }
        while let byte = current, Self.isDigit(byte) { position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    // MARK: Bytes

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private func fault(_ code: JSONError.Code, _ expected: String) -> JSONError {
        JSONError(code: code, offset: position, expected: expected)
    }

    /// The fault where a byte is not the one expected: none at all, no UTF-8, or another one.
    private func unexpected(_ code: JSONError.Code, _ expected: String) -> JSONError {
        guard let byte = current else { return fault(.truncated, expected) }
        if byte >= 0x80, UTF8Sequence.length(bytes, at: position) < 0 { return fault(.invalidUTF8, "UTF-8") }
        return fault(code, expected)
    }
}
