/// Why a document was refused. It never holds a byte of the document.
public struct JSONError: Error, Sendable, Hashable {
    /// The fault, for programs.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing, or white space alone.
        case empty
        /// More bytes than the extractor accepts.
        case tooLarge
        /// More levels of objects and arrays than the extractor accepts.
        case tooDeep
        /// More values at the paths than the extractor accepts.
        case tooManyValues
        /// Queries that take more steps over the document than the extractor allows.
        case tooManySteps
        /// Bytes that are no UTF-8.
        case invalidUTF8
        /// The document ends before it is complete.
        case truncated
        /// The document breaks the grammar of RFC 8259. A byte order mark does, too.
        case malformed
        /// An object has two members of one name, compared after unescaping.
        case duplicateKey
        /// An integer outside `Int64` and `UInt64`, or a number beyond the range of a double.
        case bigNumber
        /// Something stands behind the document.
        case trailingContent
        /// The memory for the document could not be had: a fault of the environment, not of the document.
        case outOfMemory
    }

    /// The fault, for programs.
    public let code: Code
    /// The byte of the document where it is, from 0; nil where it belongs to no byte.
    public let offset: Int?
    /// What was expected there, in words.
    public let expected: String

    /// Makes an error.
    public init(code: Code, offset: Int?, expected: String) {
        self.code = code
        self.offset = offset
        self.expected = expected
    }

    /// Where, and what was expected.
    public var message: String {
        guard let offset else { return "JSON: expected \(expected)" }
        return "JSON, byte \(offset): expected \(expected)"
    }
}

extension JSONError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
