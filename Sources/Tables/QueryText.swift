/// The text of a query: places in it, and what can be told of it without SQLite.
struct QueryText {
    /// The bytes, with a NUL behind them.
    let bytes: [UInt8]
    private let text: String

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8) + [0]
    }

    /// Whether the text cannot be handed over, since it would end in its middle.
    var hasNUL: Bool { bytes.dropLast().contains(0) }

    /// The line of a byte, and its column in characters, both from 1; zeros where there is no such byte.
    func place(of offset: Int) -> (line: Int, column: Int) {
        guard offset >= 0, offset < bytes.count else { return (0, 0) }
        let before = text.utf8.prefix(offset)
        let line = before.split(separator: 0x0a, omittingEmptySubsequences: false)
        return (line.count, String(decoding: line.last ?? before, as: UTF8.self).count + 1)
    }

    /// Whether a name stands in the text somewhere, as SQLite compares names: without regard to the case of ASCII.
    ///
    /// It may stand there as part of a word, or in a text, so that this is only good for leaving out what is not there.
    func mayName(_ name: String) -> Bool {
        // Quotes in a name are doubled or not, as the name is quoted.
        if name.utf8.contains(where: { $0 == 0x22 || $0 == 0x27 || $0 == 0x60 }) { return true }
        let name = name.utf8.map(QueryText.folded)
        guard let first = name.first else { return false }
        for start in bytes.indices.dropLast(name.count) where QueryText.folded(bytes[start]) == first {
            if bytes[start..<start + name.count].elementsEqual(name, by: { QueryText.folded($0) == $1 }) { return true }
        }
        return false
    }

    /// Whether the query as a whole has an ORDER BY: one that stands in no parentheses, text, name or comment.
    var isOrdered: Bool {
        var (place, depth, isBehindOrder) = (0, 0, false)
        while place < bytes.count - 1 {
            let byte = bytes[place]
            switch byte {
            case 0x20, 0x09, 0x0a, 0x0c, 0x0d: place += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): place = end(of: [byte], from: place + 1)
            case UInt8(ascii: "["): place = end(of: [UInt8(ascii: "]")], from: place + 1)
            case UInt8(ascii: "-") where bytes[place + 1] == byte: place = end(of: [0x0a], from: place + 2)
            case UInt8(ascii: "/") where bytes[place + 1] == UInt8(ascii: "*"):
                place = end(of: Array("*/".utf8), from: place + 2)
            case _ where QueryText.isOfWord(byte):
                let start = place
                while QueryText.isOfWord(bytes[place]) { place += 1 }
                let word = bytes[start..<place].map(QueryText.folded)
                if depth == 0, isBehindOrder, word == Array("by".utf8) { return true }
                isBehindOrder = word == Array("order".utf8)
            default:
                depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
                isBehindOrder = false
                place += 1
            }
        }
        return false
    }

    /// The place behind the next occurrence, or the end of the text.
    private func end(of closing: [UInt8], from start: Int) -> Int {
        var place = min(start, bytes.count - 1)
        while place < bytes.count - 1 {
            if bytes[place...].starts(with: closing) { return place + closing.count }
            place += 1
        }
        return place
    }

    /// Lower case, of ASCII.
    static func folded(_ byte: UInt8) -> UInt8 {
        0x41...0x5a ~= byte ? byte + 0x20 : byte
    }

    /// Lower case, of ASCII: two names are one for SQLite where these are equal.
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map(folded), as: UTF8.self)
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x24, 0x80...0xff: true
        default: false
        }
    }
}
