public import Primitives

/// A value of a YAML or JSON document with the place where it stands.
///
/// Nothing is typed by its look (YAML 1.2.2, section 10.1, the failsafe schema): `NO`, `1.10` and `2025-02-11` stay
/// the text that the author wrote, and the accessors below read that text as what the caller expects there.
public struct YAMLNode: Sendable {
    /// How a scalar was written: without quotes, or in quotes or as a block (`|`, `>`).
    public enum Style: Sendable {
        /// Without quotes.
        case plain
        /// In single or double quotes, or as a block.
        case quoted
    }

    /// What a node holds.
    public enum Content: Sendable {
        /// A piece of text, escapes resolved.
        case scalar(String, style: Style)
        /// The items of a list.
        case sequence([YAMLNode])
        /// The members of a mapping in the order of the document; every key is a scalar and stands once.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    /// The value.
    public let content: Content
    /// The line of its first character, from 1.
    public let line: Int
    /// The column of its first character, from 1.
    public let column: Int

    /// Makes a node; useful for values that come from elsewhere (an environment variable) and are checked alike.
    public init(content: Content, line: Int = 1, column: Int = 1) {
        self.content = content
        self.line = line
        self.column = column
    }

    /// The value of a member, or nil where this is no mapping or has no such member.
    public subscript(key: String) -> YAMLNode? {
        members.first { $0.key.scalar == key }?.value
    }

    /// The text of a scalar, or nil where this is a list or a mapping.
    public var scalar: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// True for a scalar without quotes that is empty, `~` or `null`.
    public var isNull: Bool {
        guard let text = plain else { return false }
        return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
    }

    /// The items of a list; empty for anything else.
    public var items: [YAMLNode] {
        guard case .sequence(let items) = content else { return [] }
        return items
    }

    /// The members of a mapping; empty for anything else.
    public var members: [(key: YAMLNode, value: YAMLNode)] {
        guard case .mapping(let members) = content else { return [] }
        return members
    }
}

extension YAMLNode {
    /// The whole number that an unquoted scalar states in decimal digits, or nil.
    public var integer: Int? {
        plain.flatMap { $0.hasPrefix("+") ? nil : Int($0) }
    }

    /// The finite number that an unquoted scalar states in the notation of JSON (RFC 8259, section 6), or nil.
    public var number: Double? {
        guard let text = plain, YAMLNode.isNumber(text), let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Beyond what `Double` asks of a text: digits on both sides of a point, none before them that says nothing.
    private static func isNumber(_ text: String) -> Bool {
        let isDigit: (UInt8) -> Bool = { $0 &- 48 < 10 }
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let whole = digits.prefix(while: isDigit)
        guard let first = whole.first, first != 48 || whole.count == 1 else { return false }
        let rest = digits[whole.endIndex...]
        if rest.first == UInt8(ascii: "."), !(rest.dropFirst().first.map(isDigit) ?? false) { return false }
        return rest.allSatisfy { isDigit($0) || "-+.eE".utf8.contains($0) }
    }

    /// True or false where an unquoted scalar says `true` or `false`, else nil; `yes`, `no`, `on` and `off` are text.
    public var boolean: Bool? {
        switch plain {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// The day that a scalar states as `YYYY-MM-DD`, or nil.
    public var date: CivilDate? {
        scalar.flatMap { CivilDate($0) }
    }

    private var plain: String? {
        guard case .scalar(let text, .plain) = content else { return nil }
        return text
    }
}
