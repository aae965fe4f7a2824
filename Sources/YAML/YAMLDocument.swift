/// Why a document could not be read: where, what was expected, and what to do.
public struct YAMLError: Error, CustomStringConvertible, Sendable {
    /// The name of the file as the caller gave it.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
    /// What was expected there.
    public let message: String

    /// Makes an error at a place.
    public init(file: String, line: Int, column: Int, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// `file:line:column: message`.
    public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// How large a document may be before it is refused.
public struct YAMLLimits: Sendable {
    /// Bytes of the file.
    public var bytes = 64 << 20
    /// Lists and mappings inside one another.
    public var depth = 64
    /// Scalars, lists and mappings altogether, keys included.
    public var nodes = 1_000_000

    /// The defaults: 64 MiB, 64 levels, a million nodes.
    public init() {}
}

/// Reading of YAML 1.1 and 1.2 files as far as configuration needs it, and of JSON (RFC 8259), which is a subset.
///
/// One document to a file. Anchors and aliases are refused (they are how a small file becomes a huge one), and so are
/// tags, keys that are no scalars, and keys that stand twice in one mapping.
public enum YAMLDocument {
    /// The tree of a document; an empty file is an empty scalar (`isNull`).
    /// - Parameter bytes: the file, in UTF-8 (or UTF-16 with a byte order mark).
    /// - Parameter file: the name to put into errors.
    /// - Throws: the first fault found.
    public static func parse(
        _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> YAMLNode {
        guard bytes.count <= limits.bytes else {
            throw YAMLError(
                file: file, line: 1, column: 1,
                message: "the file has \(bytes.count) bytes; at most \(limits.bytes) are read: split it")
        }
        let readable = JSONCharacters.escaped(JSONEscapes.joined(bytes))
        return try readable.withUnsafeBufferPointer { (input) throws(YAMLError) -> YAMLNode in
            guard let events = EventParser(input, file: file) else {
                throw YAMLError(file: file, line: 1, column: 1, message: "there is no memory to read the file")
            }
            var builder = TreeBuilder(events: events, limits: limits)
            return try builder.document()
        }
    }
}

/// JSON writes a character beyond U+FFFF as two `\u` escapes (RFC 8259, section 7), which libyaml refuses.
enum JSONEscapes {
    /// The document with such pairs written as the one escape `\U0001F600` of YAML; anything but JSON as it is.
    static func joined(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let first = text.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while let backslash = bytes[position...].firstIndex(of: UInt8(ascii: "\\")) {
            position = min(backslash + 2, bytes.count)
            guard let high = unit(bytes, backslash), (0xD800..<0xDC00).contains(high),
                let low = unit(bytes, backslash + 6), (0xDC00..<0xE000).contains(low)
            else { continue }
            let scalar = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
            let digits = String(scalar, radix: 16)
            result += bytes[copied..<backslash]
            result += "\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".utf8
            position = backslash + 12
            copied = position
        }
        return copied == 0 ? bytes : result + bytes[copied...]
    }

    /// The UTF-16 code unit of an escape, `\u` and four digits, at a place, or nil.
    private static func unit(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"), bytes[start + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = bytes[(start + 2)..<(start + 6)]
        guard digits.allSatisfy({ $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6 }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
