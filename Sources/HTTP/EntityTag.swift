/// A strong entity tag (RFC 9110, section 8.8.3).
public struct EntityTag: Hashable, Sendable {
    /// What stands between the quotes.
    public let value: String

    /// Takes what is to stand between the quotes.
    /// - Returns: nil where it has a character that a tag cannot have: a quote, a space, a control or no ASCII.
    public init?(_ value: String) {
        guard value.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\"") }) else { return nil }
        self.value = value
    }

    init(hexadecimal: String) { value = hexadecimal }

    /// The tag of the same content compressed: two representations must not share a strong tag.
    var ofGzip: EntityTag { EntityTag(hexadecimal: value + "-gzip") }

    /// As in the field `ETag`.
    var field: String { "\"\(value)\"" }

    /// Whether `If-None-Match` names the tag, by weak comparison (RFC 9110, section 13.1.2). A list that is broken
    /// counts as far as it can be read.
    func isNamed(by list: String) -> Bool {
        if list.trimmed == "*" { return true }
        var rest = Array(list.utf8)[...]
        while let tag = EntityTag.next(&rest) {
            if tag.elementsEqual(value.utf8) { return true }
        }
        return false
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        while let byte = rest.first, byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") {
            rest = rest.dropFirst()
        }
        if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
        guard rest.first == UInt8(ascii: "\"") else { return nil }
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }
}
