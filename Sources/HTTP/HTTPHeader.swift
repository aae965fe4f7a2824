/// A header field of a request or of a response.
public struct HTTPHeader: Hashable, Sendable {
    /// The name, in any case.
    public let name: String
    /// The value, without white space around it.
    public let value: String

    /// Makes a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What the server writes itself: the fields that frame a message, and those that a response has as properties.
    private static let ownedByServer: Set<String> = [
        "cache-control", "connection", "content-length", "content-security-policy", "content-type", "date", "etag",
        "keep-alive", "last-modified", "te", "trailer", "transfer-encoding", "upgrade", "vary",
    ]

    /// Whether a handler may send the field: it can forge no other and is not the server's to write.
    var isAllowedInResponse: Bool { isWellFormed && !HTTPHeader.ownedByServer.contains(name.lowercased()) }

    /// Whether the field has a token as its name and a value of visible ASCII and spaces: less than RFC 9110, section
    /// 5.5, allows, and as much as libmicrohttpd sends.
    var isWellFormed: Bool { HTTPHeader.isToken(name) && HTTPHeader.isValue(value) }

    /// Whether a text is a token (RFC 9110, section 5.6.2).
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default:
                    tokenMarks.contains(byte)
                }
            }
    }

    private static let tokenMarks = Set("!#$%&'*+-.^_`|~".utf8)

    /// Whether a text can be the value of a field.
    static func isValue(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    }
}

extension [HTTPHeader] {
    /// The values of all fields of a name, joined by commas as RFC 9110, section 5.3, has it; nil without such a field.
    public func value(_ name: String) -> String? {
        let found = values(name)
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }

    /// The values of the fields of a name, in order.
    func values(_ name: String) -> [String] {
        filter { $0.name.count == name.count && $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension StringProtocol {
    /// The text without spaces and tabs around it.
    var trimmed: String {
        var rest = Array(utf8)[...]
        while let first = rest.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
