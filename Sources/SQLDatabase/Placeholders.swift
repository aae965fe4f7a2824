/// Numbers the parameters of a statement as PostgreSQL expects them.
enum Placeholders {
    /// The text with `$1`, `$2`, … for each `?` that stands outside of quotes and comments.
    ///
    /// What quotes: PostgreSQL's manual, section 4.1 (lexical structure).
    static func numbered(_ text: String) -> String {
        var scanner = Scanner(Array(text.utf8))
        return scanner.numbered()
    }
}

private struct Scanner {
    private let text: [UInt8]
    private var at = 0
    private var output: [UInt8] = []

    init(_ text: [UInt8]) {
        self.text = text
    }

    mutating func numbered() -> String {
        var count = 0
        while at < text.count {
            switch (text[at], byte(at + 1)) {
            case (UInt8(ascii: "?"), _):
                count += 1
                output += Array("$\(count)".utf8)
                at += 1
            case (UInt8(ascii: "'"), _): quote(hasEscapes: isEscapeString)
            case (UInt8(ascii: "\""), _): quote(hasEscapes: false)
            case (UInt8(ascii: "-"), UInt8(ascii: "-")): copy(while: { $0 != UInt8(ascii: "\n") })
            case (UInt8(ascii: "/"), UInt8(ascii: "*")): blockComment()
            case (UInt8(ascii: "$"), _): dollarQuote()
            default: copy(1)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private func byte(_ place: Int) -> UInt8? {
        text.indices.contains(place) ? text[place] : nil
    }

    private mutating func copy(_ count: Int) {
        let end = min(at + count, text.count)
        output += text[at..<end]
        at = end
    }

    private mutating func copy(while holds: (UInt8) -> Bool) {
        copy((text[at...].firstIndex { !holds($0) } ?? text.count) - at)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...:
            true
        default: false
        }
    }

    /// Whether the quote here belongs to `E'…'`, where a backslash escapes.
    private var isEscapeString: Bool {
        guard let letter = byte(at - 1), letter | 0x20 == UInt8(ascii: "e") else { return false }
        return byte(at - 2).map { !Scanner.isNameByte($0) } ?? true
    }

    /// Copies a quoted run; a doubled quote reads as two runs, which comes to the same.
    private mutating func quote(hasEscapes: Bool) {
        let mark = text[at]
        copy(1)
        while let next = byte(at) {
            if hasEscapes, next == UInt8(ascii: "\\") {
                copy(2)
            } else {
                copy(1)
                if next == mark {
                    // In E'…' the run goes on behind a doubled quote, with its escapes.
                    guard hasEscapes, byte(at) == mark else { return }
                    copy(1)
                }
            }
        }
    }

    /// Copies a comment, which in PostgreSQL may hold others.
    private mutating func blockComment() {
        var depth = 0
        repeat {
            switch (text[at], byte(at + 1)) {
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                depth += 1
                copy(2)
            case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                depth -= 1
                copy(2)
            default: copy(1)
            }
        } while depth > 0 && at < text.count
    }

    /// Copies `$tag$…$tag$`, or a dollar that opens no such run.
    private mutating func dollarQuote() {
        let isInName = byte(at - 1).map(Scanner.isNameByte) ?? false
        let tagEnd = text[(at + 1)...].firstIndex { !Scanner.isNameByte($0) }
        let startsWithDigit = byte(at + 1).map { (48...57).contains($0) } ?? true
        guard !isInName, !startsWithDigit, let tagEnd, text[tagEnd] == UInt8(ascii: "$") else { return copy(1) }
        let tag = text[at...tagEnd]
        copy(tag.count)
        while at < text.count, !text[at...].starts(with: tag) { copy(1) }
        copy(tag.count)
    }
}
