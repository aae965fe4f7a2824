import Primitives

/// Media types (RFC 9110, section 8.3.1), compared without regard to case and without their parameters.
enum MediaType {
    /// True for `application/json`, `text/json` and whatever ends in `+json` (RFC 6839).
    static func isJSON(_ text: UnsafeRawBufferPointer) -> Bool {
        // As nearly everybody writes it.
        if text.holdsSame(as: "application/json") { return true }
        let type = essence(text)
        if equalIgnoringCase(type, "application/json") || equalIgnoringCase(type, "text/json") { return true }
        guard type.count > 5 else { return false }
        return equalIgnoringCase(UnsafeRawBufferPointer(rebasing: type[(type.count - 5)...]), "+json")
    }

    /// True where the type without its parameters is the given one.
    static func essence(_ text: UnsafeRawBufferPointer, equals expected: StaticString) -> Bool {
        equalIgnoringCase(essence(text), expected)
    }

    /// True where the text begins with the given one.
    static func hasPrefix(_ text: UnsafeRawBufferPointer, _ prefix: StaticString) -> Bool {
        guard text.count >= prefix.utf8CodeUnitCount else { return false }
        return equalIgnoringCase(UnsafeRawBufferPointer(rebasing: text[..<prefix.utf8CodeUnitCount]), prefix)
    }

    /// True where both are the same, ASCII letters of either case taken as one; `expected` is in lower case.
    static func equalIgnoringCase(_ text: UnsafeRawBufferPointer, _ expected: StaticString) -> Bool {
        guard text.count == expected.utf8CodeUnitCount else { return false }
        for index in 0..<text.count {
            let byte = text[index]
            let lower = byte &- 65 < 26 ? byte | 0x20 : byte
            if lower != expected.utf8Start[index] { return false }
        }
        return true
    }

    /// The text without spaces and tabs at both ends.
    static func trimmed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var slice = text[...]
        while let first = slice.first, first == 32 || first == 9 { slice = slice.dropFirst() }
        while let last = slice.last, last == 32 || last == 9 { slice = slice.dropLast() }
        return UnsafeRawBufferPointer(rebasing: slice)
    }

    private static func essence(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let end = text.firstIndex(of: UInt8(ascii: ";")) ?? text.endIndex
        return trimmed(UnsafeRawBufferPointer(rebasing: text[..<end]))
    }
}
